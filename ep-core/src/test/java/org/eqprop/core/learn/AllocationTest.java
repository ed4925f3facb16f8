package org.eqprop.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.Phases.Estimate;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.settle.Anderson;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Rests;
import org.eqprop.core.settle.Schedule;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.testing.AllocationMeter;
import org.eqprop.core.testing.Blobs;
import org.eqprop.core.testing.Java;
import org.eqprop.core.testing.StoringOptimizer;
import org.junit.jupiter.api.Test;

/**
 * Nothing that runs for each step allocates, on any thread.
 *
 * <p>Measured in JVMs of their own, once on the scalar kernels and once on those that this machine
 * selects, where vectors are objects until C2 has compiled what uses them. Every case must come to
 * 0.
 */
class AllocationTest {
  private static final String[] SCALAR = {
    "-Deqprop.kernels=scalar", "--add-modules=jdk.management"
  };
  private static final String[] SELECTED = {
    "-XX:TieredStopAtLevel=4", "--add-modules=jdk.management"
  };

  /** What the smallest object takes, for each batch that a measurement runs. */
  private static final long NOTICEABLE = 16L * Main.BATCHES;

  /**
   * What a recompilation or two leave behind, where code that had been compiled runs uncompiled
   * once. Twelve short batches whose vectors are objects take 20 million bytes.
   */
  private static final long RECOMPILING = 500_000;

  /** Prints a line for each case: its name, a tab, and the bytes that it allocates. */
  static final class Main {
    private static final Listener GO_ON = (done, batches, totals) -> true;
    private static final int[] SIZES = {10, 128, 256};

    /** Heavy enough for two workers to divide its layers, or to have replicas of its weights. */
    private static final int[] HEAVY = {10, 448, 448, 256};

    private static final int EPOCHS = 6;

    /** Each epoch has three, the last one short. */
    static final int BATCHES = 3 * EPOCHS;

    private static final int CONTROL_ROUNDS = 10;

    private static final long COMPILING = TimeUnit.SECONDS.toNanos(5);

    /** Full batches before each short one. */
    private static final int FULL = 50;

    private final Blobs blobs = new Blobs(45, SIZES[2], SIZES[0], 1);
    private volatile float[] sink = new float[0];
    private volatile boolean allocating;

    private Main() {}

    public static void main(String[] arguments) {
      Main main = new Main();
      main.everything();
      report("allocating kept", main.sink.length);
    }

    private void everything() {
      for (int threads = 1; threads <= 2; threads++) {
        try (Context context = Rests.never(threads)) {
          for (Dynamics dynamics :
              List.of(
                  new Prototypical(1, Nudge.OUTSIDE),
                  new Prototypical(0.2, Nudge.INSIDE),
                  new EnergyBased(0.2, true, false))) {
            for (Estimate estimate : Estimate.values()) {
              train(context, dynamics, estimate);
            }
            evaluate(context, dynamics);
          }
          for (Activation activation : Activation.values()) {
            trainWith(context, activation);
          }
          trainHeavy(context);
          trainByAnderson(context);
          trainFromPreviousStates(context);
          trainFromPredictedStates(context);
          trainSparse(context);
          shortBatches(context);
          allocateInListener(context);
          allocateInUpdate(context);
        }
      }
      predict("prediction ", new Prototypical(1, Nudge.OUTSIDE), blobs);
      predict("prediction ", new EnergyBased(0.2, true, false), blobs);
      predict("sparse prediction ", new Prototypical(1, Nudge.OUTSIDE), blobs.sparse(5));
    }

    private static void report(String name, long bytes) {
      System.out.println(name + "\t" + bytes);
    }

    private static Network network(Dynamics dynamics, int... sizes) {
      Network network = Network.chain(dynamics, Activation.SIGMOID4, sizes);
      network.initialise(2, KernelsSelector.kernels());
      return network;
    }

    private Runnable epochs(
        Context context, Network network, Estimate estimate, Optimizer optimizer, Listener heard) {
      Phases phases = new Phases(3, 2, 0.5, estimate, 5);
      GradientEstimator ep = new EquilibriumPropagation(network, context, phases, 20);
      Trainer trainer = new Trainer(network, context, ep, optimizer, blobs, 20, 6);
      Totals totals = new Totals();
      return () -> {
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
          trainer.train(epoch, 0, totals, heard);
        }
      };
    }

    private void train(Context context, Dynamics dynamics, Estimate estimate) {
      String name = "training " + dynamics + " " + estimate + " threads " + context.threads();
      Network network = network(dynamics, SIZES);
      Runnable work = epochs(context, network, estimate, new Sgd(0.01, 0.01), GO_ON);
      report(name, AllocationMeter.settled(work));
    }

