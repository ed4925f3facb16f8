package org.eqprop.core.network;

import org.eqprop.core.kernel.Activation;

/**
 * The operators in which a connection states its term of Φ, over values that are matrices: one row
 * a sample, or a parameter with its first dimension as rows (a bias is one row).
 *
 * <p>The set is closed under differentiation: the derivative of each operator is made of operators
 * of the set. So ∂Φ/∂s can itself be differentiated, and everything that the fast float32 code does
 * by hand can be derived from Φ and compared.
 *
 * <p>Values that do not fit together are refused with an {@link IllegalArgumentException}.
 *
 * @param <V> a value, with its number of rows and columns
 */
public interface Algebra<V> {
  /** op(a)·op(b), where op transposes the operand whose flag is set. */
  V matmul(V a, V b, boolean transposeA, boolean transposeB);

  /** a·b. */
  default V matmul(V a, V b) {
    return matmul(a, b, false, false);
  }

  /** a + b, of the same shape. */
  V add(V a, V b);

  /** a − b, of the same shape. */
  V sub(V a, V b);

  /** a ∘ b, element by element, of the same shape. */
  V mul(V a, V b);

  /** factor·a. */
  V scale(double factor, V a);

  /** a with {@code row} (one row) added to each of its rows. */
  V addRow(V a, V row);

  /** One row, the sum of a's rows: what {@link #addRow} passes back to its row. */
  V columnSum(V a);

  /** {@code row} (one row) repeated: what {@link #columnSum} passes back. */
  V repeatRow(V row, int rows);

  /** The sum of all elements, 1 × 1. */
  V sum(V a);

  /** {@code scalar} (1 × 1) in every element: what {@link #sum} passes back. */
  V fill(V scalar, int rows, int columns);

  /** Each column of a {@code times} times in succession: a channel's bias in each of its units. */
  V repeatEach(V a, int times);

  /** The sums of {@code times} columns in succession: what {@link #repeatEach} passes back. */
  V sumEach(V a, int times);

  /** eᵃ, element by element. */
  V exp(V a);

  /** log a, element by element. */
  V log(V a);

  /** 1/a, element by element: what {@link #log} passes back. */
  V reciprocal(V a);

  /** W ∗ x; x has a map of the shape's input in each row, w a filter. */
  V convolve(ConvolutionShape shape, V x, V w);

  /** W̃ ∗ y, the transposed convolution: what {@link #convolve} passes back to x. */
  V convolveTransposed(ConvolutionShape shape, V y, V w);

  /** y ⋆ x, one row a filter: what {@link #convolve} passes back to W. */
  V convolutionWeights(ConvolutionShape shape, V y, V x);

  /**
   * The elements of {@code values} at the positions where {@code by} is largest in each window; the
   * first such position, row-major, where it is more than once. Max pooling is {@code
   * maxPool(shape, a, a)}. Positions are constants: nothing is passed back to {@code by}.
   */
  V maxPool(PoolingShape shape, V values, V by);

  /**
   * The elements of {@code pooled} at the positions where {@code by} is largest in each window, and
   * zero elsewhere; where windows overlap, their sums: what {@link #maxPool} passes back.
   */
  V maxUnpool(PoolingShape shape, V pooled, V by);

  /** The mean of each window. */
  V averagePool(PoolingShape shape, V a);

  /** Each element spread evenly over its window: what {@link #averagePool} passes back. */
  V averageUnpool(PoolingShape shape, V pooled);

  /**
   * The derivative of σ of the given order, element by element; order 0 is σ itself. Where σ is a
   * ramp, its first derivative is the ramp's slope on the closed interval: 1 on [0, 1] for the hard
   * sigmoid.
   *
   * @param order at least 0
   */
  V activate(Activation activation, int order, V a);

  /** σ(a). */
  default V activate(Activation activation, V a) {
    return activate(activation, 0, a);
  }

  /** min(max(a, 0), 1), with derivative 1 on the closed interval [0, 1]. */
  default V clip(V a) {
    return activate(Activation.HARD_SIGMOID, 0, a);
  }
}
