package org.eqprop.bptt.tape;

import java.util.function.UnaryOperator;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.Algebra;
import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.network.PoolingShape;

/**
 * The algebra over complex values. Each operator is its analytic continuation: linear operators act
 * on both parts, products are complex products without a conjugate, and smooth functions take a
 * complex argument. Real and imaginary parts are expressions on a tape, where zeros are simplified
 * away: a product of a complex value with real weights costs two real ones.
 *
 * <p>Operators that are not holomorphic are refused unless their arguments are real: activations
 * made of straight lines, max pooling, and the logarithm, which has branches.
 */
public final class ComplexAlgebra implements Algebra<ComplexNode> {
  private final Tape tape;

  /**
   * The algebra on {@code tape}.
   *
   * @param tape records the operations
   */
  public ComplexAlgebra(Tape tape) {
    this.tape = tape;
  }

  /**
   * {@return a real expression as a complex value}
   *
   * @param re a node of the tape
   */
  public ComplexNode real(Node re) {
    return new ComplexNode(re, tape.constant(0, re.rows(), re.columns()));
  }

  /**
   * {@return a new leaf, zero until its parts are set}
   *
   * @param rows number of rows
   * @param columns number of columns
   */
  public ComplexNode leaf(int rows, int columns) {
    return new ComplexNode(tape.leaf(rows, columns), tape.leaf(rows, columns));
  }

  private static ComplexNode linear(UnaryOperator<Node> operator, ComplexNode a) {
    return new ComplexNode(operator.apply(a.re()), operator.apply(a.im()));
  }

  /** An operator that is linear in each of two arguments. */
  @FunctionalInterface
  private interface Product {
    Node of(Node a, Node b);
  }

  private ComplexNode bilinear(Product product, ComplexNode a, ComplexNode b) {
    Node re = tape.sub(product.of(a.re(), b.re()), product.of(a.im(), b.im()));
    Node im = tape.add(product.of(a.re(), b.im()), product.of(a.im(), b.re()));
    return new ComplexNode(re, im);
  }

  @Override
  public ComplexNode matmul(ComplexNode a, ComplexNode b, boolean transposeA, boolean transposeB) {
    return bilinear((l, r) -> tape.matmul(l, r, transposeA, transposeB), a, b);
  }

  ComplexNode transpose(ComplexNode a) {
    return linear(tape::transpose, a);
  }

  @Override
  public ComplexNode add(ComplexNode a, ComplexNode b) {
    return new ComplexNode(tape.add(a.re(), b.re()), tape.add(a.im(), b.im()));
  }

  @Override
  public ComplexNode sub(ComplexNode a, ComplexNode b) {
    return new ComplexNode(tape.sub(a.re(), b.re()), tape.sub(a.im(), b.im()));
  }

  @Override
  public ComplexNode mul(ComplexNode a, ComplexNode b) {
    return bilinear(tape::mul, a, b);
  }

  @Override
  public ComplexNode scale(double factor, ComplexNode a) {
    return linear(part -> tape.scale(factor, part), a);
  }

  @Override
  public ComplexNode addRow(ComplexNode a, ComplexNode row) {
    return new ComplexNode(tape.addRow(a.re(), row.re()), tape.addRow(a.im(), row.im()));
  }

  @Override
  public ComplexNode columnSum(ComplexNode a) {
    return linear(tape::columnSum, a);
  }

  @Override
  public ComplexNode repeatRow(ComplexNode row, int rows) {
    return linear(part -> tape.repeatRow(part, rows), row);
  }

  @Override
  public ComplexNode sum(ComplexNode a) {
    return linear(tape::sum, a);
  }

  @Override
  public ComplexNode fill(ComplexNode scalar, int rows, int columns) {
    return linear(part -> tape.fill(part, rows, columns), scalar);
  }

  @Override
  public ComplexNode repeatEach(ComplexNode a, int times) {
    return linear(part -> tape.repeatEach(part, times), a);
  }

  @Override
  public ComplexNode sumEach(ComplexNode a, int times) {
    return linear(part -> tape.sumEach(part, times), a);
  }

  /** e^{a+ib} = eᵃ·(cos b + i·sin b). */
  @Override
  public ComplexNode exp(ComplexNode a) {
    Node size = tape.exp(a.re());
    return a.real()
        ? real(size)
        : new ComplexNode(tape.mul(size, tape.cos(a.im())), tape.mul(size, tape.sin(a.im())));
  }

  @Override
  public ComplexNode log(ComplexNode a) {
    if (!a.real()) {
      throw new IllegalArgumentException(
          "The logarithm of a complex number has branches, so it is not continued.");
    }
    return real(tape.log(a.re()));
  }

