package org.eqprop.examples.gdu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.eqprop.bptt.gdu.Alignment;
import org.eqprop.bptt.gdu.Comparison;
import org.eqprop.bptt.gdu.Float32Steps;
import org.eqprop.bptt.gdu.Gdu;
import org.eqprop.bptt.reference.EquilibriumSteps;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.SigmaDelta;
import org.eqprop.core.settle.Solver;
import org.eqprop.core.settle.Synchronous;
import org.eqprop.core.tensor.Rows;

/**
 * Runs a comparison: free phases in parts of the batch, then the batch as a whole beside each
 * sample alone. The result does not depend on the number of threads.
 */
public final class Measurement {
  /** A sample is steady if it moves by no more than this part of what the nudge adds. */
  private static final double UNSTEADY = 1e-3;

  private final GduSettings settings;
  private final GduData data;
  private final Kernels kernels;
  private final Cost cost;

  /**
   * A comparison of samples from {@code data}.
   *
   * @param kernels what a comparison in float32 uses
   */
  public Measurement(GduSettings settings, GduData data, Kernels kernels) {
    this.kernels = kernels;
    this.settings = settings;
    this.data = data;
    this.cost = Cost.of(settings, data);
  }

  /** What is run. */
  public GduSettings settings() {
    return settings;
  }

  /** What {@link #run} tells the workers in total. */
  public long cost() {
    return cost.total();
  }

  /** What {@link #sweep} over so many β tells the workers in total. */
  public long sweepCost(int betas) {
    return cost.sweep(betas);
  }

  /** Compares both gradients on each mini-batch; curves are of the first sample of the first. */
  public GduResult run(Workers workers) {
    List<Comparison> program = new ArrayList<>();
    List<Comparison> paper = new ArrayList<>();
    List<Curve> curves = new ArrayList<>();
    double residual = 0;
    int settled = 0;
    int unsteady = 0;
    for (int number = 0; number < settings.batches(); number++) {
      FreePhase free = free(number, workers);
      residual = Math.max(residual, free.residual());
      settled = Math.max(settled, free.settled());
      unsteady += unsteady(free);
      CurveRecorder recorder =
          new CurveRecorder(free.sample(0).problem(), settings.k(), settings.seed());
      List<Comparison> all = workers.run(comparisons(free, recorder, workers));
      program.add(all.get(0));
      paper.add(Comparison.mean(all.subList(1, all.size())));
      if (number == 0) {
        curves.addAll(recorder.curves());
      }
    }
    List<GduResult.Row> rows =
        GduResult.rows(new Labels(network()), Comparison.mean(program), Comparison.mean(paper));
    return new GduResult(settings, sizes(), residual, settled, unsteady, rows, curves);
  }

  private int unsteady(FreePhase free) {
    int count = 0;
    for (int row = 0; row < settings.batch(); row++) {
      boolean moves = free.sample(row).residual() > UNSTEADY * settings.epsilon() * settings.beta();
      count += moves ? 1 : 0;
    }
    return count;
  }

  /** The batch in the program's definition, then each sample. */
  private List<Callable<Comparison>> comparisons(
      FreePhase free, CurveRecorder recorder, Workers workers) {
    Gdu.Equilibrium nudged = nudged(settings.beta());
    int steps = settings.k();
    List<Callable<Comparison>> tasks = new ArrayList<>();
    tasks.add(
        () ->
            Gdu.compareBatch(free, steps, nudged, (t, bptt, ep) -> workers.done(cost.batchStep())));
    for (int row = 0; row < settings.batch(); row++) {
      int sample = row;
      tasks.add(
          () ->
              Gdu.compareSample(
                  free,
                  sample,
                  steps,
                  nudged,
                  (t, bptt, ep) -> {
                    if (sample == 0) {
                      recorder.step(t, bptt, ep);
                    }
                    workers.done(cost.sampleStep());
                  }));
    }
    return tasks;
  }

  /**
   * Compares both gradients on the first mini-batch for each β, in the program's definition.
   *
   * @param betas falling, all above 0
   */
  public BetaSweep sweep(List<Double> betas, Workers workers) {
    FreePhase free = free(0, workers);
    List<Callable<Comparison>> tasks = new ArrayList<>();
    for (double beta : betas) {
      tasks.add(
          () ->
              Gdu.compareBatch(
                  free,
                  settings.k(),
                  nudged(beta),
                  (t, bptt, ep) -> workers.done(cost.batchStep())));
    }
    List<Comparison> all = workers.run(tasks);
    return BetaSweep.of(settings, sizes(), free.residual(), new Labels(network()), betas, all);
  }

  /** What happens to borders that pooling windows do not cover, a sentence each. */
  public List<String> borders() {
    return settings.convolutions().borders(data.input());
  }

  private List<Integer> sizes() {
    return network().layers().stream().map(Layer::size).toList();
  }

