package org.eqprop.bench;

import java.nio.FloatBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A feed-forward network 784-512-10 by ONNX Runtime, on one thread: the peer of p-1h. */
@BenchmarkMode({Mode.SampleTime, Mode.AverageTime})
@SuppressWarnings("NullAway.Init") // JMH calls open() first
public class OnnxBenchmark extends Standard {
  private static final int INPUTS = 784;
  private static final int HIDDEN = 512;
  private static final int CLASSES = 10;
  private static final int BATCHES = 16;

  /** Samples of a call. */
  @Param({"1", "20"})
  public int batch;

  private float[][] inputs;
  private OnnxRuntime network;
  private int next;

  /** Multiplications and additions of one sample. */
  public static double flop() {
    return 2.0 * HIDDEN * (INPUTS + CLASSES);
  }

  /** Reads the library and makes the network. */
  @Setup
  public void open() {
    network =
        OnnxRuntime.open(OnnxModel.feedForward(INPUTS, HIDDEN, CLASSES), batch, INPUTS, CLASSES);
    inputs = RandomSamples.batches(BATCHES, batch, INPUTS);
  }

  /** Lets the library go. */
  @TearDown
  public void close() {
    network.close();
  }

  /** The outputs of {@link #batch} samples in one call. */
  @Benchmark
  public FloatBuffer onnx() {
    next = (next + 1) % BATCHES;
    return network.run(inputs[next]);
  }
}
