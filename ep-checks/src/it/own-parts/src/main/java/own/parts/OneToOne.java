package own.parts;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Algebra;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;

/**
 * Each unit of the target sees the unit of the source that has its number: Φ = Σ_i w_i t_i s_i +
 * Σ_i b_i t_i.
 */
public final class OneToOne implements Connection {
  /** The name in files. */
  public static final String TYPE = "one-to-one";

  private final String name;
  private final Layer target;
  private final Layer source;
  private final float[] weight;
  private final float[] weightGradient;
  private final float[] bias;
  private final float[] biasGradient;
  private final List<Parameter> parameters;

  /** A connection between two layers of one size, its parameters zero. */
  public OneToOne(String name, Layer target, Layer source) {
    if (target.size() != source.size()) {
      throw new IllegalArgumentException(
          "Layer "
              + target.name()
              + " has "
              + target.size()
              + " units and layer "
              + source.name()
              + " has "
              + source.size()
              + "; one-to-one needs as many in both.");
    }
    this.name = name;
    this.target = target;
    this.source = source;
    int n = target.size();
    weight = new float[n];
    weightGradient = new float[n];
    bias = new float[n];
    biasGradient = new float[n];
    int[] starts = {0, n};
    Shape shape = Shape.of(n);
    parameters =
        List.of(
            new Parameter(
                Parameter.Role.WEIGHT,
                "weight." + name,
                shape,
                weight,
                weightGradient,
                i -> i,
                starts),
            new Parameter(
                Parameter.Role.BIAS, "bias." + name, shape, bias, biasGradient, i -> i, starts));
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
  public int fanIn() {
    return 1;
  }

  @Override
  public int tiles() {
    return 1;
  }

  @Override
  public <V> V phi(Algebra<V> algebra, V t, V s, List<V> values) {
    V products = algebra.mul(algebra.columnSum(algebra.mul(t, s)), values.get(0));
    V biases = algebra.mul(algebra.columnSum(t), values.get(1));
    return algebra.sum(algebra.add(products, biases));
  }

  @Override
  public Memory newMemory(int samples) {
    return Memory.NONE;
  }

  @Override
  public void addBias(Rows drive, int from, int to) {
    for (int r = from; r < to; r++) {
      for (int i = 0; i < bias.length; i++) {
        drive.set(r, i, drive.get(r, i) + bias[i]);
      }
    }
  }

  @Override
  public void bottomUp(Kernels k, Rows s, Rows base, Rows out, Memory memory, int from, int to) {
    weigh(s, base, out, from, to);
  }

  @Override
  public void topDown(Kernels k, Rows t, Rows base, Rows out, Memory memory, int from, int to) {
    weigh(t, base, out, from, to);
  }

  private void weigh(Rows in, Rows base, Rows out, int from, int to) {
    for (int r = from; r < to; r++) {
      for (int i = 0; i < weight.length; i++) {
        out.set(r, i, Math.fma(weight[i], in.get(r, i), base.get(r, i)));
      }
    }
  }

  @Override
  public void biasGradient(Kernels k, Rows t, int count, int firstTile, int endTile, Sink sink) {
    for (int i = 0; i < bias.length; i++) {
      float sum = sink == Sink.ADD ? biasGradient[i] : 0f;
      for (int r = 0; r < count; r++) {
        sum += t.get(r, i);
      }
      biasGradient[i] = sum;
    }
    parameters.get(1).drain(k, 0, bias.length, sink);
  }

  @Override
  public void bottomUpGradient(
      Kernels k, Rows t, Rows s, Memory memory, int count, int firstTile, int endTile, Sink sink) {
    for (int i = 0; i < weight.length; i++) {
      float sum = sink == Sink.ADD ? weightGradient[i] : 0f;
      for (int r = 0; r < count; r++) {
        sum = Math.fma(t.get(r, i), s.get(r, i), sum);
      }
      weightGradient[i] = sum;
    }
    parameters.get(0).drain(k, 0, weight.length, sink);
  }

  @Override
  public void refresh(Kernels k, int firstTile, int endTile) {}

  /** Makes such connections. */
  public static final class Provider implements Connection.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Connection create(String name, Layer target, Layer source, Map<String, String> options) {
      return new OneToOne(name, target, source);
    }

    @Override
    public List<Connection> examples() {
      return IntStream.of(1, 3, 17)
          .mapToObj(n -> create("0", layer(0, n, false), layer(1, n, n == 3), Map.of()))
          .toList();
    }

    private static Layer layer(int index, int size, boolean input) {
      return new Layer(index, input ? "x" : "s" + index, Shape.of(size), Activation.TANH, input);
    }
  }
}
