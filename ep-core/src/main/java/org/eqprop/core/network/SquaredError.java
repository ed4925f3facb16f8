package org.eqprop.core.network;

import java.util.List;
import java.util.Map;
import org.eqprop.core.internal.machine.Fma;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * ℓ = ½‖s⁰ − y‖² (Eq. 2), the paper's cost. Scores are the output's states.
 *
 * @param output the output layer s⁰
 */
public record SquaredError(Layer output) implements Cost {
  /** The name in options and files. */
  public static final String TYPE = "squared-error";

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
  public @Nullable Trainable readOut() {
    return null;
  }

  @Override
  public <V> V value(Algebra<V> algebra, V s, V y, List<V> parameters) {
    V error = algebra.sub(s, y);
    return algebra.scale(0.5, algebra.sum(algebra.mul(error, error)));
  }

  @Override
  public Reading reading(int samples) {
    return Difference.DIFFERENCE;
  }

  /** Needs no buffers. */
  private enum Difference implements Reading {
    DIFFERENCE;

    @Override
    public Rows scores(Kernels k, Rows s, int from, int to) {
      return s;
    }

    @Override
    public float loss(Rows scores, Rows y, int row) {
      float sum = 0f;
      for (int c = 0; c < scores.size(); c++) {
        float error = scores.get(row, c) - y.get(row, c);
        sum = Fma.fma(error, error, sum);
      }
      return 0.5f * sum;
    }

    @Override
    public void pull(
        Kernels k, float scale, Rows y, Rows s, @Nullable Rows base, Rows out, int from, int to) {
      k.nudge(scale, y, s, base, out, from, to);
    }

    @Override
    public void keep(Kernels k, float scale, Rows y, Rows s, int from, int to) {}

    @Override
    public void gradient(Kernels k, int count, int firstTile, int endTile, Sink sink) {
      throw new IllegalStateException("The squared error has no read-out.");
    }
  }

  /** Makes squared errors; they have no options. */
  public static final class Provider implements Cost.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Cost create(Layer output, Map<String, String> options) {
      if (!options.isEmpty()) {
        throw new IllegalArgumentException(
            "The squared error has no options, but it was given " + options + ".");
      }
      return new SquaredError(output);
    }

    @Override
    public List<Cost> examples() {
      return List.of(example(1), example(10), example(33));
    }

    private static Cost example(int size) {
      return new SquaredError(new Layer(0, "s0", Shape.of(size), Activation.TANH, false));
    }
  }
}
