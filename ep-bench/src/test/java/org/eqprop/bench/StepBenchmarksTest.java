package org.eqprop.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Listener;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.HeavyBall;
import org.eqprop.core.settle.Schedule;
import org.eqprop.core.settle.Settling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepBenchmarksTest {
  private static final int BATCH = 4;
  private static final int STEPS = 2;

  private static Phases phases(int t, int k) {
    return new Phases(t, k, 0.5, Phases.Estimate.ONE_SIDED, 1);
  }

  /** The mode that ep train has: fewer steps for the same prediction, within the tolerance. */
  @Test
  void theFastModeIsAlternatingWithATolerance() {
    assertThat(PresetNet.P_2H.fast(0.5)).isEqualTo(Settling.of(Schedule.ALTERNATING, 2e-3, 1.4, 0));
    assertThat(PresetNet.EB_1H.fast(0.5).solver())
        .isEqualTo(new HeavyBall(Schedule.SYNCHRONOUS, 0.5, 0.6));
    TrainingStepBenchmark benchmark = new TrainingStepBenchmark();
    benchmark.net = "p-1h";
    benchmark.method = "ep";
    benchmark.mode = "fast";
    benchmark.threads = 2;
    benchmark.build();
    assertThat(benchmark.context().threads()).as("threads of the peak").isEqualTo(2);
    assertThat(benchmark.trainingStep()).isEqualTo(TrainingStepBenchmark.STEPS);
    benchmark.close();
  }

  @Test
  void aRunIsTwoUpdatesOfEquilibriumPropagation() {
    Network network = ScalingBenchmark.network(24, 2);
    try (StepLoop loop = new StepLoop(network, "ep", phases(10, 4), BATCH, STEPS, 1)) {
      assertThat(loop.run()).isEqualTo(STEPS);
    }
    Network expected = ScalingBenchmark.network(24, 2);
    try (Context context = new Context(1)) {
      expected.initialise(1, context.kernels());
      Phases phases = phases(10, 4);
      EquilibriumPropagation estimator =
          new EquilibriumPropagation(expected, context, phases, BATCH);
      double[] rates = new double[3];
      Arrays.fill(rates, 1e-9);
      RandomSamples samples = new RandomSamples(BATCH * STEPS, 784, 10);
      Listener all = (done, batches, totals) -> true;
      new Trainer(expected, context, estimator, new Sgd(rates), samples, BATCH, 1)
          .train(0, 0, new Totals(), all);
    }
    for (int c = 0; c < 3; c++) {
      Connection trained = network.connections().get(c);
      Connection same = expected.connections().get(c);
      assertThat(trained.parameters().get(0).writeGradient())
          .containsExactly(same.parameters().get(0).writeGradient());
      assertThat(trained.parameters().get(0).write())
          .containsExactly(same.parameters().get(0).write());
    }
  }

  /** With β → 0 and settled states, both methods give about the same direction. */
  @Test
  void theMethodsAreTheOnesNamed() {
    float[] ep = gradient("ep");
    float[] bptt = gradient("bptt");
    double product = 0;
    double epSquare = 0;
    double bpttSquare = 0;
    for (int i = 0; i < ep.length; i++) {
      product += (double) ep[i] * bptt[i];
      epSquare += (double) ep[i] * ep[i];
      bpttSquare += (double) bptt[i] * bptt[i];
    }
    assertThat(ep).isNotEqualTo(bptt);
    assertThat(product / Math.sqrt(epSquare * bpttSquare)).isCloseTo(1, offset(0.2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gradient("backprop"))
        .withMessage("There is no method 'backprop'.");
  }

  private static float[] gradient(String method) {
    Network network = ScalingBenchmark.network(24, 1);
    try (StepLoop loop = new StepLoop(network, method, phases(60, 10), BATCH, 1, 1)) {
      loop.run();
    }
    return network.connections().get(0).parameters().get(0).writeGradient();
  }

  @Test
  void thePredictionIsThatOfPlainLoops() {
    PredictionBenchmark benchmark = new PredictionBenchmark();
    benchmark.net = "p-1h";
    benchmark.build();
    int predicted = benchmark.predict();
    double[] output = settle(benchmark.input());
    int best = 0;
    for (int c = 0; c < output.length; c++) {
      assertThat((double) benchmark.predictor().score(c)).isCloseTo(output[c], within(1e-5));
      best = output[c] > output[best] ? c : best;
    }
    assertThat(predicted).isEqualTo(best);
    int[] batch = benchmark.predictBatch();
    for (int i = 1; i < PredictionBenchmark.BATCH; i++) {
      // the benchmark has predicted sample 1
      assertThat(batch[i]).isEqualTo(i == 1 ? predicted : benchmark.predict());
    }
  }

  /** p-1h's output after T steps, ε = 1: s⁰ ← σ(W⁰ s¹ + b⁰), s¹ ← σ(W¹ x + b¹ + W⁰ᵀ s⁰). */
  private static double[] settle(float[] x) {
    Network network = PresetNet.P_1H.network();
    network.initialise(1, KernelsSelector.kernels());
    float[] upper = network.connections().get(0).parameters().get(0).write();
    float[] upperBias = network.connections().get(0).parameters().get(1).write();
    float[] lower = network.connections().get(1).parameters().get(0).write();
    float[] lowerBias = network.connections().get(1).parameters().get(1).write();
    double[] output = new double[10];
    double[] hidden = new double[512];
    for (int step = 0; step < PresetNet.P_1H.t(); step++) {
      double[] nextOutput = new double[10];
      double[] nextHidden = new double[512];
      for (int o = 0; o < 10; o++) {
        double sum = upperBias[o];
        for (int h = 0; h < 512; h++) {
          sum += upper[o * 512 + h] * hidden[h];
        }
        nextOutput[o] = sigma(sum);
      }
      for (int h = 0; h < 512; h++) {
        double sum = lowerBias[h];
        for (int i = 0; i < 784; i++) {
          sum += lower[h * 784 + i] * x[i];
        }
        for (int o = 0; o < 10; o++) {
          sum += upper[o * 512 + h] * output[o];
        }
        nextHidden[h] = sigma(sum);
      }
      output = nextOutput;
      hidden = nextHidden;
    }
    return output;
  }

  private static double sigma(double x) {
    return 1 / (1 + Math.exp(-4 * (x - 0.5)));
  }

  @ParameterizedTest
  @CsvSource({"p-1h,0.055", "eb-1h,0.078", "p-2h,2.61", "p-3h,8.5", "eb-2h,9.5", "p-conv,34.5"})
  void theWorkIsThatOfTheDesign(String id, double gigaflop) {
    PresetNet net = PresetNet.named(id);
    double work = Work.update(net.network(), net.t(), net.k(), TrainingStepBenchmark.BATCH) / 1e9;
    assertThat(work).isCloseTo(gigaflop, offset(0.03 * gigaflop));
  }

  @Test
  void namesThatAreNotKnownAreRefused() {
    TrainingStepBenchmark benchmark = new TrainingStepBenchmark();
    benchmark.mode = "quick";
    assertThatIllegalArgumentException()
        .isThrownBy(benchmark::build)
        .withMessage("There is no mode 'quick'.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PresetNet.named("p-9h"))
        .withMessage("There is no preset 'p-9h'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rbp", "chl", "coupled", "continual"})
  void everyMethodMakesAStep(String method) {
    Network network = PresetNet.P_1H.network();
    try (StepLoop loop = new StepLoop(network, method, phases(2, 2), BATCH, 1, 2)) {
      assertThat(loop.run()).isEqualTo(1);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StepLoop(network, method + "x", phases(2, 2), BATCH, 1, 2))
        .withMessage("There is no method '" + method + "x'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ep", "bptt"})
  void everyPresetMakesAStep(String method) {
    for (PresetNet net : PresetNet.values()) {
      try (StepLoop loop = new StepLoop(net.network(), method, phases(2, 2), BATCH, 1, 2)) {
        assertThat(loop.run()).isEqualTo(1);
      }
    }
  }
}
