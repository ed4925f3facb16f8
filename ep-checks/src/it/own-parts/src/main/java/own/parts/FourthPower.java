package own.parts;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Algebra;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Trainable;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;

/** ℓ = ¼ Σ_i (s_i − y_i)⁴, whose pull is (y − s)³. */
public final class FourthPower implements Cost {
  /** The name in files. */
  public static final String TYPE = "fourth-power";

  private final Layer output;

  /** The cost of an output layer. */
  public FourthPower(Layer output) {
    this.output = output;
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
  public int classes() {
    return output.size();
  }

  @Override
  public Trainable readOut() {
    return null;
  }

  @Override
  public <V> V value(Algebra<V> algebra, V s, V y, List<V> parameters) {
    V error = algebra.sub(s, y);
    V square = algebra.mul(error, error);
    return algebra.scale(0.25, algebra.sum(algebra.mul(square, square)));
  }

  @Override
  public Reading reading(int samples) {
    return new Plain();
  }

  private static final class Plain implements Reading {
    @Override
    public Rows scores(Kernels k, Rows s, int from, int to) {
      return s;
    }

    @Override
    public float loss(Rows scores, Rows y, int row) {
      float sum = 0f;
      for (int c = 0; c < scores.size(); c++) {
        float error = scores.get(row, c) - y.get(row, c);
        sum += error * error * error * error;
      }
      return 0.25f * sum;
    }

    @Override
    public void pull(
        Kernels k, float scale, Rows y, Rows s, Rows base, Rows out, int from, int to) {
      for (int r = from; r < to; r++) {
        for (int c = 0; c < s.size(); c++) {
          float error = y.get(r, c) - s.get(r, c);
          float before = base == null ? 0f : base.get(r, c);
          out.set(r, c, Math.fma(scale, error * error * error, before));
        }
      }
    }

    @Override
    public void keep(Kernels k, float scale, Rows y, Rows s, int from, int to) {}

    @Override
    public void gradient(Kernels k, int count, int firstTile, int endTile, Sink sink) {
      throw new IllegalStateException("This cost has no read-out.");
    }
  }

  /** Makes such costs. */
  public static final class Provider implements Cost.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Cost create(Layer output, Map<String, String> options) {
      return new FourthPower(output);
    }

    @Override
    public List<Cost> examples() {
      return IntStream.of(1, 10, 19)
          .mapToObj(n -> create(new Layer(0, "s0", Shape.of(n), Activation.TANH, false), Map.of()))
          .toList();
    }
  }
}
