package org.eqprop.bptt.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Outcome;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.learn.Starts;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.learn.Updater;
import org.eqprop.core.learn.WarmStarts;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Alternating;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.OverRelaxed;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.settle.Schedule;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A free phase that starts at the sample's last steady state goes on where that one ended. */
final class WarmStartsTest {
  private static final int SAMPLES = 13;
  private static final int BATCH = 5;
  private static final int IN = 18;
  private static final int OUT = 3;
  private static final int T = 8;
  private static final int K = 4;

  private static final List<Learner.Provider> METHODS =
      List.of(new EquilibriumPropagation.Provider(), new BackpropThroughTime.Provider());

  private final Batch samples = Batch.random(SAMPLES, IN, OUT);

  /** Free phases start at zero, and their ends are kept. */
  private record Cold(WarmStarts kept) implements Starts {
    @Override
    public void begin(int[] samples, Relaxation relaxation, State state, int from, int to) {
      relaxation.reset(state, from, to);
    }

    @Override
    public void keep(int[] samples, State steady, int from, int to) {
      kept.keep(samples, steady, from, to);
    }

    @Override
    public List<Rows> memory() {
      return kept.memory();
    }
  }

  static Stream<Network> networks() {
    Connection.Provider pooled = new PooledConnection.Provider();
    return Stream.of(
        Network.chain(new Prototypical(0.7, Nudge.OUTSIDE), Activation.SIGMOID4, OUT, 17, 33, IN),
        Network.chain(new EnergyBased(0.2, true, false), Activation.SIGMOID4, OUT, 17, 33, IN),
        new Network.Builder(new Prototypical(0.6, Nudge.OUTSIDE))
            .layer("s0", Shape.of(OUT), Activation.TANH)
            .layer("s1", Shape.of(5), Activation.TANH)
            .layer("s2", Shape.of(7), Activation.TANH)
            .input("x", Shape.of(IN), Activation.TANH)
            .connect("0", 0, 1, pooled, Map.of())
            .connect("1", 1, 2, pooled, Map.of())
            .connect("2", 2, 3, pooled, Map.of())
            .build());
  }

  private static WarmStarts warm(Network network) {
    return new WarmStarts(network, SAMPLES);
  }

  /** What is kept after some epochs. */
  private List<FloatBuffer> train(
      Network network, Learner learner, Context context, Starts starts, double rate, int epochs) {
    network.initialise(3, KernelsSelector.kernels());
    double[] rates = new double[network.connections().size()];
    Arrays.fill(rates, rate);
    Trainer trainer =
        new Trainer(network, context, learner, new Sgd(rates), samples, BATCH, 1, starts);
    for (int epoch = 0; epoch < epochs; epoch++) {
      trainer.train(epoch, 0, new Totals(), (done, batches, totals) -> true);
    }
    return starts.memory().stream().map(rows -> FloatBuffer.wrap(rows.data().clone())).toList();
  }

  private static Phases phases(int t, Settling settling) {
    return new Phases(t, K, 0.3, Phases.Estimate.ONE_SIDED, 5, settling);
  }

