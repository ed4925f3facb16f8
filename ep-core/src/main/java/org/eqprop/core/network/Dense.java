package org.eqprop.core.network;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A full connection: bottom-up W·u_source + b, top-down Wᵀ·u_target (Eq. 13, 15).
 *
 * <p>The weight lives in the layout that the bottom-up product reads, panels over the target's
 * units with one row for each source unit; the top-down product reads a transposed copy, which
 * exists only if the source is not clamped. A tile is a panel. Where few units have long sums, as
 * ten classes have, the bottom-up product reads a copy with a row for each of them.
 */
public final class Dense implements Divisible, Replicable {
  /** The type's name in model files. */
  public static final String TYPE = "dense";

  private final String name;
  private final Layer target;
  private final Layer source;
  private final Panels weight;
  private final Panels weightGradient;
  private final @Nullable Panels transposed;
  private final @Nullable Rows byUnit;
  private final float[] bias;
  private final float[] biasGradient;
  private final List<Parameter> parameters;

  /**
   * A connection with zero weights between two layers.
   *
   * @param name ends the names of its tensors
   * @param target the layer nearer the output
   * @param source the layer nearer the input, or the input
   */
  public Dense(String name, Layer target, Layer source) {
    this(name, target, source, Panels.allocate(source.size(), target.size()));
  }