  private Network network() {
    Network network = settings.network(data);
    network.initialise(settings.seed(), kernels);
    return network;
  }

  private Gdu.Equilibrium nudged(double beta) {
    EquilibriumSteps.Estimate estimate = settings.combination();
    return settings.isFloat32()
        ? free -> new Float32Steps(network(), kernels, free, beta, estimate)
        : free -> new EquilibriumSteps(free, beta, estimate);
  }

  /** A phase whose problem has another ε; its steady states are the same. */
  FreePhase withEpsilon(FreePhase free, double epsilon) {
    Network network = settings.withEpsilon(epsilon).network(data);
    network.initialise(settings.seed(), kernels);
    Problem problem = free.problem();
    return new FreePhase(
        Problem.of(network, problem.x(), problem.y()), free.states(), free.settled());
  }

  /**
   * How far layers that exchange events settle from where they settle without, in float32: the norm
   * of the difference by the norm of the states.
   *
   * @param lambda λ, the events' step
   */
  double distanceOfEvents(double lambda) {
    double[] numbers = settled(new Synchronous());
    return Alignment.of(settled(new SigmaDelta(lambda, 1)), numbers).relativeError();
  }

  private double[] settled(Solver solver) {
    Network network = network();
    int batch = settings.batch();
    Relaxation relaxation = new Relaxation(network, kernels, batch, new Settling(solver, 0));
    State state = relaxation.newState();
    Float32Steps.fill(data.batch(0, batch).x(), relaxation.x());
    relaxation.clamp(state, 0, batch);
    relaxation.reset(state, 0, batch);
    relaxation.free(state, settings.t(), 0, batch);
    return copy(network, state).stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /** The free phase of a mini-batch, with the states of its last K steps. */
  FreePhase free(int number, Workers workers) {
    GduData.Batch batch = data.batch(number, settings.batch());
    Network network = network();
    Problem problem = Problem.of(network, batch.x(), batch.y());
    return settings.isFloat32() ? float32(network, problem, workers) : float64(problem, workers);
  }

  private FreePhase float64(Problem problem, Workers workers) {
    List<Callable<FreePhase>> parts = new ArrayList<>();
    for (int[] range : ranges(workers)) {
      Problem samples = problem.samples(range[0], range[1]);
      IntConsumer progress = progress(range[1] - range[0], workers);
      parts.add(() -> FreePhase.run(samples, settings.t(), settings.k(), progress));
    }
    return FreePhase.join(problem, workers.run(parts));
  }

  /**
   * One part a thread, which passes over large weights least often; of convolutions one a sample,
   * because each repeats itself with a period of its own, and then is done.
   */
  private List<int[]> ranges(Workers workers) {
    int batch = settings.batch();
    int parts = settings.convolutions().isEmpty() ? Math.min(workers.threads(), batch) : batch;
    List<int[]> ranges = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      ranges.add(
          new int[] {settings.batch() * part / parts, settings.batch() * (part + 1) / parts});
    }
    return ranges;
  }

  /** Counts the steps of so many samples, of which some may be left out. */
  private IntConsumer progress(int samples, Workers workers) {
    int[] last = new int[1];
    return t -> {
      workers.done((t - last[0]) * cost.freeStep() * samples);
      last[0] = t;
    };
  }

  private FreePhase float32(Network network, Problem problem, Workers workers) {
    Relaxation relaxation = new Relaxation(network, kernels, settings.batch());
    State state = relaxation.newState();
    Float32Steps.fill(problem.x(), relaxation.x());
    int kept = settings.k();
    List<Callable<Boolean>> parts = new ArrayList<>();
    for (int[] range : ranges(workers)) {
      parts.add(
          () -> {
            relaxation.clamp(state, range[0], range[1]);
            relaxation.reset(state, range[0], range[1]);
            for (int t = 0; t < settings.t() - kept; t++) {
              relaxation.step(state, range[0], range[1]);
              workers.done(cost.freeStep() * (range[1] - range[0]));
            }
            return true;
          });
    }
    workers.run(parts);
    List<List<double[]>> states = new ArrayList<>();
    states.add(copy(network, state));
    for (int t = 0; t < kept; t++) {
      relaxation.step(state, 0, settings.batch());
      workers.done(cost.freeStep() * settings.batch());
      states.add(copy(network, state));
    }
    return new FreePhase(problem, states, settings.t());
  }

  private static List<double[]> copy(Network network, State state) {
    List<double[]> copy = new ArrayList<>();
    for (Layer layer : network.layers().subList(0, network.depth())) {
      Rows rows = state.s(layer);
      double[] values = new double[rows.count() * rows.size()];
      Arrays.setAll(values, i -> rows.get(i / rows.size(), i % rows.size()));
      copy.add(values);
    }
    return copy;
  }
}
