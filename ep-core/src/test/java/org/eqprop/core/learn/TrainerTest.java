package org.eqprop.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.learn.Phases.Estimate;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.settle.Context;
import org.eqprop.core.testing.Blobs;
import org.eqprop.core.testing.KernelsUnderTest;
import org.eqprop.core.testing.StoringOptimizer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("kernels")
class TrainerTest {
  private static final Listener GO_ON = (done, batches, totals) -> true;
  private static final Dynamics PROTOTYPICAL = new Prototypical(1, Nudge.OUTSIDE);
  private static final Dynamics ENERGY_BASED = new EnergyBased(0.2, true, false);

  private final Kernels k = KernelsUnderTest.kernels();
  private final Blobs blobs = new Blobs(43, 37, 4, 1);

  private static Network network(Dynamics dynamics) {
    Network network = Network.chain(dynamics, Activation.SIGMOID4, 4, 70, 37);
    network.initialise(2, KernelsSelector.kernels());
    return network;
  }

  private static float[][] weights(Network network) {
    return network.connections().stream()
        .flatMap(c -> c.parameters().stream())
        .map(Parameter::write)
        .toArray(float[][]::new);
  }

  /** Network and trainer on a context of their own. */
  private final class Run implements AutoCloseable {
    final Network network;
    final Context context;
    final Trainer trainer;
    final Totals totals = new Totals();

    Run(Dynamics dynamics, int threads, Kernels kernels, Estimate estimate, double... rates) {
      this(dynamics, threads, kernels, estimate, new Sgd(rates));
    }

    Run(Dynamics dynamics, int threads, Kernels kernels, Estimate estimate, Optimizer optimizer) {
      network = network(dynamics);
      context = new Context(threads, kernels);
      Phases phases = new Phases(8, 4, 0.2, estimate, 5);
      GradientEstimator ep = new EquilibriumPropagation(network, context, phases, 10);
      trainer = new Trainer(network, context, ep, optimizer, blobs, 10, 6);
    }

    Run(Dynamics dynamics, int threads, Kernels kernels, Estimate estimate) {
      this(dynamics, threads, kernels, estimate, 0.04, 0.08);
    }

