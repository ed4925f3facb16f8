package org.eqprop.bench;

import java.util.Map;
import org.eqprop.conv.ConvPool;
import org.eqprop.conv.internal.ConvKernelsSelector;
import org.eqprop.conv.internal.kernel.ConvKernels;
import org.eqprop.conv.internal.kernel.Plan;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Randomness;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The operators of p-conv's convolutions with pooling on a batch of 20, one thread. A direct
 * convolution of C channels to F filters on a map of S × S takes 2·20·25·C·F·(S − 4)²
 * floating-point operations, its transposed counterpart a quarter of it times the share of units
 * that are not zero.
 */
@SuppressWarnings("NullAway.Init") // JMH calls fill() first
public class ConvolutionBenchmark extends Standard {
  /** Samples. */
  public static final int BATCH = 20;

  /** Channels, rows and columns of the source, and filters. */
  @Param({"32 12 64", "1 28 32"})
  public String shape = "";

  /** Per cent of the target's units that are not zero; in training, 80 for 64 filters. */
  @Param({"100", "80", "50"})
  public int density;

  /** How the bottom-up pass convolves. */
  @Param({"direct", "winograd"})
  public String algorithm = "direct";

  private final Kernels kernels = KernelsSelector.kernels();
  private final Randomness random = new Randomness(1, Randomness.Stream.CHOICE, 0);
  private ConvPool connection;
  private Memory memory;
  private Rows x;
  private Rows up;
  private Rows h;
  private Rows down;
  private Rows noneAbove;
  private Rows noneBelow;
  private Plan plan;
  private Panels panels;
  private Rows map;

  /** Fills the operands, and finds the winners. */
  @Setup
  public void fill() {
    connection = connection(shape, algorithm);
    float[] weights = new float[connection.parameters().get(0).shape().size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextDouble() - 0.5f;
    }
    connection.parameters().get(0).read(weights);
    connection.refresh(kernels, 0, connection.tiles());
    plan =
        new Plan(
            connection.convolution(), connection.pooling().window(), connection.pooling().stride());
    panels = plan.newPanels();
    for (int i = 0; i < weights.length; i++) {
      panels.set(i % panels.rows(), i / panels.rows(), weights[i]);
    }
    map = plan.newMap();
    memory = connection.newMemory(BATCH);
    x = random(connection.source().size(), 60);
    h = random(connection.target().size(), density);
    up = Rows.allocate(BATCH, connection.target().size());
    down = Rows.allocate(BATCH, connection.source().size());
    noneAbove = Rows.allocate(BATCH, connection.target().size());
    noneBelow = Rows.allocate(BATCH, connection.source().size());
    bottomUp();
  }

  /** A connection of the given shape, weights zero. */
  public static ConvPool connection(String shape, String algorithm) {
    String[] sizes = shape.split(" ", -1);
    int channels = Integer.parseInt(sizes[0]);
    int side = Integer.parseInt(sizes[1]);
    Shape maps = Shape.of(channels, side, side);
    Shape pooled = Shape.of(Integer.parseInt(sizes[2]), (side - 4) / 2, (side - 4) / 2);
    Layer source = new Layer(1, "s1", maps, Activation.HARD_SIGMOID, false);
    Layer target = new Layer(0, "s0", pooled, Activation.HARD_SIGMOID, false);
    Map<String, String> options = Map.of("kernel", "5", "pool", "2", "algorithm", algorithm);
    return (ConvPool) new ConvPool.Provider().create("0", target, source, options);
  }

  private Rows random(int size, int percent) {
    Rows rows = Rows.allocate(BATCH, size);
    for (int r = 0; r < BATCH; r++) {
      for (int i = 0; i < size; i++) {
        boolean zero = random.nextInt(100) >= percent;
        rows.set(r, i, zero ? 0f : (float) random.nextDouble() + 0x1p-20f);
      }
    }
    return rows;
  }

  /** W ∗ x by the direct sum, without pooling; of the last sample. */
  @Benchmark
  public Rows convolve() {
    ConvKernels operators = ConvKernelsSelector.of(kernels);
    for (int r = 0; r < BATCH; r++) {
      operators.convolve(plan, x.data(), x.index(r, 0), panels, map);
    }
    return map;
  }

  /** P(W ∗ x) with the positions of the winners, as training computes it. */
  @Benchmark
  public Rows bottomUp() {
    connection.bottomUp(kernels, x, noneAbove, up, memory, 0, BATCH);
    return up;
  }

  /** W̃ ∗ P⁻¹(h). */
  @Benchmark
  public Rows topDown() {
    connection.topDown(kernels, h, noneBelow, down, memory, 0, BATCH);
    return down;
  }

  /** P⁻¹(h) ⋆ x, summed over the batch. */
  @Benchmark
  public float[] weightGradient() {
    connection.bottomUpGradient(kernels, h, x, memory, BATCH, 0, connection.tiles(), Sink.STORE);
    return connection.parameters().get(0).gradient();
  }

  /** The packed weights after an update. */
  @Benchmark
  public ConvPool refresh() {
    connection.refresh(kernels, 0, connection.tiles());
    return connection;
  }

  /** The connection, to compare with. */
  ConvPool connection() {
    return connection;
  }

  /** The source's units, to compare with. */
  Rows source() {
    return x;
  }

  /** The target's units, to compare with. */
  Rows target() {
    return h;
  }
}
