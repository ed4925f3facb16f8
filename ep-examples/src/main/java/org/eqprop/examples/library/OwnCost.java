package org.eqprop.examples.library;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.network.Algebra;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.SquaredError;
import org.eqprop.core.network.Trainable;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.eqprop.core.train.Training;
import org.jspecify.annotations.Nullable;

/**
 * A cost of one's own, for regression on targets of which some are far off: ℓ = Σ_i log cosh(c·(s_i
 * − y_i))/c². Near the target it is the squared error. Far from it, it grows like |s − y|/c only,
 * so that an outlier pulls no harder than 1/c.
 *
 * <p>The program learns a curve from targets of which one in six is wrong, once with the squared
 * error and once with this cost, and prints how far each is from the true curve.
 *
 * <pre>
 * java -p ep-examples/target/lib -m org.eqprop.examples/org.eqprop.examples.library.OwnCost
 * </pre>
 *
 * <p>The cost is given to the network directly. A model file with it can be read where its {@link
 * Provider} is registered with {@link java.util.ServiceLoader}: docs/own-parts.md tells how, and
 * how to check a cost with ep-checks.
 *
 * @param output the output layer s⁰
 * @param sharpness c, above 0: errors below about 1/c count as in the squared error
 */
public record OwnCost(Layer output, double sharpness) implements Cost {
  /** The name in files. */
  public static final String TYPE = "log-cosh";

  private static final String SHARPNESS = "sharpness";
  private static final int POINTS = 300;

  /**
   * A cost with a checked sharpness.
   *
   * @throws IllegalArgumentException if the sharpness is not above 0 and finite
   */
  public OwnCost {
    if (!(sharpness > 0 && sharpness < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The sharpness is " + sharpness + "; it must be above 0 and finite.");
    }
  }

  /**
   * Runs the example.
   *
   * @param args nothing
   */
  public static void main(String[] args) {
    Random random = new Random(1);
    float[][] inputs = new float[POINTS][1];
    float[][] targets = new float[POINTS][1];
    for (int i = 0; i < POINTS; i++) {
      inputs[i][0] = random.nextFloat();
      targets[i][0] = i % 6 == 0 ? 0.95f : curve(inputs[i][0]);
    }
    Samples samples = Samples.of(inputs, targets);
    System.out.printf(
        Locale.ROOT, "squared error: off by %.3f%n", distance(SquaredError::new, samples));
    System.out.printf(
        Locale.ROOT,
        "log cosh:      off by %.3f%n",
        distance(layer -> new OwnCost(layer, 20), samples));
  }

  /** From 0.1 to 0.5. */
  private static float curve(float x) {
    return 0.3f + 0.2f * (float) Math.sin(5 * x);
  }

  /** The mean distance from the curve after training. */
  private static double distance(Function<Layer, Cost> cost, Samples samples) {
    // inside σ a pull cannot drive the output out of its range
    var inside = new Prototypical(1, Prototypical.Nudge.INSIDE);
    Network network = Network.chain(inside, Activation.SIGMOID4, cost, 1, 32, 1);
    network.initialise(1);
    Predictor predictor =
        Training.of(PaperNet.P_1H)
            .network(network)
            .learningRates(0.1, 0.1)
            .epochs(200)
            .fit(samples)
            .predictor();
    int points = 100;
    double sum = 0;
    for (int i = 0; i < points; i++) {
      float x = (i + 0.5f) / points;
      predictor.predict(new float[] {x});
      sum += Math.abs(predictor.score(0) - curve(x));
    }
    return sum / points;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Map<String, String> options() {
    return Map.of(SHARPNESS, Double.toString(sharpness));
  }

  @Override
  public int classes() {
    return output.size();
  }

  @Override
  public @Nullable Trainable readOut() {
    return null; // the scores are the output's states
  }

  @Override
  public <V> V value(Algebra<V> algebra, V s, V y, List<V> parameters) {
    V x = algebra.scale(sharpness, algebra.sub(s, y));
    V cosh = algebra.scale(0.5, algebra.add(algebra.exp(x), algebra.exp(algebra.scale(-1, x))));
    return algebra.scale(1 / (sharpness * sharpness), algebra.sum(algebra.log(cosh)));
  }

  @Override
  public Reading reading(int samples) {
    return new Differences(sharpness);
  }

  /** Needs no buffers. */
  private record Differences(double c) implements Reading {
    @Override
    public Rows scores(Kernels k, Rows s, int from, int to) {
      return s;
    }

    @Override
    public float loss(Rows scores, Rows y, int row) {
      double sum = 0;
      for (int i = 0; i < scores.size(); i++) {
        double x = Math.abs(c * (scores.get(row, i) - (double) y.get(row, i)));
        // log cosh x without an overflow
        sum += x + StrictMath.log1p(StrictMath.exp(-2 * x)) - StrictMath.log(2);
      }
      return (float) (sum / (c * c));
    }

    /** −∂ℓ/∂s = tanh(c·(y − s))/c; StrictMath gives the same bits on every machine. */
    @Override
    public void pull(
        Kernels k, float scale, Rows y, Rows s, @Nullable Rows base, Rows out, int from, int to) {
      for (int r = from; r < to; r++) {
        for (int i = 0; i < s.size(); i++) {
          double pull = StrictMath.tanh(c * (y.get(r, i) - (double) s.get(r, i))) / c;
          float before = base == null ? 0f : base.get(r, i);
          out.set(r, i, (float) (before + scale * pull));
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
      return new OwnCost(output, Double.parseDouble(options.getOrDefault(SHARPNESS, "1")));
    }

    @Override
    public List<Cost> examples() {
      return List.of(example(1, 1), example(10, 3), example(19, 0.5));
    }

    private static Cost example(int size, double sharpness) {
      Layer layer = new Layer(0, "s0", Shape.of(size), Activation.TANH, false);
      return new OwnCost(layer, sharpness);
    }
  }
}
