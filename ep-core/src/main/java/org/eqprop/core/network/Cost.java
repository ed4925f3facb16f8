package org.eqprop.core.network;

import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * What learning makes small: ℓ(s⁰, y) of each sample, where s⁰ is the output layer and y the
 * target. The nudged phase adds β times its pull −∂ℓ/∂s⁰ to the output's step (Eq. 8).
 *
 * <p>A cost may have a read-out: parameters that turn s⁰ into scores outside the dynamics.
 */
public interface Cost {
  /** {@return the name in options and files, such as {@code squared-error}} */
  String type();

  /** {@return what besides the output layer determines it, for model files} */
  Map<String, String> options();

  /** {@return the number of scores and of values of a target} */
  int classes();

  /** {@return the parameters of the read-out, or null if the scores are the output's states} */
  @Nullable Trainable readOut();

  /**
   * Σ_samples ℓ: the one statement that everything else of a cost is checked against.
   *
   * @param <V> a value of the algebra
   * @param algebra what to state it over
   * @param s s⁰, one row a sample
   * @param y targets, one row a sample
   * @param parameters values for those of {@link #readOut()}, or none
   * @return 1 × 1
   */
  <V> V value(Algebra<V> algebra, V s, V y, List<V> parameters);

  /**
   * {@return buffers to evaluate the cost for {@code samples} samples}
   *
   * @param samples number of samples, at least 1
   */
  Reading reading(int samples);

  /**
   * Evaluates a cost. Row ranges {@code from} (inclusive) to {@code to} (exclusive) are samples;
   * disjoint ranges run on different threads. No method allocates.
   */
  interface Reading {
    /**
     * The scores in state s: larger means likelier.
     *
     * @param k the kernels to calculate with
     * @param s s⁰, one row a sample
     * @param from first row, inclusive
     * @param to last row, exclusive
     * @return one row a sample, of which those asked for are valid until the next call
     */
    Rows scores(Kernels k, Rows s, int from, int to);

    /**
     * {@return ℓ of one sample}
     *
     * @param scores as {@link #scores} gave them
     * @param y targets, one row a sample
     * @param row the sample
     */
    float loss(Rows scores, Rows y, int row);

    /**
     * out = base + scale · (−∂ℓ/∂s⁰).
     *
     * @param k the kernels to calculate with
     * @param scale a factor
     * @param y targets, one row a sample
     * @param s s⁰, one row a sample
     * @param base null for zero; may be {@code out}
     * @param out filled, one row a sample
     * @param from first row, inclusive
     * @param to last row, exclusive
     */
    void pull(
        Kernels k, float scale, Rows y, Rows s, @Nullable Rows base, Rows out, int from, int to);

    /**
     * Keeps what {@link #gradient} needs of these samples. Does nothing without a read-out.
     *
     * @param k the kernels to calculate with
     * @param scale 1/B for the mean over B samples
     * @param y targets, one row a sample
     * @param s the steady state s⁰*, not to be changed before {@link #gradient}
     * @param from first row, inclusive
     * @param to last row, exclusive
     */
    void keep(Kernels k, float scale, Rows y, Rows s, int from, int to);

    /**
     * Gives the read-out's gradient, Σ_samples scale · (−∂ℓ/∂θ) at the state that was kept, to a
     * sink. Without a read-out it must not be called.
     *
     * @param k the kernels to calculate with
     * @param count samples
     * @param firstTile first tile, inclusive
     * @param endTile last tile, exclusive
     * @param sink where the gradient goes
     */
    void gradient(Kernels k, int count, int firstTile, int endTile, Sink sink);
  }

  /** Makes costs of one type; registered with {@link java.util.ServiceLoader}. */
  interface Provider {
    /** {@return the name in options and files} */
    String type();

    /**
     * {@return a cost of an output layer, its parameters zero}
     *
     * @param output the output layer s⁰
     * @param options as {@link Cost#options()} gives them
     * @throws IllegalArgumentException in one sentence, if layer and options do not fit together
     */
    Cost create(Layer output, Map<String, String> options);

    /**
     * {@return small costs that between them exercise everything the type can do, parameters zero,
     * for the tests that every type must pass}
     */
    List<Cost> examples();
  }
}
