package org.eqprop.core.network;

import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.tensor.Rows;

/**
 * What links two layers: W_{n,n+1}, which carries the upper layer (the source, nearer the input)
 * down to the lower one (the target, nearer the output) and, transposed, the target back up.
 *
 * <p>Its term of Φ is {@code u_target · W(u_source) + b · u_target} with a W that is linear in the
 * source (for pooling: given the positions that it remembers). The bottom-up input is that term's
 * derivative by u_target, the top-down input its derivative by u_source, and the weight gradient
 * its derivative by W.
 *
 * <p>Row ranges {@code from} (inclusive) to {@code to} (exclusive) are samples; disjoint ranges run
 * on different threads. Gradients and updates are divided into {@link #tiles()} instead: disjoint
 * tiles run on different threads, each over all samples in ascending order, so that results do not
 * depend on the number of threads. No method allocates after construction.
 */
public interface Connection extends Trainable {
  /** {@return the type that {@link Provider#type()} names, such as {@code dense}} */
  String type();

  /** {@return what besides the two layers determines it, for model files} */
  Map<String, String> options();

  /** {@return the layer nearer the output} */
  Layer target();

  /** {@return the layer nearer the input, or the input} */
  Layer source();

  /**
   * {@return this connection's term of Φ, a scalar, summed over the samples: the one statement that
   * {@link #bottomUp}, {@link #topDown} and the gradients are checked against}
   *
   * @param <V> a value of the algebra
   * @param algebra what to state it over
   * @param target u_target, one row a sample
   * @param source u_source, one row a sample
   * @param parameters values for {@link #parameters()}, in the same order and the paper's shapes
   */
  <V> V phi(Algebra<V> algebra, V target, V source, List<V> parameters);

  /**
   * {@return the same with the positions that a bottom-up pass from another state found: Φ as
   * {@link #topDown} and {@link #bottomUpGradient} see it when the state has gone on since then}
   *
   * @param <V> a value of the algebra
   * @param algebra what to state it over
   * @param target u of the target, one row a sample
   * @param source u of the source, one row a sample
   * @param before u_source of the state whose bottom-up pass filled the memory
   * @param parameters values for {@link #parameters()}, in the same order and the paper's shapes
   * @param found the parameters of that pass
   */
  default <V> V phi(
      Algebra<V> algebra, V target, V source, V before, List<V> parameters, List<V> found) {
    return phi(algebra, target, source, parameters);
  }

  /**
   * {@return the scalar that the force on the source derives from: its derivative by u_source is
   * the top-down input} It is Φ where there is one. A connection whose two directions have weights
   * of their own has no Φ: there {@link #phi} gives the force on the target, and this one that on
   * the source.
   *
   * @param <V> a value of the algebra
   * @param algebra what to state it over
   * @param target u of the target, one row a sample
   * @param source u of the source, one row a sample
   * @param before u_source of the state whose bottom-up pass filled the memory
   * @param parameters values for {@link #parameters()}, in the same order and the paper's shapes
   */
  default <V> V feedbackPhi(Algebra<V> algebra, V target, V source, V before, List<V> parameters) {
    return phi(algebra, target, source, before, parameters, parameters);
  }

  /**
   * {@return the scalar whose derivative by the parameters gives the update of equilibrium
   * propagation, as the difference between the nudged and the free phase, divided by β} It is Φ
   * where there is one (Eq. 9).
   *
   * @param <V> a value of the algebra
   * @param algebra what to state it over
   * @param target u of the target, one row a sample
   * @param source u of the source, one row a sample
   * @param freeTarget u_target in the steady state of the free phase
   * @param freeSource u_source in that state
   * @param before u_source of the state whose bottom-up pass filled the memory
   * @param parameters values for {@link #parameters()}, in the same order and the paper's shapes
   */
  default <V> V learnedPhi(
      Algebra<V> algebra,
      V target,
      V source,
      V freeTarget,
      V freeSource,
      V before,
      List<V> parameters) {
    return phi(algebra, target, source, before, parameters, parameters);
  }

  /** {@return whether both forces and the updates derive from one Φ} */
  default boolean hasPhi() {
    return true;
  }

  /**
   * {@return whether an update multiplies what the nudge changed with the free phase's steady state
   * of the other side, as the vector-field rule does, rather than taking the difference of
   * products}
   */
  default boolean learnsFromFreeState() {
    return false;
  }

  /**
   * {@return whether the memory takes part in {@link #bottomUpGradient}} Then the gradients of two
   * phases are each linear in their own way, and the difference of the two is taken as it is.
   */
  default boolean remembers() {
    return false;
  }

  /**
   * {@return a memory for {@code samples} samples, or {@link Memory#NONE}}
   *
   * @param samples number of samples, at least 1
   */
  Memory newMemory(int samples);

