package org.eqprop.core.network;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/**
 * A connection that remembers nothing and can compute the input of some units of its target only,
 * so that threads can divide units among them instead of samples. Results do not depend on it.
 */
public interface Divisible extends Connection {
  /** Ranges of units begin at a multiple of this. */
  int GRANULE = Panels.NR;

  /**
   * {@link Connection#bottomUp} for units {@code firstUnit} to {@code endUnit} (exclusive) of the
   * target. Disjoint ranges run at the same time if each has an {@link Rows#alias()} of the source.
   *
   * @param k the kernels to calculate with
   * @param source u of the source, one row a sample
   * @param base what is added to
   * @param out filled, one row a sample
   * @param from first row, inclusive
   * @param to last row, exclusive
   * @param firstUnit a multiple of {@link #GRANULE}
   * @param endUnit a multiple of it or the number of units
   */
  void bottomUp(
      Kernels k, Rows source, Rows base, Rows out, int from, int to, int firstUnit, int endUnit);
}
