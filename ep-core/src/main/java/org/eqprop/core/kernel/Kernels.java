package org.eqprop.core.kernel;

import java.util.Optional;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * How arithmetic is done: whole operators, never elements.
 *
 * <p>Contract of every implementation, checked by one test suite over all of them:
 *
 * <ul>
 *   <li><b>Same bits.</b> Each output element is the same sequence of IEEE-754 float operations in
 *       every implementation (stated at each operator), so results do not depend on the provider,
 *       the vector width, the number of threads or the compiler's state.
 *   <li><b>Padding.</b> Columns of {@link Rows} and {@link Panels} beyond their size are zero on
 *       entry and zero on return.
 *   <li><b>Row ranges.</b> {@code from} (inclusive) and {@code to} (exclusive) select samples;
 *       other rows are neither read nor written, so disjoint ranges may run at the same time.
 *   <li><b>No allocation, no state.</b> Arguments do not alias unless the operator says so.
 *   <li>Sizes are checked where it is free; callers are the network and relaxation classes.
 * </ul>
 */
public interface Kernels {

  /** {@return the name under which {@link KernelsSelector} finds this, such as {@code simd-512}} */
  String name();

  /**
   * C = base + A·B for rows {@code from} to {@code to}.
   *
   * <p>Each element starts from {@code base} (or +0) and adds the products by fused multiply-add in
   * ascending order of k. The rounding error is at most k·ε/2·(|base| + Σ|a·b|).
   *
   * @param a rows of at least {@code b.rows()} columns; not modified
   * @param b {@code k × n}; not modified
   * @param base rows of n columns, or null for zero; may be {@code c}; not modified otherwise
   * @param c rows of n columns; modified, and read only if it is {@code base}
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  default void multiply(Rows a, Panels b, @Nullable Rows base, Rows c, int from, int to) {
    multiply(a, b, base, c, from, to, 0, b.count());
  }

  /**
   * The same for panels {@code firstPanel} to {@code endPanel} (exclusive) of B and those columns
   * of C only; other columns are neither read nor written. Calls for the same rows of A at the same
   * time each need an {@link Rows#alias()} of it.
   *
   * @param a rows of at least {@code b.rows()} columns; not modified
   * @param b {@code k × n}; not modified
   * @param base rows of n columns, or null for zero; may be {@code c}
   * @param c rows of n columns; those of the panels are modified
   * @param from first row, inclusive
   * @param to last row, exclusive
   * @param firstPanel first panel, inclusive
   * @param endPanel last panel, exclusive
   */
  void multiply(
      Rows a,
      Panels b,
      @Nullable Rows base,
      Rows c,
      int from,
      int to,
      int firstPanel,
      int endPanel);

  /**
   * {@link #multiply} where most of A is expected to be zero, as pixels are: products with a zero
   * of A may be left out. B is finite. A zero in the result is +0, which makes the bits the same.
   *
   * @param a rows of at least {@code b.rows()} columns; not modified but for {@link Rows#packed}
   * @param b {@code k × n}, finite; not modified
   * @param base rows of n columns, or null for zero; may be {@code c}
   * @param c rows of n columns; those of the panels are modified
   * @param from first row, inclusive
   * @param to last row, exclusive
   * @param firstPanel first panel, inclusive
   * @param endPanel last panel, exclusive
   */
  default void multiplySparse(
      Rows a,
      Panels b,
      @Nullable Rows base,
      Rows c,
      int from,
      int to,
      int firstPanel,
      int endPanel) {
    multiply(a, b, base, c, from, to, firstPanel, endPanel);
    int end = Math.min(endPanel * Panels.NR, c.padded());
    for (int r = from; r < to; r++) {
      for (int i = c.index(r, firstPanel * Panels.NR); i < c.index(r, end); i++) {
        c.data()[i] += 0f;
      }
    }
  }

  /**
   * {@return the same operators with the same bits, which may go through what they read from its
   * end to its beginning} A loop over more than a cache holds finds nothing of it there if it
   * always begins anew; forth and back it finds what it read last.
   */
  default Kernels backward() {
    return this;
  }

  /**
   * {@return the same operators with the same bits, for a caller whose weights no other thread
   * reads at the same time: what comes next of the B of {@link #multiply} may be fetched for this
   * core alone} Where others read it, every core would take it from the others again.
   */
  default Kernels exclusive() {
    return this;
  }

