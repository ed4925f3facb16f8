package org.eqprop.bench;

import org.eqprop.core.learn.Phases;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Settling;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A whole training step of batch 20: gather, both phases (or one and the way back), gradient,
 * update. T and K are those of {@link PresetNet}.
 */
@SuppressWarnings("NullAway.Init") // JMH calls build() first
public class TrainingStepBenchmark extends Standard {
  /** Samples a step. */
  public static final int BATCH = 20;

  /** Steps an operation of JMH's; its figures are divided by it. */
  static final int STEPS = 2;

  /** The network, by the name of its preset. */
  @Param({"p-1h", "eb-1h", "p-2h", "p-3h", "eb-2h", "p-conv"})
  public String net = "";

  /** The name of a method; all with the same T and K. */
  @Param({"ep", "bptt"})
  public String method = "";

  /** {@code exact} for the paper's steps, or {@code fast} as in {@code ep train --mode fast}. */
  @Param({"exact", "fast"})
  public String mode = "";

  /** Worker threads. */
  @Param({"1", "2"})
  public int threads;

  private static final double BETA = 0.5;

  private StepLoop loop;

  /** Builds the network and its trainer. */
  @Setup
  public void build() {
    boolean fast = mode.equals("fast");
    if (!fast && !mode.equals("exact")) {
      throw new IllegalArgumentException("There is no mode '" + mode + "'.");
    }
    PresetNet preset = PresetNet.named(net);
    Settling settling = fast ? preset.fast(BETA) : Settling.EXACT;
    Phases phases =
        new Phases(preset.t(), preset.k(), BETA, Phases.Estimate.ONE_SIDED, 1, settling);
    loop = new StepLoop(preset.network(fast), method, phases, BATCH, STEPS, threads);
    loop.warmUp(method, BATCH);
  }

  @Override
  protected Context context() {
    return loop.context();
  }

  /** Ends the workers. */
  @TearDown
  public void close() {
    loop.close();
  }

  /** One update. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public int trainingStep() {
    return loop.run();
  }
}
