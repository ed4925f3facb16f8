package org.eqprop.bench;

import java.util.Arrays;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.settle.Context;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A training step of prototypical networks of all sizes. */
@SuppressWarnings("NullAway.Init") // JMH calls build() first
public class ScalingBenchmark extends Standard {
  private static final int INPUTS = 784;
  private static final int CLASSES = 10;
  private static final double BETA = 0.5;

  /** Samples a step. */
  @Param("20")
  public int batch;

  /** Units of a hidden layer. */
  @Param("512")
  public int width;

  /** Hidden layers. */
  @Param("2")
  public int depth;

  /** T. */
  @Param("100")
  public int t;

  /** K. */
  @Param("20")
  public int k;

  /** Worker threads. */
  @Param("1")
  public int threads;

  /** {@code ep} or {@code bptt}. */
  @Param("ep")
  public String method = "";

  private StepLoop loop;

  /** Builds the network and its trainer. */
  @Setup
  public void build() {
    Phases phases = new Phases(t, k, BETA, Phases.Estimate.ONE_SIDED, 1);
    loop = new StepLoop(network(width, depth), method, phases, batch, 1, threads);
    loop.warmUp(method, batch);
  }

  /** A chain of 784 inputs, {@code depth} layers of {@code width} units and 10 outputs. */
  public static Network network(int width, int depth) {
    int[] sizes = new int[depth + 2];
    Arrays.fill(sizes, width);
    sizes[0] = CLASSES;
    sizes[depth + 1] = INPUTS;
    Prototypical dynamics = new Prototypical(1, Prototypical.Nudge.OUTSIDE);
    return Network.chain(dynamics, Activation.SIGMOID4, sizes);
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
  public int step() {
    return loop.run();
  }
}