  /** Columns that {@link #dots} needs at least. */
  int DOTS_MIN = Rows.PAD * Rows.PAD;

  /**
   * C = base + A·Bᵀ for rows {@code from} to {@code to}, each element a long sum: few columns.
   *
   * <p>Each element is a sum of 16 partial sums, added to {@code base} (or +0) last. Partial sum l
   * adds the products at k ≡ l (mod 16) by fused multiply-add in ascending order of k, from +0;
   * then of the remaining 2h partial sums those h apart are added, until one is left. The rounding
   * error is at most (k/16 + 6)·ε/2·(|base| + Σ|a·b|).
   *
   * @param a rows of at least {@value #DOTS_MIN} columns; not modified but for {@link Rows#packed}
   * @param b a row for each column of C, at most 16, each as long as those of A; not modified
   * @param base rows of as many columns as C, or null for zero; may be {@code c}
   * @param c modified, and read only if it is {@code base}
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  void dots(Rows a, Rows b, @Nullable Rows base, Rows c, int from, int to);

  /**
   * G = Aᵀ·B, G += Aᵀ·B or W += rate·(Aᵀ·B), as the sink says, for panels {@code firstPanel} to
   * {@code endPanel} (exclusive): the gradient of a weight.
   *
   * <p>Each element is the sum over the first {@code count} rows in ascending order, by fused
   * multiply-add, from +0 or from what G holds.
   *
   * @param a rows of {@code g.rows()} columns; not modified
   * @param b rows of {@code g.columns()} columns; not modified
   * @param count rows that count, from the first on
   * @param g modified; read only by {@link Sink#ADD}; scratch of {@link Sink.Axpy}
   * @param w of the same size as G; read and modified by {@link Sink.Axpy} only
   * @param firstPanel first panel, inclusive
   * @param endPanel last panel, exclusive
   * @param sink where the gradient goes
   */
  void outer(
      Rows a, Rows b, int count, Panels g, Panels w, int firstPanel, int endPanel, Sink sink);

  /**
   * Writes panels {@code firstPanel} to {@code endPanel} (exclusive) of {@code source} into the
   * matching rows of {@code transposed}: {@code transposed(c, r) = source(r, c)}.
   *
   * @param source the packed matrix
   * @param firstPanel first panel, inclusive
   * @param endPanel last panel, exclusive
   * @param transposed filled with the transposed one
   */
  void transpose(Panels source, int firstPanel, int endPanel, Panels transposed);

  /**
   * out[c] += Σ_r a(r, c) over the first {@code count} rows, ascending, for c in [from, to).
   *
   * @param a one row a sample
   * @param count rows that count, from the first on
   * @param out added to, one number a column
   * @param from first column, inclusive
   * @param to last column, exclusive
   */
  void addColumnSums(Rows a, int count, float[] out, int from, int to);