    /** At rates so small that the identity, which has no bounds, does not diverge. */
    private void trainWith(Context context, Activation activation) {
      for (Dynamics dynamics :
          List.of(new Prototypical(0.2, Nudge.OUTSIDE), new EnergyBased(0.2, true, false))) {
        Network network = Network.chain(dynamics, activation, SIZES);
        network.initialise(2, KernelsSelector.kernels());
        Sgd sgd = new Sgd(1e-6, 1e-6);
        Runnable work = epochs(context, network, Estimate.ONE_SIDED, sgd, GO_ON);
        String name = activation.id() + " " + dynamics + " threads " + context.threads();
        report("activation " + name, AllocationMeter.settled(work));
      }
    }

    private void trainHeavy(Context context) {
      Network network = network(new Prototypical(1, Nudge.OUTSIDE), HEAVY);
      Optimizer sgd = new Sgd(0.01, 0.01, 0.01);
      Runnable work = epochs(context, network, Estimate.ONE_SIDED, sgd, GO_ON);
      report("heavy training threads " + context.threads(), AllocationMeter.settled(work));
    }

    private void trainByAnderson(Context context) {
      Network network = network(new EnergyBased(0.2, true, false), SIZES);
      Settling settling = new Settling(new Anderson(Schedule.SYNCHRONOUS, 0, 3), 1e-2);
      Phases phases = new Phases(12, 2, 0.5, Estimate.ONE_SIDED, 5, settling);
      GradientEstimator ep = new EquilibriumPropagation(network, context, phases, 20);
      Trainer trainer = new Trainer(network, context, ep, new Sgd(0.01, 0.01), blobs, 20, 6);
      Totals totals = new Totals();
      Runnable work =
          () -> {
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
              trainer.train(epoch, 0, totals, GO_ON);
            }
          };
      report("accelerated training threads " + context.threads(), AllocationMeter.settled(work));
    }

    private void trainFromPreviousStates(Context context) {
      Network network = network(new EnergyBased(0.2, true, false), SIZES);
      trainFrom("warm", network, context, new WarmStarts(network, blobs.size()));
    }

    private void trainFromPredictedStates(Context context) {
      Network network = network(new Prototypical(1, Nudge.OUTSIDE), SIZES);
      trainFrom("predicted", network, context, new PredictedStarts(network, context, 20));
    }

    private void trainFrom(String name, Network network, Context context, Starts starts) {
      Phases phases = new Phases(3, 2, 0.5, Estimate.ONE_SIDED, 5);
      GradientEstimator ep = new EquilibriumPropagation(network, context, phases, 20);
      Trainer trainer =
          new Trainer(network, context, ep, new Sgd(0.01, 0.01), blobs, 20, 6, starts);
      Totals totals = new Totals();
      Runnable work =
          () -> {
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
              trainer.train(epoch, 0, totals, GO_ON);
            }
          };
      report(name + " training threads " + context.threads(), AllocationMeter.settled(work));
    }

    /**
     * Of the short batches alone, from the seventh epoch on, while the full ones are long compiled.
     */
    private void shortBatches(Context context) {
      Network network = network(new Prototypical(1, Nudge.OUTSIDE), SIZES);
      Phases phases = new Phases(3, 2, 0.5, Estimate.ONE_SIDED, 5);
      GradientEstimator ep = new EquilibriumPropagation(network, context, phases, 20);
      Samples samples = new Blobs(20 * FULL + 17, SIZES[2], SIZES[0], 1);
      Trainer trainer = new Trainer(network, context, ep, new Sgd(0.01, 0.01), samples, 20, 6);
      Totals totals = new Totals();
      Runnable full = () -> trainer.train(0, 0, totals, (done, batches, sums) -> done < FULL);
      AllocationMeter.compile(full, COMPILING);
      Runnable last = () -> trainer.train(0, FULL, totals, GO_ON);
      long bytes = 0;
      for (int epoch = 0; epoch < 2 * EPOCHS; epoch++) {
        bytes += AllocationMeter.smallest(last, 1);
        full.run();
      }
      report("short batches threads " + context.threads(), bytes);
    }

    private void evaluate(Context context, Dynamics dynamics) {
      Evaluator evaluator = new Evaluator(network(dynamics, SIZES), context, 3, blobs);
      Totals totals = new Totals();
      Runnable work = () -> evaluator.evaluate(totals, GO_ON);
      String name = "evaluation " + dynamics + " threads " + context.threads();
      report(name, AllocationMeter.settled(work));
    }

    private void predict(String name, Dynamics dynamics, Blobs samples) {
      Predictor predictor = new Predictor(network(dynamics, SIZES), KernelsSelector.kernels(), 3);
      Runnable work =
          () -> {
            for (int i = 0; i < samples.size(); i++) {
              predictor.predict(samples.input(i), 0);
            }
          };
      report(name + dynamics, AllocationMeter.settled(work));
    }

    /** Inputs that are mostly zero, which products leave out: full batches and a short one. */
    private void trainSparse(Context context) {
      Network network = network(new Prototypical(1, Nudge.OUTSIDE), SIZES);
      Phases phases = new Phases(3, 2, 0.5, Estimate.ONE_SIDED, 5);
      GradientEstimator ep = new EquilibriumPropagation(network, context, phases, 20);
      Trainer trainer =
          new Trainer(network, context, ep, new Sgd(0.01, 0.01), blobs.sparse(5), 20, 6);
      Totals totals = new Totals();
      Runnable work =
          () -> {
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
              trainer.train(epoch, 0, totals, GO_ON);
            }
          };
      report("sparse training threads " + context.threads(), AllocationMeter.settled(work));
    }

    private void allocateInListener(Context context) {
      Listener heard =
          (done, batches, totals) -> {
            if (allocating) {
              sink = new float[1];
            }
            return true;
          };
      control("listener", context, new Sgd(0.01, 0.01), heard);
    }

    /** On the last thread of the context only. */
    private void allocateInUpdate(Context context) {
      Thread[] last = new Thread[1];
      context.runTogether(
          (worker, workers) -> {
            if (worker == workers - 1) {
              last[0] = Thread.currentThread();
            }
          });
      Optimizer optimizer =
          new StoringOptimizer(
              (k, connection, parameter, from, to) -> {
                if (allocating && Thread.currentThread() == last[0]) {
                  sink = new float[1];
                }
              });
      control("update", context, optimizer, GO_ON);
    }

    private void control(String name, Context context, Optimizer optimizer, Listener heard) {
      Network network = network(new Prototypical(1, Nudge.OUTSIDE), SIZES);
      Runnable work = epochs(context, network, Estimate.ONE_SIDED, optimizer, heard);
      allocating = false;
      report("quiet " + name + " " + context.threads(), AllocationMeter.settled(work));
      allocating = true;
      report(
          "allocating " + name + " " + context.threads(),
          AllocationMeter.smallest(work, CONTROL_ROUNDS));
    }
  }

  private static Map<String, Long> measure(String... options) {
    Map<String, Long> bytes = new LinkedHashMap<>();
    for (String line : Java.run(Main.class, options).lines().toList()) {
      String[] parts = line.split("\t", -1);
      bytes.put(parts[0], Long.valueOf(parts[1]));
    }
    return bytes;
  }

  private static void assertNone(Map<String, Long> bytes, String kind, int cases) {
    Map<String, Long> found = new LinkedHashMap<>(bytes);
    found.keySet().removeIf(name -> !name.startsWith(kind));
    assertThat(found).hasSize(cases).allSatisfy((name, value) -> assertThat(value).isZero());
  }

  @Test
  void scalarKernelsAllocateNothingAndWhatDoesIsNoticed() {
    check(measure(SCALAR));
  }

  @Test
  void selectedKernelsAllocateNothingAndWhatDoesIsNoticed() {
    check(measure(SELECTED));
  }

  private static void check(Map<String, Long> bytes) {
    assertNone(bytes, "training", 18);
    assertNone(bytes, "activation", 4 * Activation.values().length);
    assertNone(bytes, "heavy training", 2);
    assertNone(bytes, "accelerated training", 2);
    assertNone(bytes, "warm training", 2);
    assertNone(bytes, "predicted training", 2);
    assertNone(bytes, "sparse training", 2);
    for (int threads = 1; threads <= 2; threads++) {
      assertThat(bytes.get("short batches threads " + threads)).isLessThan(RECOMPILING);
    }
    assertNone(bytes, "evaluation", 6);
    assertNone(bytes, "prediction", 2);
    assertNone(bytes, "sparse prediction", 1);
    assertNone(bytes, "quiet", 4);
    for (int threads = 1; threads <= 2; threads++) {
      assertThat(bytes.get("allocating listener " + threads)).isGreaterThanOrEqualTo(NOTICEABLE);
      assertThat(bytes.get("allocating update " + threads)).isGreaterThanOrEqualTo(NOTICEABLE);
    }
  }
}