  /** 1/(a+ib) = (a−ib)/(a²+b²). */
  @Override
  public ComplexNode reciprocal(ComplexNode a) {
    if (a.real()) {
      return real(tape.reciprocal(a.re()));
    }
    Node squares = tape.add(tape.mul(a.re(), a.re()), tape.mul(a.im(), a.im()));
    Node inverse = tape.reciprocal(squares);
    return new ComplexNode(tape.mul(a.re(), inverse), tape.scale(-1, tape.mul(a.im(), inverse)));
  }

  @Override
  public ComplexNode convolve(ConvolutionShape shape, ComplexNode x, ComplexNode w) {
    return bilinear((l, r) -> tape.convolve(shape, l, r), x, w);
  }

  @Override
  public ComplexNode convolveTransposed(ConvolutionShape shape, ComplexNode y, ComplexNode w) {
    return bilinear((l, r) -> tape.convolveTransposed(shape, l, r), y, w);
  }

  @Override
  public ComplexNode convolutionWeights(ConvolutionShape shape, ComplexNode y, ComplexNode x) {
    return bilinear((l, r) -> tape.convolutionWeights(shape, l, r), y, x);
  }

  @Override
  public ComplexNode maxPool(PoolingShape shape, ComplexNode values, ComplexNode by) {
    checkOrdered(by);
    return linear(part -> tape.maxPool(shape, part, by.re()), values);
  }

  @Override
  public ComplexNode maxUnpool(PoolingShape shape, ComplexNode pooled, ComplexNode by) {
    checkOrdered(by);
    return linear(part -> tape.maxUnpool(shape, part, by.re()), pooled);
  }

  private static void checkOrdered(ComplexNode by) {
    if (!by.real()) {
      throw new IllegalArgumentException(
          "Max pooling has no meaning for complex states; the network needs average pooling.");
    }
  }

  @Override
  public ComplexNode averagePool(PoolingShape shape, ComplexNode a) {
    return linear(part -> tape.averagePool(shape, part), a);
  }

  @Override
  public ComplexNode averageUnpool(PoolingShape shape, ComplexNode pooled) {
    return linear(part -> tape.averageUnpool(shape, part), pooled);
  }

  /**
   * The derivative of σ of the given order as its polynomial in σ(z), where σ(z) is tanh z, ½(1 +
   * tanh(z/2)), or ½(1 + tanh(2z − 1)).
   */
  @Override
  public ComplexNode activate(Activation activation, int order, ComplexNode a) {
    if (a.real()) {
      return real(tape.activate(activation, order, a.re()));
    }
    return switch (activation) {
      case IDENTITY ->
          order == 0 ? a : real(tape.constant(order == 1 ? 1 : 0, a.rows(), a.columns()));
      case TANH -> polynomial(activation, order, tanh(a));
      case SIGMOID -> polynomial(activation, order, halfAbove(tanh(scale(0.5, a))));
      case SIGMOID4 -> {
        ComplexNode one = real(tape.constant(1, a.rows(), a.columns()));
        yield polynomial(activation, order, halfAbove(tanh(sub(scale(2, a), one))));
      }
      case HARD_SIGMOID, HARD_SIGMOID_HALF, RELU6 ->
          throw new IllegalArgumentException(
              activation.id()
                  + " is made of straight lines, so it has no complex derivative; the network needs"
                  + " sigmoid, sigmoid4, tanh or identity.");
    };
  }

  /** (1 + t)/2. */
  private ComplexNode halfAbove(ComplexNode t) {
    return scale(0.5, add(real(tape.constant(1, t.rows(), t.columns())), t));
  }

  private ComplexNode polynomial(Activation activation, int order, ComplexNode u) {
    double[] coefficients = Activate.of(activation, order).polynomial();
    ComplexNode sum = real(tape.constant(0, u.rows(), u.columns()));
    for (int i = coefficients.length - 1; i >= 0; i--) {
      ComplexNode next = real(tape.constant(coefficients[i], u.rows(), u.columns()));
      sum = add(mul(sum, u), next);
    }
    return sum;
  }

  /**
   * tanh(a+ib) = (tanh 2a + i·sin 2b·q)/(1 + cos 2b·q) with q = 1/cosh 2a, which is 0 and not NaN
   * where cosh overflows.
   */
  private ComplexNode tanh(ComplexNode a) {
    Node twice = tape.scale(2, a.re());
    Node angle = tape.scale(2, a.im());
    Node cosh = tape.scale(0.5, tape.add(tape.exp(twice), tape.exp(tape.scale(-1, twice))));
    Node q = tape.reciprocal(cosh);
    Node one = tape.constant(1, a.rows(), a.columns());
    Node inverse = tape.reciprocal(tape.add(one, tape.mul(tape.cos(angle), q)));
    Node re = tape.mul(tape.activate(Activation.TANH, 0, twice), inverse);
    Node im = tape.mul(tape.mul(tape.sin(angle), q), inverse);
    return new ComplexNode(re, im);
  }
}
