package org.eqprop.conv;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eqprop.conv.internal.kernel.Plan;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Algebra;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.PoolingShape;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;

/**
 * A convolution and a pooling: bottom-up P(W ∗ u_source) + b, top-down W̃ ∗ P⁻¹(u_target), where
 * P⁻¹ puts each value where the bottom-up pass of the same step found the largest element of its
 * window (Eq. 17, 18). Adding the bias after the maximum is the same as before it.
 *
 * <p>Weights live in the layout that the top-down pass and the gradient read; the convolution reads
 * a packed copy. A tile is {@value FilterBank#TILE} filters.
 */
public final class ConvPool implements Connection {
  /** The type's name in model files. */
  public static final String TYPE = "conv-pool";

  private final String name;
  private final Layer target;
  private final Layer source;
  private final Plan plan;
  private final boolean average;
  private final FilterBank bank;
  private final List<Parameter> parameters;
  private final ConvPasses passes;

  /**
   * A connection with zero weights between two maps.
   *
   * @param average whether the mean of each window is taken instead of its largest element
   * @throws IllegalArgumentException in one sentence, if the target is not what the pooling gives
   */
  ConvPool(String name, Layer target, Layer source, Plan plan, boolean average) {
    this.name = name;
    this.target = target;
    this.source = source;
    this.plan = plan;
    this.average = average;
    checkTarget(name, target, plan.pooling());
    bank = new FilterBank(plan);
    parameters = bank.parameters(name);
    passes = new ConvPasses(plan, average, bank);
  }

  /** Checks that the target has the shape that the pooling gives. */
  static void checkTarget(String name, Layer target, PoolingShape pooling) {
    Shape result = Shape.of(pooling.channels(), pooling.outputHeight(), pooling.outputWidth());
    if (!result.equals(target.shape())) {
      throw new IllegalArgumentException(
          "Connection "
              + name
              + " gives maps of "
              + result
              + ", but its target is "
              + target
              + ".");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Map<String, String> options() {
    Map<String, String> options = new TreeMap<>();
    options.put(ConvPoolOptions.KERNEL, Integer.toString(plan.convolution().kernel()));
    options.put(ConvPoolOptions.PADDING, Integer.toString(plan.convolution().padding()));
    options.put(ConvPoolOptions.STRIDE, Integer.toString(plan.convolution().stride()));
    options.put(ConvPoolOptions.POOL, Integer.toString(plan.pooling().window()));
    options.put(ConvPoolOptions.POOL_STRIDE, Integer.toString(plan.pooling().stride()));
    options.put(ConvPoolOptions.POOLING, average ? ConvPoolOptions.AVERAGE : ConvPoolOptions.MAX);
    options.put(
        ConvPoolOptions.ALGORITHM,
        plan.winograd() ? ConvPoolOptions.WINOGRAD : ConvPoolOptions.DIRECT);
    return options;
  }

  @Override
  public Layer target() {
    return target;
  }

  @Override
  public Layer source() {
    return source;
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  /** {@return the shape of the convolution} */
  public ConvolutionShape convolution() {
    return plan.convolution();
  }

  /** {@return the shape of the pooling} */
  public PoolingShape pooling() {
    return plan.pooling();
  }

  @Override
  public <V> V phi(Algebra<V> algebra, V target, V source, List<V> parameters) {
    V map = algebra.convolve(plan.convolution(), source, parameters.get(0));
    return phi(algebra, target, map, map, parameters.get(1));
  }

  @Override
  public <V> V phi(
      Algebra<V> algebra, V target, V source, V before, List<V> parameters, List<V> found) {
    V map = algebra.convolve(plan.convolution(), source, parameters.get(0));
    V by = algebra.convolve(plan.convolution(), before, found.get(0));
    return phi(algebra, target, map, by, parameters.get(1));
  }

  private <V> V phi(Algebra<V> algebra, V target, V map, V by, V bias) {
    V pooled =
        average
            ? algebra.averagePool(plan.pooling(), map)
            : algebra.maxPool(plan.pooling(), map, by);
    V units = algebra.repeatEach(bias, plan.pooling().cells());
    return algebra.sum(algebra.mul(target, algebra.addRow(pooled, units)));
  }

  @Override
  public boolean remembers() {
    return !average;
  }

  @Override
  public int fanIn() {
    return plan.convolution().filterSize();
  }

  @Override
  public Memory newMemory(int samples) {
    return new ConvMemory(plan, samples);
  }

  @Override
  public void addBias(Rows drive, int from, int to) {
    int cells = plan.pooling().cells();
    float[] data = drive.data();
    for (int r = from; r < to; r++) {
      int row = drive.index(r, 0);
      for (int i = 0; i < drive.size(); i++) {
        data[row + i] += bank.bias[i / cells];
      }
    }
  }

  @Override
  public void bottomUp(
      Kernels k, Rows source, Rows base, Rows out, Memory memory, int from, int to) {
    passes.bottomUp(k, source, base, out, memory, from, to);
  }

  @Override
  public void bottomUpFrozen(
      Kernels k, Rows source, Rows base, Rows out, Memory memory, int from, int to) {
    passes.bottomUpFrozen(k, source, base, out, memory, from, to);
  }

  @Override
  public void topDown(
      Kernels k, Rows target, Rows base, Rows out, Memory memory, int from, int to) {
    passes.topDown(k, target, base, out, memory, from, to);
  }

  @Override
  public int tiles() {
    return bank.tiles();
  }

  @Override
  public void bottomUpGradient(
      Kernels k,
      Rows target,
      Rows source,
      Memory memory,
      int count,
      int firstTile,
      int endTile,
      Sink sink) {
    boolean add = sink == Sink.ADD;
    passes.weightGradient(k, target, source, memory, count, firstTile, endTile, add);
    drain(k, parameters.get(0), firstTile, endTile, sink);
  }

  @Override
  public void biasGradient(
      Kernels k, Rows target, int count, int firstTile, int endTile, Sink sink) {
    int cells = plan.pooling().cells();
    float[] data = target.data();
    for (int o = bank.first(firstTile); o < bank.first(endTile); o++) {
      float sum = sink == Sink.ADD ? bank.biasGradient[o] : 0f;
      for (int r = 0; r < count; r++) {
        int start = target.index(r, o * cells);
        for (int cell = 0; cell < cells; cell++) {
          sum += data[start + cell];
        }
      }
      bank.biasGradient[o] = sum;
    }
    drain(k, parameters.get(1), firstTile, endTile, sink);
  }

  private static void drain(Kernels k, Parameter parameter, int firstTile, int endTile, Sink sink) {
    parameter.drain(k, parameter.start(firstTile), parameter.start(endTile), sink);
  }

  @Override
  public void refresh(Kernels k, int firstTile, int endTile) {
    bank.pack(bank.first(firstTile), bank.first(endTile));
  }

  /** Makes convolutions with pooling; the options are those of {@link ConvPoolOptions}. */
  public static final class Provider implements Connection.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Connection create(String name, Layer target, Layer source, Map<String, String> options) {
      return ConvPoolOptions.parse(name, options).connect(name, target, source);
    }

    @Override
    public List<Connection> examples() {
      return ConvPoolOptions.examples();
    }
  }
}
