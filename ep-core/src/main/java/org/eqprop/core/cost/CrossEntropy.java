package org.eqprop.core.cost;

import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.Algebra;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Trainable;
import org.eqprop.core.tensor.Shape;

/**
 * Cross-entropy on a softmax read-out (Laborieux et al. 2021): z = W·s⁰ + b, p = softmax(z), ℓ =
 * −Σ_c y_c·log p_c. The read-out takes no part in the dynamics: it reads the output layer s⁰, which
 * is then a layer like any other, and pulls it by −∂ℓ/∂s⁰ = Wᵀ·(y − p). Its own gradient −∂ℓ/∂W =
 * (y − p)·s⁰ᵀ is taken in the steady state of the free phase.
 *
 * <p>Scores are p. Targets are probabilities: each row of y has the sum 1.
 */
public final class CrossEntropy implements Cost {
  /** The name in options and files. */
  public static final String TYPE = "cross-entropy";

  /** The option with the number of classes. */
  public static final String CLASSES = "classes";

  private final Layer output;
  private final Dense readOut;

  /**
   * A cost with a read-out of zero weights.
   *
   * @param output the layer that is read
   * @param classes number of classes, at least 2
   * @throws IllegalArgumentException if there are fewer classes
   */
  public CrossEntropy(Layer output, int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException(
          "Cross-entropy needs at least 2 classes, but there are " + classes + ".");
    }
    this.output = output;
    Layer scores = new Layer(0, "scores", Shape.of(classes), Activation.IDENTITY, false);
    readOut = new Dense("readout", scores, output);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Map<String, String> options() {
    return Map.of(CLASSES, Integer.toString(classes()));
  }

  @Override
  public int classes() {
    return readOut.target().size();
  }

  @Override
  public Trainable readOut() {
    return readOut;
  }

  @Override
  public <V> V value(Algebra<V> algebra, V s, V y, List<V> parameters) {
    V z = algebra.addRow(algebra.matmul(s, parameters.get(0), false, true), parameters.get(1));
    V normaliser = algebra.log(algebra.sumEach(algebra.exp(z), classes()));
    V logs = algebra.sub(z, algebra.repeatEach(normaliser, classes()));
    return algebra.scale(-1, algebra.sum(algebra.mul(y, logs)));
  }

  @Override
  public Reading reading(int samples) {
    return new SoftmaxReading(readOut, output.size(), samples);
  }

  /** Makes cross-entropies; the option {@value #CLASSES} has the number of classes. */
  public static final class Provider implements Cost.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Cost create(Layer output, Map<String, String> options) {
      String classes = options.get(CLASSES);
      if (options.size() != 1 || classes == null || !classes.matches("[0-9]{1,9}")) {
        throw new IllegalArgumentException(
            "Cross-entropy has one option, the number of classes, but it was given "
                + options
                + ".");
      }
      return new CrossEntropy(output, Integer.parseInt(classes));
    }

    @Override
    public List<Cost> examples() {
      return List.of(example(1, 2), example(33, 10), example(300, 10), example(5, 37));
    }

    private static Cost example(int size, int classes) {
      Layer output = new Layer(0, "s0", Shape.of(size), Activation.TANH, false);
      return new CrossEntropy(output, classes);
    }
  }
}
