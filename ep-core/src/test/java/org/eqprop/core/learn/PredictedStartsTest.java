package org.eqprop.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.network.Untied;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Synchronous;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A predictor learns where free phases end. */
final class PredictedStartsTest {
  private static final int SIZE = 45;
  private static final int BATCH = 20;
  private static final int IN = 18;
  private static final int OUT = 3;

  private static final Samples SAMPLES = new Noise();

  /** Random inputs and labels. */
  private static final class Noise implements Samples {
    private final float[][] inputs = new float[SIZE][IN];

    Noise() {
      Random random = new Random(3);
      for (float[] input : inputs) {
        for (int i = 0; i < IN; i++) {
          input[i] = random.nextFloat();
        }
      }
    }

    @Override
    public int size() {
      return SIZE;
    }

    @Override
    public int inputSize() {
      return IN;
    }

    @Override
    public int classes() {
      return OUT;
    }

    @Override
    public int label(int i) {
      return i % OUT;
    }

    @Override
    public void copyInput(int i, float[] destination, int offset) {
      System.arraycopy(inputs[i], 0, destination, offset, IN);
    }
  }

  static Stream<Network> networks() {
    return Stream.of(
        Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.SIGMOID4, OUT, 17, 33, IN),
        Network.chain(new EnergyBased(0.2, true, false), Activation.HARD_SIGMOID, OUT, 17, IN),
        new Network.Builder(new Prototypical(0.7, Nudge.INSIDE))
            .untied(Untied.Rule.VECTOR_FIELD)
            .layer("s0", Shape.of(OUT), Activation.SIGMOID4)
            .layer("s1", Shape.of(9), Activation.SIGMOID4)
            .layer("s2", Shape.of(7), Activation.SIGMOID4)
            .input("x", Shape.of(IN), Activation.IDENTITY)
            .connect("0", 0, 1, Dense.TYPE, Map.of())
            .connect("1", 1, 2, Dense.TYPE, Map.of())
            .connect("2", 2, 3, Dense.TYPE, Map.of())
            .connect("skip", 0, 2, Dense.TYPE, Map.of())
            .build());
  }

  /** The totals of each epoch. */
  private static List<Totals> train(
      Network network, Kernels kernels, int threads, boolean predicted, double rate, int epochs) {
    network.initialise(3, kernels);
    double[] rates = new double[network.trainables().size()];
    Arrays.fill(rates, rate);
    Settling settling = new Settling(new Synchronous(), 1e-3);
    Phases phases = new Phases(400, 4, 0.5, Phases.Estimate.ONE_SIDED, 5, settling);
    List<Totals> all = new ArrayList<>();
    try (Context context = new Context(threads, kernels)) {
      Learner learner = new EquilibriumPropagation(network, context, phases, BATCH);
      Starts starts = predicted ? new PredictedStarts(network, context, BATCH) : Starts.ZERO;
      Trainer trainer =
          new Trainer(network, context, learner, new Sgd(rates), SAMPLES, BATCH, 1, starts);
      for (int epoch = 0; epoch < epochs; epoch++) {
        Totals totals = new Totals();
        trainer.train(epoch, 0, totals, (done, batches, sums) -> true);
        all.add(totals);
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void freePhasesGetShorterAsThePredictorLearns(Network network) {
    Kernels kernels = KernelsSelector.kernels();
    double zero = train(network, kernels, 1, false, 0, 1).getLast().steps();
    List<Totals> predicted = train(network, kernels, 1, true, 0, 300);
    assertThat(predicted.getLast().steps()).isLessThan(0.7 * zero);
    assertThat(predicted.getLast().steps()).isLessThan(predicted.getFirst().steps());
    assertThat(predicted.getLast().converged()).isEqualTo(1);
    // the same steady states, to what the tolerance leaves
    double loss = train(network, kernels, 1, false, 0, 1).getLast().loss();
    assertThat(Math.abs(predicted.getLast().loss() - loss)).isLessThan(2e-3);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void nothingDependsOnThreadsOrKernels(Network network) {
    train(network, new ScalarKernels(), 1, true, 0.05, 4);
    List<FloatBuffer> one = weights(network);
    for (int threads = 1; threads <= 3; threads++) {
      train(network, KernelsSelector.kernels(), threads, true, 0.05, 4);
      assertThat(weights(network)).isEqualTo(one);
    }
    train(network, new ScalarKernels(), 1, false, 0.05, 4);
    assertThat(weights(network)).as("the control: starts at zero").isNotEqualTo(one);
  }

  private static List<FloatBuffer> weights(Network network) {
    return network.parameters().stream().map(Parameter::write).map(FloatBuffer::wrap).toList();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void whatItRemembersIsAllOfIt(Network network) {
    network.initialise(3);
    try (Context context = new Context(1)) {
      PredictedStarts some = new PredictedStarts(network, context, BATCH);
      PredictedStarts other = new PredictedStarts(network, context, BATCH);
      List<Rows> memory = some.memory();
      Random random = new Random(9);
      for (Rows rows : memory) {
        for (int i = 0; i < rows.size(); i++) {
          rows.set(0, i, random.nextFloat());
        }
      }
      some.restored();
      for (int p = 0; p < memory.size(); p++) {
        other.memory().get(p).copyRow(0, memory.get(p), 0);
      }
      List<Rows> read = other.memory();
      assertThat(read.getFirst().get(0, 0)).as("a look changes nothing").isZero();
      for (int p = 0; p < memory.size(); p++) {
        read.get(p).copyRow(0, memory.get(p), 0);
      }
      other.restored();
      for (int p = 0; p < memory.size(); p++) {
        assertThat(other.memory().get(p).data()).containsExactly(some.memory().get(p).data());
      }
    }
  }
}