  /**
   * One step of the prototypical dynamics (Eq. 15): s ← (1−ε)·s + ε·σ(a) [+ drift], as fma(ε, σ(a)
   * − s, s), which near a steady state adds a small number exactly; for ε = 1 it is σ(a).
   *
   * @param activation σ
   * @param epsilon in (0, 2)
   * @param a the layer's input; may be overwritten
   * @param drift what the nudge adds outside σ, or null
   * @param s modified
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  void prototypicalStep(
      Activation activation, float epsilon, Rows a, @Nullable Rows drift, Rows s, int from, int to);

  /**
   * One step of the energy-based dynamics (Eq. 13): s ← (1−ε)·s + ε·σ′(s)·a [+ drift], then clipped
   * to [0, 1] if {@code clamp}; u ← σ(s). As fma(ε, fma(a, σ′, −s), s), σ′ taken from u where it is
   * a function of u.
   *
   * @param activation σ
   * @param slope false leaves σ′ out (the program's linear output)
   * @param epsilon ε
   * @param clamp whether states are clipped to [0, 1]
   * @param a the input of the layer, one row a sample
   * @param drift added to the step, or null
   * @param s modified
   * @param u σ(s) on entry and on return
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  void energyStep(
      Activation activation,
      boolean slope,
      float epsilon,
      boolean clamp,
      Rows a,
      @Nullable Rows drift,
      Rows s,
      Rows u,
      int from,
      int to);

  /**
   * {@link #energyStep} backward, without drift: from the gradient by the next state to those by
   * the input a and, as far as it does not pass through the connections, by the state s.
   *
   * <p>With d = σ′(s) (1 without {@code slope}), e = σ″(s) (0 without {@code slope}) and h =
   * gradient · [the step was not clipped; 1 on the closed interval [0, 1]]: delta ← (ε·d)·h and
   * gradient ← fma(ε·a, e, 1−ε)·h.
   *
   * @param activation σ
   * @param slope whether σ′ is part of the step
   * @param epsilon ε
   * @param clamp whether states are clipped to [0, 1]
   * @param a the step's input; not modified
   * @param s the state before the step; not modified
   * @param u σ(s); not modified
   * @param gradient by the state after the step on entry, by the one before on return
   * @param delta modified; not read
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  void energyStepBack(
      Activation activation,
      boolean slope,
      float epsilon,
      boolean clamp,
      Rows a,
      Rows s,
      Rows u,
      Rows gradient,
      Rows delta,
      int from,
      int to);

  /**
   * u = σ(x); {@code u} may be {@code x}.
   *
   * @param activation σ
   * @param x one row a sample
   * @param u filled with σ(x)
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  void activate(Activation activation, Rows x, Rows u, int from, int to);

  /**
   * {@link #activate} backward: out = base + scale·σ′(x)·gradient, as fma(scale·σ′, gradient,
   * base); σ′ is taken from u where it is a function of u. {@code out} may be any of the others.
   *
   * @param activation σ
   * @param scale at least 0
   * @param x one row a sample
   * @param u σ(x)
   * @param gradient one row a sample
   * @param base one row a sample
   * @param out filled, one row a sample
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  void activateBack(
      Activation activation,
      float scale,
      Rows x,
      Rows u,
      Rows gradient,
      Rows base,
      Rows out,
      int from,
      int to);

  /**
   * out = base + scale·(y − s), by fused multiply-add; base null for zero, may be {@code out}.
   *
   * @param scale a factor
   * @param y targets, one row a sample
   * @param s states, one row a sample
   * @param base one row a sample, or null for zero
   * @param out filled, one row a sample
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  void nudge(float scale, Rows y, Rows s, @Nullable Rows base, Rows out, int from, int to);

  /**
   * out = scale·(plus − minus); {@code out} may be either.
   *
   * @param scale a factor
   * @param plus one row a sample
   * @param minus one row a sample
   * @param out filled, one row a sample
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  void difference(float scale, Rows plus, Rows minus, Rows out, int from, int to);

  /**
   * out[r] = max(out[r], max_c |after − before|) for each row; NaN where any of it is NaN.
   *
   * @param before one row a sample
   * @param after one row a sample
   * @param out raised to the largest change of each row
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  void largestChange(Rows before, Rows after, float[] out, int from, int to);

  /**
   * y[i] += alpha·x[i] by fused multiply-add for i in [from, to).
   *
   * @param alpha the factor
   * @param x what is added, times alpha
   * @param y added to
   * @param from first position, inclusive
   * @param to last position, exclusive
   */
  void axpy(float alpha, float[] x, float[] y, int from, int to);

  /**
   * Runs {@code rounds} rounds of {@link #chains()} independent chains of fused multiply-adds on
   * vectors of this implementation's width, for measuring the machine's peak: each lane of each
   * chain grows by 2⁻¹⁰ a round.
   *
   * @param rounds how often, at least 1
   * @return a value that depends on all of them, so that none can be left out
   */
  float fmaChains(long rounds);

  /**
   * {@return independent chains of {@link #fmaChains}: enough to hide the latency of the unit, and
   * no more than the registers hold}
   */
  int chains();

  /** {@return floats a vector; 1 where there are none} */
  int width();

  /** Finds an implementation; registered with {@link java.util.ServiceLoader}. */
  interface Provider {
    /**
     * {@return the name accepted by {@link KernelsSelector}; {@code simd} also stands for its
     * widths}
     */
    String name();

    /**
     * The provider with the highest priority that is available is the default.
     *
     * @return a number
     */
    int priority();

    /** {@return why this provider cannot run here, or empty if it can} One sentence. */
    Optional<String> refusal();

    /**
     * {@return why this provider, though it can run here, is slower than those after it, or empty}
     * It is then only chosen by its name. One sentence without a full stop.
     */
    default Optional<String> drawback() {
      return Optional.empty();
    }

    /**
     * Called only if there is no {@link #refusal()}.
     *
     * @return the kernels
     */
    Kernels create();
  }
}