  private Dense(String name, Layer target, Layer source, Panels weightGradient) {
    this.name = name;
    this.target = target;
    this.source = source;
    this.weightGradient = weightGradient;
    int n = target.size();
    int k = source.size();
    weight = Panels.allocate(k, n);
    transposed = source.input() ? null : Panels.allocate(n, k);
    boolean few = transposed != null && n <= Rows.PAD && k >= Kernels.DOTS_MIN;
    byUnit = few ? Rows.allocate(n, k) : null;
    bias = new float[Rows.padded(n)];
    biasGradient = new float[Rows.padded(n)];
    int[] weightStarts = new int[weight.count() + 1];
    int[] biasStarts = new int[weight.count() + 1];
    for (int p = 0; p <= weight.count(); p++) {
      weightStarts[p] = weight.offset(0) + Math.min(p * Panels.NR, Rows.padded(n)) * k;
      biasStarts[p] = Math.min(p * Panels.NR, n);
    }
    parameters =
        List.of(
            new Parameter(
                Parameter.Role.WEIGHT,
                "weight." + name,
                Shape.of(n, k),
                weight.data(),
                weightGradient.data(),
                i -> weight.index(i % k, i / k),
                weightStarts),
            new Parameter(
                Parameter.Role.BIAS,
                "bias." + name,
                Shape.of(n),
                bias,
                biasGradient,
                i -> i,
                biasStarts));
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
    return Map.of();
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

  @Override
  public <V> V phi(Algebra<V> algebra, V target, V source, List<V> parameters) {
    V product = algebra.matmul(source, parameters.get(0), false, true);
    return algebra.sum(algebra.mul(target, algebra.addRow(product, parameters.get(1))));
  }

  @Override
  public int fanIn() {
    return source.size();
  }

  @Override
  public Memory newMemory(int samples) {
    return Memory.NONE;
  }

  @Override
  public void addBias(Rows drive, int from, int to) {
    float[] data = drive.data();
    for (int r = from; r < to; r++) {
      int row = drive.index(r, 0);
      for (int c = 0; c < drive.size(); c++) {
        data[row + c] += bias[c];
      }
    }
  }

  @Override
  public void bottomUp(
      Kernels k, Rows source, Rows base, Rows out, Memory memory, int from, int to) {
    if (byUnit != null) {
      k.dots(source, byUnit, base, out, from, to);
    } else if (this.source.input()) {
      k.multiplySparse(source, weight, base, out, from, to, 0, weight.count());
    } else {
      k.multiply(source, weight, base, out, from, to);
    }
  }

  @Override
  public void bottomUp(
      Kernels k, Rows source, Rows base, Rows out, int from, int to, int firstUnit, int endUnit) {
    if (byUnit != null) {
      k.dots(source, byUnit, base, out, from, firstUnit < endUnit ? to : from);
      return;
    }
    int first = firstUnit / Panels.NR;
    int end = (endUnit + Panels.NR - 1) / Panels.NR;
    if (this.source.input()) {
      k.multiplySparse(source, weight, base, out, from, to, first, end);
    } else {
      k.multiply(source, weight, base, out, from, to, first, end);
    }
  }

  @Override
  public void topDown(
      Kernels k, Rows target, Rows base, Rows out, Memory memory, int from, int to) {
    if (transposed == null) {
      throw new IllegalStateException("Connection " + name + " has nothing to say to the input.");
    }
    k.multiply(target, transposed, base, out, from, to);
  }

  @Override
  public int tiles() {
    return weight.count();
  }

  @Override
  public int tilesAtOnce() {
    return 1;
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
    k.outer(source, target, count, weightGradient, weight, firstTile, endTile, sink);
  }

  @Override
  public void biasGradient(
      Kernels k, Rows target, int count, int firstTile, int endTile, Sink sink) {
    Parameter parameter = parameters.get(1);
    int from = parameter.start(firstTile);
    int to = parameter.start(endTile);
    if (sink != Sink.ADD) {
      Arrays.fill(biasGradient, from, to, 0f);
    }
    k.addColumnSums(target, count, biasGradient, from, to);
    parameter.drain(k, from, to, sink);
  }

  @Override
  public void refresh(Kernels k, int firstTile, int endTile) {
    if (transposed != null) {
      k.transpose(weight, firstTile, endTile, transposed);
      copyRows(transposed, byUnit);
    }
  }

  @Override
  public Dense replica() {
    return new Dense(name, target, source, weightGradient);
  }

  @Override
  public void copyWeights(Replicable original) {
    if (!(original instanceof Dense other)
        || !other.target.equals(target)
        || !other.source.equals(source)) {
      throw new IllegalArgumentException(
          "Connection " + name + " is no replica of connection " + original.name() + ".");
    }
    copy(other.weight, weight);
    System.arraycopy(other.bias, 0, bias, 0, bias.length);
    if (transposed != null && other.transposed != null) {
      copy(other.transposed, transposed);
      copyRows(transposed, byUnit);
    }
  }

  private static void copy(Panels from, Panels to) {
    System.arraycopy(from.data(), 0, to.data(), 0, to.data().length);
  }

  private static void copyRows(Panels panels, @Nullable Rows rows) {
    for (int r = 0; rows != null && r < rows.count(); r++) {
      for (int p = 0; p < panels.count(); p++) {
        int column = p * Panels.NR;
        System.arraycopy(
            panels.data(),
            panels.index(r, column),
            rows.data(),
            rows.index(r, column),
            panels.width(p));
      }
    }
  }

  /** Makes dense connections; they have no options. */
  public static final class Provider implements Connection.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Connection create(String name, Layer target, Layer source, Map<String, String> options) {
      if (!options.isEmpty()) {
        throw new IllegalArgumentException(
            "A dense connection has no options, but " + name + " was given " + options + ".");
      }
      return new Dense(name, target, source);
    }

    @Override
    public List<Connection> examples() {
      return List.of(
          example(1, 1, false),
          example(10, 33, false),
          example(17, 5, true),
          example(48, 31, false),
          example(65, 16, false),
          example(10, 300, false),
          example(16, 256, false));
    }

    private static Connection example(int targetSize, int sourceSize, boolean input) {
      Layer target = new Layer(0, "s0", Shape.of(targetSize), Activation.TANH, false);
      String name = input ? "x" : "s1";
      return new Dense(
          "0", target, new Layer(1, name, Shape.of(sourceSize), Activation.TANH, input));
    }
  }
}
