package org.eqprop.core.testing;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;

/**
 * The equations once more, in float64, one sample at a time, unit by unit: dense layers only. A
 * state is {@code s[layer][unit]}, the input being the last layer.
 */
public final class Oracle {
  private final Network network;
  private final double epsilon;

  /** Takes the weights from {@code network} whenever it needs them. */
  public Oracle(Network network) {
    this.network = network;
    this.epsilon = (float) network.dynamics().epsilon();
  }

  /** s = 0 with x clamped. */
  public double[][] start(double[] x) {
    double[][] s = new double[network.layers().size()][];
    for (Layer layer : network.layers()) {
      s[layer.index()] = layer.input() ? x.clone() : new double[layer.size()];
    }
    return s;
  }

  /** {@code steps} steps, all layers together, with nudge β towards y; β = 0 is the free phase. */
  public double[][] settle(double[][] start, int steps, double beta, double[] y) {
    double[][] s = start;
    for (int t = 0; t < steps; t++) {
      s = step(s, beta, y);
    }
    return s;
  }

  private double[][] step(double[][] s, double beta, double[] y) {
    double[][] a = input(fed(s));
    double[][] next = s.clone();
    for (int n = 0; n < network.depth(); n++) {
      next[n] = new double[s[n].length];
      for (int i = 0; i < s[n].length; i++) {
        double pull = n == 0 && beta != 0 ? beta * (y[i] - s[n][i]) : 0;
        next[n][i] = unit(network.layers().get(n), a[n][i], s[n][i], pull);
      }
    }
    return next;
  }

  private double unit(Layer layer, double a, double s, double pull) {
    Activation activation = layer.activation();
    DoubleUnaryOperator sigma = Sigma.of(activation);
    return switch (network.dynamics()) {
      case Prototypical(double ignored, Prototypical.Nudge nudge) ->
          nudge == Prototypical.Nudge.INSIDE
              ? (1 - epsilon) * s + epsilon * sigma.applyAsDouble(a + pull)
              : (1 - epsilon) * s + epsilon * sigma.applyAsDouble(a) + epsilon * pull;
      case EnergyBased(double ignored, boolean clamp, boolean linearOutput) -> {
        boolean linear = linearOutput && layer.index() == 0;
        double slope = linear ? 1 : Sigma.slopeOf(activation).applyAsDouble(s);
        double next = (1 - epsilon) * s + epsilon * slope * a + epsilon * pull;
        yield clamp ? Math.clamp(next, 0, 1) : next;
      }
    };
  }

  /** What the layers feed to their neighbours: s, or σ(s). */
  public double[][] fed(double[][] s) {
    if (network.dynamics() instanceof Prototypical) {
      return s;
    }
    double[][] u = new double[s.length][];
    for (Layer layer : network.layers()) {
      DoubleUnaryOperator sigma = Sigma.of(layer.activation());
      u[layer.index()] = new double[layer.size()];
      for (int i = 0; i < layer.size(); i++) {
        u[layer.index()][i] = sigma.applyAsDouble(s[layer.index()][i]);
      }
    }
    return u;
  }

  private double[][] input(double[][] u) {
    double[][] a = new double[u.length][];
    for (int n = 0; n < u.length; n++) {
      a[n] = new double[u[n].length];
    }
    for (Connection connection : network.connections()) {
      int t = connection.target().index();
      int s = connection.source().index();
      float[] weight = connection.parameters().get(0).write();
      float[] bias = connection.parameters().get(1).write();
      for (int i = 0; i < u[t].length; i++) {
        a[t][i] += bias[i];
        for (int j = 0; j < u[s].length; j++) {
          a[t][i] += weight[i * u[s].length + j] * u[s][j];
          a[s][j] += weight[i * u[s].length + j] * u[t][i];
        }
      }
    }
    return a;
  }

  /**
   * The EP estimate of one connection, (∂Φ/∂θ(plus) − ∂Φ/∂θ(minus)) / scale, averaged over the
   * samples: the weight row-major, then the bias.
   */
  public double[][] gradient(
      Connection connection, List<double[][]> plus, List<double[][]> minus, double scale) {
    int t = connection.target().index();
    int s = connection.source().index();
    int columns = connection.source().size();
    double[] weight = new double[connection.target().size() * columns];
    double[] bias = new double[connection.target().size()];
    double share = 1 / (scale * plus.size());
    for (int r = 0; r < plus.size(); r++) {
      double[][] up = fed(plus.get(r));
      double[][] um = fed(minus.get(r));
      for (int i = 0; i < bias.length; i++) {
        bias[i] += share * (up[t][i] - um[t][i]);
        for (int j = 0; j < columns; j++) {
          weight[i * columns + j] += share * (up[t][i] * up[s][j] - um[t][i] * um[s][j]);
        }
      }
    }
    return new double[][] {weight, bias};
  }

  /** Fails unless all values agree within {@code bound}. */
  public static void assertClose(String what, float[] actual, double[] expected, double bound) {
    if (actual.length != expected.length) {
      throw new AssertionError(what + ": " + actual.length + " values, not " + expected.length);
    }
    for (int i = 0; i < actual.length; i++) {
      Values.assertWithin(what + "[" + i + "]", actual[i], expected[i], bound);
    }
  }

  /** The largest difference of any two values. */
  public static double distance(float[] actual, double[] expected) {
    double largest = 0;
    for (int i = 0; i < actual.length; i++) {
      largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
    }
    return largest;
  }
}