  /** With weights that stay, two phases of T steps are one of 2T, in bits. */
  @ParameterizedTest
  @MethodSource("networks")
  void twoPhasesAreOneOfTwiceTheLength(Network network) {
    List<Settling> settlings = List.of(Settling.EXACT, new Settling(new Alternating(), 0));
    for (Learner.Provider method : METHODS) {
      for (Settling settling : settlings) {
        if (!settling.equals(Settling.EXACT) && method instanceof BackpropThroughTime.Provider) {
          continue; // it takes its K steps besides
        }
        try (Context context = new Context(2)) {
          Learner once = method.create(network, context, phases(2 * T, settling), BATCH);
          Learner twice = method.create(network, context, phases(T, settling), BATCH);
          List<FloatBuffer> expected = train(network, once, context, new Cold(warm(network)), 0, 1);
          assertThat(train(network, twice, context, warm(network), 0, 2))
              .describedAs(method.name() + " " + settling)
              .isEqualTo(expected);
          assertThat(train(network, twice, context, new Cold(warm(network)), 0, 2))
              .isNotEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void nothingDependsOnTheNumberOfThreads(Network network) {
    Settling fast = new Settling(new OverRelaxed(Schedule.ALTERNATING, 1.1), 1e-4);
    for (Learner.Provider method : METHODS) {
      List<List<FloatBuffer>> results = new ArrayList<>();
      for (int threads = 1; threads <= 3; threads++) {
        try (Context context = new Context(threads)) {
          Learner learner = method.create(network, context, phases(30, fast), BATCH);
          List<FloatBuffer> result = train(network, learner, context, warm(network), 0.05, 3);
          List<FloatBuffer> all = new ArrayList<>(result);
          for (Parameter parameter : network.parameters()) {
            all.add(FloatBuffer.wrap(parameter.write()));
          }
          results.add(all);
        }
      }
      assertThat(results.get(1)).isEqualTo(results.get(0));
      assertThat(results.get(2)).isEqualTo(results.get(0));
    }
  }

  /** Where nothing is left to settle, a phase ends at the first look. */
  @ParameterizedTest
  @MethodSource("networks")
  void aSettledSampleTakesOneLook(Network network) {
    Settling early = new Settling(new Alternating(), 1e-4);
    network.initialise(3, KernelsSelector.kernels());
    try (Context context = new Context(1)) {
      Learner learner = METHODS.get(0).create(network, context, phases(300, early), BATCH);
      double[] rates = new double[network.connections().size()];
      Trainer trainer =
          new Trainer(network, context, learner, new Sgd(rates), samples, BATCH, 1, warm(network));
      Totals first = new Totals();
      trainer.train(0, 0, first, (done, batches, totals) -> true);
      Totals second = new Totals();
      trainer.train(1, 0, second, (done, batches, totals) -> true);
      int look = early.solver().groups(network).size() * early.solver().roundsBetweenLooks();
      assertThat(first.steps()).isGreaterThan(look);
      assertThat(second.steps()).isEqualTo(look);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 60_000})
  void theSizeIsKnownBefore(int count) {
    Network network =
        Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.SIGMOID4, 10, 512, 784);
    assertThat(WarmStarts.bytes(network, count)).isEqualTo(4L * count * (16 + 512));
  }

  /** A learner that starts at zero whatever it is told would be wrong without a word. */
  @Test
  void aLearnerThatDoesNotAskWhereToStartIsFound() {
    Network network = networks().findFirst().orElseThrow();
    try (Context context = new Context(1)) {
      Learner learner = METHODS.get(0).create(network, context, phases(T, Settling.EXACT), BATCH);
      Minibatch others = new Minibatch(samples, BATCH);
      others.select(new int[] {0, 1, 2, 3, 4}, 0, BATCH, 0);
      Learner deaf = new Deaf(learner, others);
      assertThatIllegalStateException()
          .isThrownBy(() -> train(network, deaf, context, warm(network), 0, 1))
          .withMessage(
              "The learner does not call Minibatch.begin, so its free phases cannot start"
                  + " elsewhere than at zero.");
      assertThat(train(network, deaf, context, Starts.ZERO, 0, 1)).isEmpty();
    }
  }

  /** Learns from a batch of its own. */
  private record Deaf(Learner learner, Minibatch others) implements Learner {
    @Override
    public Network network() {
      return learner.network();
    }

    @Override
    public void learn(Minibatch batch, Updater updater) {
      learner.learn(others, updater);
    }

    @Override
    public Outcome outcome() {
      return learner.outcome();
    }

    @Override
    public float response(int row) {
      return learner.response(row);
    }

    @Override
    public Layer firstNotFinite(int count) {
      return learner.firstNotFinite(count);
    }
  }
}
