package org.eqprop.bench;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.BatchPredictor;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.PredictorBuilder;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.OverRelaxed;
import org.eqprop.core.settle.Settling;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Predictions that settle just far enough for the class. The weights here are random, so the number
 * of steps is not theirs: it is what trained networks take on MNIST, and the residual is measured
 * as often as then.
 */
@BenchmarkMode({Mode.SampleTime, Mode.AverageTime})
@SuppressWarnings("NullAway.Init") // JMH calls build() first
public class SettledBenchmark extends Standard {
  private static final int INPUTS = 784;
  private static final int BATCHES = 16;

  /** Mean steps of trained networks that settle for a prediction (docs/experiments/latency.md). */
  private static final int P_1H_STEPS = 10;

  private static final int P_2H_STEPS = 16;

  /** Never reached. */
  private static final double TOLERANCE = 1e-30;

  /** The network, by the name of its preset. */
  @Param({"p-1h", "p-2h"})
  public String net = "";

  /** Samples of a call. */
  @Param({"1", "20"})
  public int batch;

  private int[] best;
  private float[][] inputs;
  private Predictor single;
  private BatchPredictor many;
  private int next;

  /** Steps that a prediction of a network takes. */
  public static int steps(PresetNet net) {
    return net == PresetNet.P_1H ? P_1H_STEPS : P_2H_STEPS;
  }

  /** Builds the network and its predictors, and has them compiled. */
  @Setup
  public void build() {
    Kernels kernels = KernelsSelector.kernels();
    PresetNet preset = PresetNet.named(net);
    Network network = preset.network();
    network.initialise(1, kernels);
    Settling quick = Settling.forPrediction(network);
    Settling never = new Settling((OverRelaxed) quick.solver(), TOLERANCE);
    PredictorBuilder predictors = new PredictorBuilder(network, steps(preset), never);
    single = predictors.build();
    many = predictors.batch();
    inputs = RandomSamples.batches(BATCHES, batch, INPUTS);
    best = new int[batch];
    if (batch == 1) {
      single.warmUp();
    } else {
      many.warmUp();
    }
  }

  /** {@link #batch} predictions in one call. */
  @Benchmark
  public int settled() {
    next = (next + 1) % BATCHES;
    if (batch == 1) {
      return single.predict(inputs[next]);
    }
    many.predict(inputs[next], batch, best);
    return best[0];
  }

  /** The predictor of single samples. */
  Predictor predictor() {
    return single;
  }
}