    float[][] train(int epochs) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        assertThat(trainer.train(epoch, 0, totals, GO_ON)).isEqualTo(trainer.batches());
      }
      return weights(network);
    }

    @Override
    public void close() {
      context.close();
    }
  }

  private float[][] train(
      Dynamics dynamics, int threads, Kernels kernels, Estimate estimate, int epochs) {
    try (Run run = new Run(dynamics, threads, kernels, estimate)) {
      return run.train(epochs);
    }
  }

  @ParameterizedTest
  @EnumSource
  void weightsDoNotDependOnTheNumberOfThreads(Estimate estimate) {
    for (Dynamics dynamics : List.of(PROTOTYPICAL, ENERGY_BASED)) {
      float[][] one = train(dynamics, 1, k, estimate, 2);
      assertThat(one[0]).isNotEqualTo(weights(network(dynamics))[0]);
      assertThat(train(dynamics, 2, k, estimate, 2)).isDeepEqualTo(one);
      assertThat(train(dynamics, 3, k, estimate, 2)).isDeepEqualTo(one);
    }
  }

  @ParameterizedTest
  @EnumSource
  void weightsDoNotDependOnTheKernels(Estimate estimate) {
    for (Dynamics dynamics : List.of(PROTOTYPICAL, ENERGY_BASED)) {
      float[][] scalar = train(dynamics, 1, new ScalarKernels(), estimate, 1);
      assertThat(train(dynamics, 1, k, estimate, 1)).isDeepEqualTo(scalar);
    }
  }

  @ParameterizedTest
  @EnumSource
  void updatesThatSkipTheGradientsMemoryHaveItsBits(Estimate estimate) {
    Optimizer storing = StoringOptimizer.adding(0.04f, 0.08f);
    for (Dynamics dynamics : List.of(PROTOTYPICAL, ENERGY_BASED)) {
      float[][] direct = train(dynamics, 2, k, estimate, 2);
      try (Run run = new Run(dynamics, 2, k, estimate, storing)) {
        assertThat(run.train(2)).isDeepEqualTo(direct);
      }
    }
  }

  @Test
  void weightsDoNotDependOnWhetherTheCodeIsWarm() {
    float[][] first = train(ENERGY_BASED, 1, k, Estimate.ONE_SIDED, 2);
    train(ENERGY_BASED, 1, k, Estimate.ONE_SIDED, 40);
    assertThat(train(ENERGY_BASED, 1, k, Estimate.ONE_SIDED, 2)).isDeepEqualTo(first);
  }

  @Test
  void totalsDoNotDependOnTheNumberOfThreads() {
    List<List<Double>> seen = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      try (Run run = new Run(PROTOTYPICAL, threads, k, Estimate.CENTERED)) {
        run.train(2);
        assertThat(run.totals.samples()).isEqualTo(2L * blobs.size());
        seen.add(List.of(run.totals.loss(), run.totals.residual(), run.totals.error()));
      }
    }
    assertThat(seen).containsOnly(seen.get(0));
  }

  @Test
  void stoppingAfterAnyBatchAndResumingEqualsAnUninterruptedRun() {
    for (Estimate estimate : Estimate.values()) {
      float[][] whole = train(PROTOTYPICAL, 1, k, estimate, 2);
      for (int stop = 1; stop < 5; stop++) {
        int last = stop;
        try (Run first = new Run(PROTOTYPICAL, 1, k, estimate);
            Run second = new Run(PROTOTYPICAL, 2, k, estimate)) {
          first.train(1);
          int next =
              first.trainer.train(1, 0, first.totals, (done, batches, totals) -> done < last);
          assertThat(next).isEqualTo(stop);
          copyWeights(first.network, second.network, k);
          assertThat(second.trainer.train(1, next, second.totals, GO_ON)).isEqualTo(5);
          assertThat(weights(second.network)).isDeepEqualTo(whole);
        }
      }
    }
  }

  private static void copyWeights(Network from, Network to, Kernels k) {
    for (int c = 0; c < from.connections().size(); c++) {
      for (int p = 0; p < 2; p++) {
        Parameter target = to.connections().get(c).parameters().get(p);
        target.read(from.connections().get(c).parameters().get(p).write());
      }
    }
    to.refresh(k);
  }

  @Test
  void eachEpochSeesEverySampleOnceInAnOrderOfItsOwn() {
    List<Integer> seen = new ArrayList<>();
    try (Context context = new Context(1)) {
      Network network = network(PROTOTYPICAL);
      Samples recording = new Recording(blobs, seen);
      GradientEstimator ep =
          new EquilibriumPropagation(
              network, context, new Phases(1, 1, 1, Estimate.ONE_SIDED, 0), 10);
      Trainer trainer = new Trainer(network, context, ep, new Sgd(0, 0), recording, 10, 6);
      assertThat(trainer.batches()).isEqualTo(5);
      List<List<Integer>> orders = new ArrayList<>();
      for (int epoch : new int[] {0, 1, 0}) {
        seen.clear();
        trainer.train(epoch, 0, new Totals(), GO_ON);
        assertThat(seen).hasSize(43).doesNotHaveDuplicates();
        orders.add(List.copyOf(seen));
      }
      assertThat(orders.get(1)).isNotEqualTo(orders.get(0));
      assertThat(orders.get(2)).isEqualTo(orders.get(0));
    }
  }

  private record Recording(Samples samples, List<Integer> seen) implements Samples {
    @Override
    public int size() {
      return samples.size();
    }

    @Override
    public int inputSize() {
      return samples.inputSize();
    }

    @Override
    public int classes() {
      return samples.classes();
    }

    @Override
    public int label(int i) {
      return samples.label(i);
    }

    @Override
    public void copyInput(int i, float[] destination, int offset) {
      seen.add(i);
      samples.copyInput(i, destination, offset);
    }
  }

  @Test
  void theUpdateIsTheLearningRateTimesTheGradient() {
    try (Context context = new Context(2)) {
      Network network = network(PROTOTYPICAL);
      float[][] before = weights(network);
      Phases phases = new Phases(8, 4, 0.2, Estimate.ONE_SIDED, 5);
      GradientEstimator ep = new EquilibriumPropagation(network, context, phases, 43);
      Optimizer storing = StoringOptimizer.adding(0.5f, 0.25f);
      new Trainer(network, context, ep, storing, blobs, 43, 6).train(0, 0, new Totals(), GO_ON);
      float[][] after = weights(network);
      for (int p = 0; p < 4; p++) {
        float[] gradient = network.connections().get(p / 2).parameters().get(p % 2).writeGradient();
        for (int i = 0; i < gradient.length; i++) {
          float rate = p < 2 ? 0.5f : 0.25f;
          assertThat(after[p][i]).isEqualTo(Math.fma(rate, gradient[i], before[p][i]));
        }
      }
    }
  }

  @Test
  void trainingReducesLossAndError() {
    Blobs training = new Blobs(200, 37, 4, 1);
    for (Dynamics dynamics : List.of(PROTOTYPICAL, ENERGY_BASED)) {
      try (Context context = new Context(2)) {
        Network network = network(dynamics);
        Phases phases =
            new Phases(dynamics.equals(PROTOTYPICAL) ? 20 : 60, 10, 0.3, Estimate.ONE_SIDED, 5);
        Evaluator evaluator = new Evaluator(network, context, phases.t(), training);
        Totals before = new Totals();
        evaluator.evaluate(before, GO_ON);
        GradientEstimator ep = new EquilibriumPropagation(network, context, phases, 20);
        Trainer trainer = new Trainer(network, context, ep, new Sgd(0.05, 0.1), training, 20, 6);
        for (int epoch = 0; epoch < 15; epoch++) {
          trainer.train(epoch, 0, new Totals(), GO_ON);
        }
        Totals after = new Totals();
        evaluator.evaluate(after, GO_ON);
        assertThat(after.loss()).isLessThan(before.loss() / 4);
        assertThat(before.error()).isGreaterThan(0.3);
        assertThat(after.error()).isLessThan(0.02);
      }
    }
  }

  @Test
  void aDivergingStateIsNamedAndItsUpdateIsNotMade() {
    Dynamics unbounded = new EnergyBased(1, false, false);
    try (Context context = new Context(2)) {
      Network network = Network.chain(unbounded, Activation.IDENTITY, 4, 70, 37);
      network.initialise(2, context.kernels());
      Phases phases = new Phases(8, 4, 0.2, Estimate.ONE_SIDED, 5);
      GradientEstimator ep = new EquilibriumPropagation(network, context, phases, 10);
      Trainer trainer = new Trainer(network, context, ep, new Sgd(1e30, 1e30), blobs, 10, 6);
      List<float[][]> kept = new ArrayList<>();
      kept.add(weights(network));
      Totals totals = new Totals();
      assertThatExceptionOfType(DivergenceException.class)
          .isThrownBy(
              () ->
                  trainer.train(
                      0,
                      0,
                      totals,
                      (done, batches, ignored) -> {
                        kept.add(weights(network));
                        return true;
                      }))
          .withMessageMatching(
              "The states of layer s[01] are no longer finite; use smaller learning rates, beta or"
                  + " epsilon\\.");
      assertThat(weights(network)).isDeepEqualTo(kept.get(kept.size() - 1));
      assertThat(totals.samples()).isEqualTo(10L * (kept.size() - 1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInputThatIsNotANumberIsNoticedWhateverItsBits(Estimate estimate) {
    int broken = 17;
    for (int bits : new int[] {0x7fc00000, 0x7fc00001, 0xffc12345}) {
      blobs.input(broken)[30] = Float.intBitsToFloat(bits);
      for (Dynamics dynamics : List.of(PROTOTYPICAL, ENERGY_BASED)) {
        try (Run run = new Run(dynamics, 2, k, estimate)) {
          float[][][] kept = {weights(run.network)};
          assertThatIllegalArgumentException()
              .isThrownBy(
                  () ->
                      run.trainer.train(
                          0,
                          0,
                          run.totals,
                          (done, batches, totals) -> {
                            kept[0] = weights(run.network);
                            return true;
                          }))
              .withMessage("Value 30 of the input of sample 17 is NaN, which is no finite number.");
          assertThat(weights(run.network)).isDeepEqualTo(kept[0]);
          for (float[] values : kept[0]) {
            for (float value : values) {
              assertThat(value).isFinite();
            }
          }
        }
      }
    }
  }

  @Test
  void samplesOrBatchesThatDoNotFitAreRefused() {
    try (Context context = new Context(1)) {
      Network network = network(PROTOTYPICAL);
      Phases phases = new Phases(8, 4, 0.2, Estimate.ONE_SIDED, 5);
      GradientEstimator ep = new EquilibriumPropagation(network, context, phases, 10);
      for (int size : new int[] {0, 44}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new Trainer(network, context, ep, new Sgd(1, 1), blobs, size, 6))
            .withMessage(
                "The batch size is %d; with 43 training samples it must be from 1 to 43.", size);
      }
      Blobs others = new Blobs(10, 36, 5, 1);
      String message =
          "The network takes 37 inputs and gives 4 classes, but the data has 36 inputs and 5"
              + " classes.";
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Trainer(network, context, ep, new Sgd(1, 1), others, 10, 6))
          .withMessage(message);
      Trainer trainer = new Trainer(network, context, ep, new Sgd(1, 1), blobs, 10, 6);
      for (int[] place : new int[][] {{-1, 0}, {0, -1}, {0, 6}}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> trainer.train(place[0], place[1], new Totals(), GO_ON))
            .withMessageEndingWith("epochs are counted from 0, and batches are 0 to 5.");
      }
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Evaluator(network, context, 3, others))
          .withMessage(message);
    }
  }

  @Test
  void tilesAreSharedOutOnce() {
    Network network = Network.toy(PROTOTYPICAL, Activation.TANH, 70, 300, 20);
    for (int workers = 1; workers <= 5; workers++) {
      TileShares shares = new TileShares(network, workers, connection -> 1);
      long[] load = new long[workers];
      for (int c = 0; c < 3; c++) {
        int next = 0;
        Parameter weight = network.connections().get(c).parameters().get(0);
        for (int w = 0; w < workers; w++) {
          assertThat(shares.first(c, w)).isEqualTo(next);
          next = shares.end(c, w);
          load[w] += weight.start(next) - weight.start(shares.first(c, w));
        }
        assertThat(next).isEqualTo(network.connections().get(c).tiles());
      }
      long total = Arrays.stream(load).sum();
      assertThat(Arrays.stream(load).max().getAsLong())
          .isLessThanOrEqualTo(total / workers + 2 * 32 * 300);
    }
  }
}