  /**
   * drive += b, the part of the target's input that never changes within a phase.
   *
   * @param drive one row a sample, as wide as the target
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  void addBias(Rows drive, int from, int to);

  /**
   * out = base + W(u_source).
   *
   * @param k the kernels to calculate with
   * @param source u of the source, one row a sample
   * @param base may be {@code out}
   * @param out filled, one row a sample
   * @param memory filled in
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  void bottomUp(Kernels k, Rows source, Rows base, Rows out, Memory memory, int from, int to);

  /**
   * out = base + W(u_source) with the positions that {@code memory} holds: linear in the source,
   * and so the adjoint of {@link #topDown}. For gradients through time.
   *
   * <p>Unless it {@link #remembers()}, that is {@link #bottomUp}, the default.
   *
   * @param k the kernels to calculate with
   * @param source u of the source, one row a sample
   * @param base may be {@code out}
   * @param out filled, one row a sample
   * @param memory not modified
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  default void bottomUpFrozen(
      Kernels k, Rows source, Rows base, Rows out, Memory memory, int from, int to) {
    if (remembers()) {
      throw new UnsupportedOperationException(
          "Connections of the type " + type() + " have no pass with frozen positions.");
    }
    bottomUp(k, source, base, out, memory, from, to);
  }

  /**
   * The adjoint of {@link #bottomUp} with the positions that {@code memory} holds, for gradients
   * through time: out = base + Wᵀ(u_target). The same as {@link #topDown} where there is a Φ.
   *
   * @param k the kernels to calculate with
   * @param target u of the target, one row a sample
   * @param base may be {@code out}
   * @param out filled, one row a sample
   * @param memory with the positions that a bottom-up pass found
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  default void bottomUpAdjoint(
      Kernels k, Rows target, Rows base, Rows out, Memory memory, int from, int to) {
    topDown(k, target, base, out, memory, from, to);
  }

  /**
   * The adjoint of {@link #topDown}, for gradients through time. The same as {@link
   * #bottomUpFrozen} where there is a Φ.
   *
   * @param k the kernels to calculate with
   * @param source u of the source, one row a sample
   * @param base may be {@code out}
   * @param out filled, one row a sample
   * @param memory with the positions that a bottom-up pass found
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  default void topDownAdjoint(
      Kernels k, Rows source, Rows base, Rows out, Memory memory, int from, int to) {
    bottomUpFrozen(k, source, base, out, memory, from, to);
  }

  /**
   * out = base + Wᵀ(u_target), with the positions that {@code memory} holds from the bottom-up pass
   * of the same step.
   *
   * @param k the kernels to calculate with
   * @param target u of the target, one row a sample
   * @param base may be {@code out}
   * @param out filled, one row a sample
   * @param memory with the positions that a bottom-up pass found
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  void topDown(Kernels k, Rows target, Rows base, Rows out, Memory memory, int from, int to);

  /**
   * The gradient of b: Σ_samples ∂(b · target)/∂b over the first {@code count} rows, for tiles
   * {@code firstTile} to {@code endTile} (exclusive).
   *
   * @param k the kernels to calculate with
   * @param target one row a sample
   * @param count rows that count, from the first on
   * @param firstTile first tile, inclusive
   * @param endTile last tile, exclusive
   * @param sink where the gradient goes
   */
  void biasGradient(Kernels k, Rows target, int count, int firstTile, int endTile, Sink sink);

  /**
   * The gradient of what {@link #bottomUp} reads: Σ_samples ∂(target · W(source))/∂W over the first
   * {@code count} rows, for tiles {@code firstTile} to {@code endTile} (exclusive).
   *
   * @param k the kernels to calculate with
   * @param target one row a sample
   * @param source one row a sample
   * @param memory with the positions that a bottom-up pass found
   * @param count rows that count, from the first on
   * @param firstTile first tile, inclusive
   * @param endTile last tile, exclusive
   * @param sink a {@link Sink.Axpy} only if the connection has a Φ and the source is the input
   */
  void bottomUpGradient(
      Kernels k,
      Rows target,
      Rows source,
      Memory memory,
      int count,
      int firstTile,
      int endTile,
      Sink sink);

  /**
   * The gradient of what {@link #topDown} reads: Σ_samples ∂(source · Wᵀ(target))/∂W. The two
   * directions of a weight share it, so here it is {@link #bottomUpGradient}, which has been called
   * for this batch before, and is added to that.
   *
   * @param k the kernels to calculate with
   * @param target one row a sample
   * @param source one row a sample
   * @param memory with the positions that a bottom-up pass found
   * @param count rows that count, from the first on
   * @param firstTile first tile, inclusive
   * @param endTile last tile, exclusive
   * @param sink {@link Sink#STORE} for the first call of a batch, {@link Sink#ADD} for further ones
   */
  default void topDownGradient(
      Kernels k,
      Rows target,
      Rows source,
      Memory memory,
      int count,
      int firstTile,
      int endTile,
      Sink sink) {
    bottomUpGradient(k, target, source, memory, count, firstTile, endTile, Sink.ADD);
  }

  /** Makes connections of one type; registered with {@link java.util.ServiceLoader}. */
  interface Provider {
    /** {@return the name in model files, such as {@code dense}} */
    String type();

    /**
     * {@return a connection between two layers, its parameters zero}
     *
     * @param name without spaces; ends the names of its tensors
     * @param target the layer nearer the output
     * @param source the layer nearer the input, or the input
     * @param options as {@link Connection#options()} gives them
     * @throws IllegalArgumentException in one sentence, if layers and options do not fit together
     */
    Connection create(String name, Layer target, Layer source, Map<String, String> options);

    /**
     * {@return small connections that between them exercise everything the type can do, parameters
     * zero, for the tests that every type must pass}
     */
    List<Connection> examples();
  }
}
