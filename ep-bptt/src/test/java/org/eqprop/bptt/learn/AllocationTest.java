package org.eqprop.bptt.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Evaluator;
import org.eqprop.core.learn.GradientEstimator;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training step allocates nothing once it is compiled, on any thread, short batches included. */
final class AllocationTest {
  /** Only ever spent in full if something does allocate, or the compiler is starved. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private static final int EPOCHS = 6;

  /** How long full batches run before what the rehearsal has asked for is surely compiled. */
  private static final long COMPILING = TimeUnit.SECONDS.toNanos(5);

  /**
   * What a recompilation or two leave behind, where code that had been compiled runs uncompiled
   * once. Twelve short batches whose vectors are objects take 20 million bytes.
   */
  private static final long RECOMPILING = 500_000;

  /** Counted through method handles, because the module under test reads no management module. */
  private static final MethodHandle ALLOCATED = allocated();

  private static volatile int[] sink = new int[0];
  private int sum;

  private static MethodHandle allocated() {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
      Class<?> plain = Class.forName("java.lang.management.ThreadMXBean");
      Class<?> bean = Class.forName("com.sun.management.ThreadMXBean");
      Object threads =
          lookup.findStatic(factory, "getThreadMXBean", MethodType.methodType(plain)).invoke();
      return lookup
          .findVirtual(
              bean, "getThreadAllocatedBytes", MethodType.methodType(long.class, long.class))
          .bindTo(threads);
    } catch (Throwable thrown) {
      throw new AssertionError("This JVM does not count allocations.", thrown);
    }
  }

  static List<Dynamics> settings() {
    return List.of(
        new Prototypical(1, Nudge.OUTSIDE),
        new Prototypical(0.2, Nudge.INSIDE),
        new EnergyBased(0.2, true, false),
        new EnergyBased(0.2, true, true));
  }

  /** Makes an estimator for a batch of 20. */
  @FunctionalInterface
  private interface Method {
    GradientEstimator estimator(Network network, Context context, Phases phases, int samples);
  }

  private static void assertAllocatesNothing(String name, Network network, Method method) {
    int inputs = network.input().size();
    double[] rates = new double[network.connections().size()];
    Arrays.fill(rates, 0.01);
    for (int threads = 1; threads <= 2; threads++) {
      try (Context context = new Context(threads)) {
        network.initialise(2, KernelsSelector.kernels());
        Phases phases = new Phases(4, 3, 1, Phases.Estimate.ONE_SIDED, 0);
        GradientEstimator estimator = method.estimator(network, context, phases, 20);
        Batch samples = Batch.random(45, inputs, 10);
        Trainer trainer = new Trainer(network, context, estimator, new Sgd(rates), samples, 20, 6);
        Totals totals = new Totals();
        Runnable work =
            () -> {
              for (int epoch = 0; epoch < EPOCHS; epoch++) {
                trainer.train(epoch, 0, totals, (done, batches, sums) -> true);
              }
            };
        assertThat(settled(work)).as(name + ", threads " + threads).isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aTrainingStepAllocatesNothing(Dynamics dynamics) {
    Network network = Network.chain(dynamics, Activation.SIGMOID4, 10, 128, 256);
    assertAllocatesNothing(dynamics.toString(), network, BackpropThroughTime::new);
  }

  @Test
  void aTrainingStepAfterASolverAllocatesNothing() {
    Network network =
        Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.SIGMOID4, 10, 128, 256);
    Settling settling = Settling.fast(false, 1);
    assertAllocatesNothing(
        "mode fast",
        network,
        (net, context, p, samples) ->
            new BackpropThroughTime(
                net,
                context,
                new Phases(40, p.k(), p.beta(), p.estimate(), p.seed(), settling),
                samples));
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGMOID", "HARD_SIGMOID_HALF", "RELU6"})
  void aTrainingStepWithEachActivationAllocatesNothing(Activation activation) {
    Dynamics dynamics = new EnergyBased(0.2, false, false);
    Network network = Network.chain(dynamics, activation, 10, 128, 256);
    assertAllocatesNothing(activation.id(), network, BackpropThroughTime::new);
  }

  /** p-conv with smaller maps, where borders are dropped and padded too. */
  private static Network convolutions(int padding) {
    return new ConvolutionalChain(
            Shape.of(1, 18, 17), List.of(40, 20), List.of(10), 5 - padding, padding, 2)
        .network(new Prototypical(1, Nudge.OUTSIDE), Activation.HARD_SIGMOID);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aTrainingStepOfConvolutionsAllocatesNothing(int padding) {
    assertAllocatesNothing("EP", convolutions(padding), EquilibriumPropagation::new);
    assertAllocatesNothing("BPTT", convolutions(padding), BackpropThroughTime::new);
  }

  @Test
  void measuringAndPredictingWithConvolutionsAllocatesNothing() {
    Network network = convolutions(0);
    network.initialise(2, KernelsSelector.kernels());
    Batch samples = Batch.random(45, network.input().size(), 10);
    try (Context context = new Context(2)) {
      Evaluator evaluator = new Evaluator(network, context, 4, samples);
      Totals totals = new Totals();
      assertThat(settled(() -> evaluator.evaluate(totals, (done, batches, sums) -> true))).isZero();
    }
    Predictor predictor = new Predictor(network, KernelsSelector.kernels(), 4);
    float[] image = new float[network.input().size()];
    assertThat(settled(() -> sum += predictor.predict(image, 0))).isZero();
  }

  /** Of 17 samples after 50 full batches: other tiles, and they run 50 times less. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void shortBatchesAllocateNoVectors(int threads) {
    int full = 50;
    Network network =
        Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.SIGMOID4, 10, 128, 256);
    network.initialise(2, KernelsSelector.kernels());
    Batch samples = Batch.random(20 * full + 17, 256, 10);
    long bytes = 0;
    try (Context context = new Context(threads)) {
      Phases phases = new Phases(4, 3, 1, Phases.Estimate.ONE_SIDED, 0);
      GradientEstimator estimator = new BackpropThroughTime(network, context, phases, 20);
      Trainer trainer =
          new Trainer(network, context, estimator, new Sgd(0.01, 0.01), samples, 20, 6);
      Totals totals = new Totals();
      Runnable many = () -> trainer.train(0, 0, totals, (done, batches, sums) -> done < full);
      for (long end = System.nanoTime() + COMPILING; System.nanoTime() < end; ) {
        many.run();
      }
      for (int epoch = 0; epoch < 2 * EPOCHS; epoch++) {
        bytes += measure(() -> trainer.train(0, full, totals, (done, all, sums) -> true));
        many.run();
      }
    }
    assertThat(bytes).isLessThan(RECOMPILING);
  }

  @Test
  void whatAllocatesIsNoticed() {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      least = Math.min(least, measure(() -> sink = new int[1]));
    }
    assertThat(least).isGreaterThanOrEqualTo(16);
    assertThat(sink).hasSize(1);
  }

  /** 0 once {@code work} allocates nothing three times in a row, or else the least seen. */
  private static long settled(Runnable work) {
    long deadline = System.nanoTime() + PATIENCE;
    long least = Long.MAX_VALUE;
    int quiet = 0;
    while (quiet < 3 && System.nanoTime() < deadline) {
      long bytes = measure(work);
      least = Math.min(least, bytes);
      quiet = bytes == 0 ? quiet + 1 : 0;
    }
    return quiet == 3 ? 0 : Math.max(1, least);
  }

  private static long measure(Runnable work) {
    long[] ids = threads();
    long before = total(ids);
    long overhead = total(ids) - before;
    long start = total(ids);
    work.run();
    return total(ids) - start - overhead;
  }

  private static long total(long[] ids) {
    long sum = 0;
    try {
      for (long id : ids) {
        sum += (long) ALLOCATED.invokeExact(id);
      }
    } catch (Throwable thrown) {
      throw new AssertionError(thrown);
    }
    return sum;
  }

  private static long[] threads() {
    List<Long> ids = new ArrayList<>();
    ids.add(Thread.currentThread().threadId());
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("eqprop-worker-") && thread.isAlive()) {
        ids.add(thread.threadId());
      }
    }
    return ids.stream().mapToLong(Long::longValue).toArray();
  }
}
