package org.eqprop.examples.gdu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eqprop.bptt.estimate.ContinualUpdates;
import org.eqprop.bptt.estimate.ContrastedStates;
import org.eqprop.bptt.estimate.HolomorphicEp;
import org.eqprop.bptt.estimate.RbpFixedPoint;
import org.eqprop.bptt.estimate.RbpNeumann;
import org.eqprop.bptt.estimate.Rtrl;
import org.eqprop.bptt.estimate.SummedSteps;
import org.eqprop.bptt.estimate.Uoro;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.learn.GradientEstimator;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.learn.Updater;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.settle.Context;
import org.eqprop.examples.run.Names;
import org.eqprop.examples.run.UsageException;

/**
 * Finds how a method's gradient is computed: in float64 where there is a reference of it, else by
 * the learner that trains, in float32.
 */
final class GradientMethods {
  private static final double TOLERANCE = 1e-13;
  private static final double EXACT = 1e-14;
  private static final int POINTS = 8;
  private static final int MOST_STEPS = 1_000_000;

  /** The rate of weights that change while the network settles, as a share of β. */
  private static final double SHARE = 1e-3;

  /** The rate of a learner of that kind in float32, where smaller changes would be rounded. */
  private static final double RATE = 1e-3;

  private final GduSettings settings;
  private final Kernels kernels;
  private final Map<String, Method> references = new LinkedHashMap<>();

  /** The gradient of the loss at the steady state, at the end of a free phase. */
  static List<double[]> exact(FreePhase free) {
    return new RbpFixedPoint(free, EXACT, MOST_STEPS).gradients();
  }

  /** The gradient of each parameter, from the end of a free phase. */
  @FunctionalInterface
  interface Method {
    List<double[]> gradients(FreePhase free);
  }

  GradientMethods(GduSettings settings, Kernels kernels) {
    this.settings = settings;
    this.kernels = kernels;
    int k = settings.k();
    references.put(
        "ep",
        free ->
            SummedSteps.equilibrium(free, settings.beta(), settings.combination(), k).gradients());
    references.put("bptt", free -> SummedSteps.backprop(free, k).gradients());
    references.put("rbp", free -> new RbpNeumann(free, k).gradients());
    references.put(
        ContinualUpdates.NAME,
        free ->
            new ContinualUpdates(free, settings.beta(), SHARE * settings.beta(), k).gradients());
    references.put(Rtrl.NAME, free -> new Rtrl(free, k).gradients());
    references.put(Uoro.NAME, free -> new Uoro(free, k, 1, settings.seed()).gradients());
    references.put(
        HolomorphicEp.NAME,
        free ->
            new HolomorphicEp(
                    free, new HolomorphicEp.Circle(POINTS, settings.beta()), TOLERANCE, MOST_STEPS)
                .gradients());
    references.put("chl", free -> ContrastedStates.clamped(free, k).gradients());
    references.put(
        "coupled", free -> ContrastedStates.coupled(free, settings.beta(), k).gradients());
  }

  /**
   * The method of a name.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  Method named(String name) {
    Method reference = references.get(name);
    if (reference != null) {
      return free -> refusing(name, () -> reference.gradients(free));
    }
    List<String> names = new ArrayList<>(references.keySet());
    for (Learner.Provider provider : ServiceLoader.load(Learner.Provider.class)) {
      if (provider.name().equals(name)) {
        return free -> refusing(name, () -> float32(provider, free));
      }
      if (!names.contains(provider.name())) {
        names.add(provider.name());
      }
    }
    throw Names.unknown("method", name, names);
  }

  private List<double[]> float32(Learner.Provider provider, FreePhase free) {
    Network network = free.problem().network();
    int count = free.problem().batch();
    Phases.Estimate estimate = Phases.Estimate.valueOf(settings.combination().name());
    Phases phases = new Phases(settings.t(), settings.k(), settings.beta(), estimate, 0);
    Minibatch batch = new Minibatch(new Given(free), count);
    batch.select(IntStream.range(0, count).toArray(), 0, count, 0);
    try (Context context = new Context(1, kernels)) {
      Learner learner = provider.create(network, context, phases, count);
      if (learner instanceof GradientEstimator estimator) {
        estimator.estimate(batch);
        estimator.requireFinite(count);
        return scaled(network.parameters().stream().map(Parameter::writeGradient).toList(), -1);
      }
      return updates(network, context, learner, batch);
    }
  }

  private static List<double[]> refusing(String name, Supplier<List<double[]>> gradients) {
    try {
      return gradients.get();
    } catch (IllegalArgumentException | IllegalStateException refused) {
      throw new UsageException(
          "The method " + name + " does not work here: " + refused.getMessage());
    }
  }

  /** What the updates of a batch add up to. The weights are the network's again afterwards. */
  private static List<double[]> updates(
      Network network, Context context, Learner learner, Minibatch batch) {
    double[] rates = new double[network.trainables().size()];
    Arrays.fill(rates, RATE);
    List<float[]> before = network.parameters().stream().map(Parameter::write).toList();
    learner.learn(batch, new Updater(network, context, new Sgd(rates)));
    List<float[]> moved = new ArrayList<>();
    for (int p = 0; p < before.size(); p++) {
      Parameter parameter = network.parameters().get(p);
      float[] difference = parameter.write();
      for (int i = 0; i < difference.length; i++) {
        difference[i] -= before.get(p)[i];
      }
      moved.add(difference);
      parameter.read(before.get(p));
    }
    network.refresh(context.kernels());
    return scaled(moved, -1 / RATE);
  }

  private static List<double[]> scaled(List<float[]> values, double factor) {
    return values.stream()
        .map(
            floats ->
                IntStream.range(0, floats.length).mapToDouble(i -> factor * floats[i]).toArray())
        .toList();
  }

  /** The samples of a problem. */
  private static final class Given implements Samples {
    private final FreePhase free;
    private final int inputs;
    private final int classes;

    Given(FreePhase free) {
      this.free = free;
      this.inputs = free.problem().network().input().size();
      this.classes = free.problem().network().cost().classes();
    }

    @Override
    public int size() {
      return free.problem().batch();
    }

    @Override
    public int inputSize() {
      return inputs;
    }

    @Override
    public int classes() {
      return classes;
    }

    @Override
    public int label(int i) {
      int label = 0;
      while (free.problem().y()[i * classes + label] != 1) {
        label++;
      }
      return label;
    }

    @Override
    public void copyInput(int i, float[] destination, int offset) {
      for (int j = 0; j < inputs; j++) {
        destination[offset + j] = (float) free.problem().x()[i * inputs + j];
      }
    }
  }
}
