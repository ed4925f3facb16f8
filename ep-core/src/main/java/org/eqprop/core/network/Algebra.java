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
  /**
   * {@return op(a)·op(b), where op transposes the operand whose flag is set}
   *
   * @param a the left operand
   * @param b the right operand
   * @param transposeA whether a is transposed
   * @param transposeB whether b is transposed
   */
  V matmul(V a, V b, boolean transposeA, boolean transposeB);

  /**
   * {@return a·b}
   *
   * @param a the left operand
   * @param b the right operand
   */
  default V matmul(V a, V b) {
    return matmul(a, b, false, false);
  }

  /**
   * {@return a + b, of the same shape}
   *
   * @param a a value
   * @param b as large as a
   */
  V add(V a, V b);

  /**
   * {@return a − b, of the same shape}
   *
   * @param a a value
   * @param b as large as a
   */
  V sub(V a, V b);

  /**
   * {@return a ∘ b, element by element, of the same shape}
   *
   * @param a a value
   * @param b as large as a
   */
  V mul(V a, V b);

  /**
   * {@return factor·a}
   *
   * @param factor a number
   * @param a a value
   */
  V scale(double factor, V a);

  /**
   * {@return a with {@code row} (one row) added to each of its rows}
   *
   * @param a a value
   * @param row one row, as long as those of a
   */
  V addRow(V a, V row);

  /**
   * {@return one row, the sum of a's rows: what {@link #addRow} passes back to its row}
   *
   * @param a a value
   */
  V columnSum(V a);

  /**
   * {@return {@code row} (one row) repeated: what {@link #columnSum} passes back}
   *
   * @param row one row
   * @param rows how often, at least 1
   */
  V repeatRow(V row, int rows);

  /**
   * {@return the sum of all elements, 1 × 1}
   *
   * @param a a value
   */
  V sum(V a);

  /**
   * {@return {@code scalar} (1 × 1) in every element: what {@link #sum} passes back}
   *
   * @param scalar 1 × 1
   * @param rows number of rows, at least 1
   * @param columns number of columns, at least 1
   */
  V fill(V scalar, int rows, int columns);

  /**
   * {@return each column of a {@code times} times in succession: a channel's bias in each of its
   * units}
   *
   * @param a a value
   * @param times how often, at least 1
   */
  V repeatEach(V a, int times);

  /**
   * {@return the sums of {@code times} columns in succession: what {@link #repeatEach} passes back}
   *
   * @param a a value
   * @param times how often, at least 1
   */
  V sumEach(V a, int times);

  /**
   * {@return eᵃ, element by element}
   *
   * @param a a value
   */
  V exp(V a);

  /**
   * {@return log a, element by element}
   *
   * @param a a value
   */
  V log(V a);

  /**
   * {@return 1/a, element by element: what {@link #log} passes back}
   *
   * @param a a value
   */
  V reciprocal(V a);

  /**
   * {@return W ∗ x; x has a map of the shape's input in each row, w a filter}
   *
   * @param shape what of x is seen from where
   * @param x one map of the input in each row
   * @param w one filter in each row
   */
  V convolve(ConvolutionShape shape, V x, V w);

  /**
   * {@return W̃ ∗ y, the transposed convolution: what {@link #convolve} passes back to x}
   *
   * @param shape what of x is seen from where
   * @param y one map of the output in each row
   * @param w one filter in each row
   */
  V convolveTransposed(ConvolutionShape shape, V y, V w);

  /**
   * {@return y ⋆ x, one row a filter: what {@link #convolve} passes back to W}
   *
   * @param shape what of x is seen from where
   * @param y one map of the output in each row
   * @param x one map of the input in each row
   */
  V convolutionWeights(ConvolutionShape shape, V y, V x);

  /**
   * {@return the elements of {@code values} at the positions where {@code by} is largest in each
   * window; the first such position, row-major, where it is more than once} Max pooling is {@code
   * maxPool(shape, a, a)}. Positions are constants: nothing is passed back to {@code by}.
   *
   * @param shape the windows
   * @param values one map in each row
   * @param by where the largest are looked for
   */
  V maxPool(PoolingShape shape, V values, V by);

  /**
   * {@return the elements of {@code pooled} at the positions where {@code by} is largest in each
   * window, and zero elsewhere; where windows overlap, their sums: what {@link #maxPool} passes
   * back}
   *
   * @param shape the windows
   * @param pooled one element a window
   * @param by where the largest are looked for
   */
  V maxUnpool(PoolingShape shape, V pooled, V by);

  /**
   * {@return the mean of each window}
   *
   * @param shape the windows
   * @param a a value
   */
  V averagePool(PoolingShape shape, V a);

  /**
   * {@return each element spread evenly over its window: what {@link #averagePool} passes back}
   *
   * @param shape the windows
   * @param pooled one element a window
   */
  V averageUnpool(PoolingShape shape, V pooled);

  /**
   * {@return the derivative of σ of the given order, element by element; order 0 is σ itself} Where
   * σ is a ramp, its first derivative is the ramp's slope on the closed interval: 1 on [0, 1] for
   * the hard sigmoid.
   *
   * @param activation σ
   * @param order at least 0
   * @param a a value
   */
  V activate(Activation activation, int order, V a);

  /**
   * {@return σ(a)}
   *
   * @param activation σ
   * @param a a value
   */
  default V activate(Activation activation, V a) {
    return activate(activation, 0, a);
  }

  /**
   * {@return min(max(a, 0), 1), with derivative 1 on the closed interval [0, 1]}
   *
   * @param a a value
   */
  default V clip(V a) {
    return activate(Activation.HARD_SIGMOID, 0, a);
  }
}
