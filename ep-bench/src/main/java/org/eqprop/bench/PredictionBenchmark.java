package org.eqprop.bench;

import java.util.Arrays;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.BatchPredictor;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Settling;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * One prediction on one thread, each call timed on its own, for the distribution of latencies; and
 * the mean of all calls, because only then does JMH itself not allocate.
 */
@BenchmarkMode({Mode.SampleTime, Mode.AverageTime})
@SuppressWarnings("NullAway.Init") // JMH calls build() first
public class PredictionBenchmark extends Standard {
  private static final int SAMPLES = 64;

  /** Samples of a batch. */
  public static final int BATCH = 20;

  /** Brief predictions before the first, as many as HotSpot needs to compile what they call. */
  private static final int WARM_UP = 10_000;

  /** The network, by the name of its preset. */
  @Param({"p-1h", "p-2h", "p-conv"})
  public String net = "";

  private final float[] inputs = new float[SAMPLES * 784];
  private final int[] best = new int[BATCH];
  private Predictor predictor;
  private BatchPredictor batch;
  private int next;

  /** Builds the network and its predictor. */
  @Setup
  public void build() {
    Kernels kernels = KernelsSelector.kernels();
    PresetNet preset = PresetNet.named(net);
    Network network = preset.network();
    network.initialise(1, kernels);
    predictor = new Predictor(network, kernels, preset.t());
    batch = new BatchPredictor(network, kernels, preset.t(), Settling.EXACT);
    RandomSamples samples = new RandomSamples(SAMPLES, 784, 10);
    for (int i = 0; i < SAMPLES; i++) {
      samples.copyInput(i, inputs, i * 784);
    }
    Predictor brief = new Predictor(network, kernels, 1);
    for (int i = 0; i < WARM_UP; i++) {
      brief.predict(inputs, 0);
    }
    BatchPredictor briefBatch = new BatchPredictor(network, kernels, 1, Settling.EXACT);
    for (int i = 0; i < WARM_UP / BATCH; i++) {
      briefBatch.predict(inputs, BATCH, best);
    }
  }

  /** One prediction. */
  @Benchmark
  public int predict() {
    next = (next + 1) % SAMPLES;
    return predictor.predict(inputs, next * 784);
  }

  /** {@link #BATCH} predictions in one call. */
  @Benchmark
  public int[] predictBatch() {
    batch.predict(inputs, BATCH, best);
    return best;
  }

  /** The predictor. */
  Predictor predictor() {
    return predictor;
  }

  /** The inputs of the last prediction. */
  float[] input() {
    return Arrays.copyOfRange(inputs, next * 784, (next + 1) * 784);
  }
}
