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
  /** The name in options and files, such as {@code squared-error}. */
  String type();

  /** What besides the output layer determines it, for model files. */
  Map<String, String> options();

  /** Number of scores and of values of a target. */
  int classes();

  /** The parameters of the read-out, or null if the scores are the output's states. */
  @Nullable Trainable readOut();

  /**
   * Σ_samples ℓ: the one statement that everything else of a cost is checked against.
   *
   * @param s s⁰, one row a sample
   * @param y targets, one row a sample
   * @param parameters values for those of {@link #readOut()}, or none
   */
  <V> V value(Algebra<V> algebra, V s, V y, List<V> parameters);

  /** Buffers to evaluate the cost for {@code samples} samples. */
  Reading reading(int samples);

  /**
   * Evaluates a cost. Row ranges {@code from} (inclusive) to {@code to} (exclusive) are samples;
   * disjoint ranges run on different threads. No method allocates.
   */
  interface Reading {
    /**
     * The scores in state s: larger means likelier.
     *
     * @return one row a sample, of which those asked for are valid until the next call
     */
    Rows scores(Kernels k, Rows s, int from, int to);

    /**
     * ℓ of one sample.
     *
     * @param scores as {@link #scores} gave them
     */
    float loss(Rows scores, Rows y, int row);

    /**
     * out = base + scale · (−∂ℓ/∂s⁰).
     *
     * @param base null for zero; may be {@code out}
     */
    void pull(
        Kernels k, float scale, Rows y, Rows s, @Nullable Rows base, Rows out, int from, int to);

    /**
     * Keeps what {@link #gradient} needs of these samples. Does nothing without a read-out.
     *
     * @param scale 1/B for the mean over B samples
     * @param s the steady state s⁰*, not to be changed before {@link #gradient}
     */
    void keep(Kernels k, float scale, Rows y, Rows s, int from, int to);

    /**
     * Gives the read-out's gradient, Σ_samples scale · (−∂ℓ/∂θ) at the state that was kept, to a
     * sink. Without a read-out it must not be called.
     *
     * @param count samples
     */
    void gradient(Kernels k, int count, int firstTile, int endTile, Sink sink);
  }

  /** Makes costs of one type; registered with {@link java.util.ServiceLoader}. */
  interface Provider {
    /** The name in options and files. */
    String type();

    /**
     * A cost of an output layer, its parameters zero.
     *
     * @throws IllegalArgumentException in one sentence, if layer and options do not fit together
     */
    Cost create(Layer output, Map<String, String> options);

    /**
     * Small costs that between them exercise everything the type can do, parameters zero, for the
     * tests that every type must pass.
     */
    List<Cost> examples();
  }
}
