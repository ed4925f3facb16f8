package org.eqprop.bptt.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.network.PoolingShape;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A continuation is the only one there is: it equals the real expression for real arguments, and
 * its parts obey the Cauchy–Riemann equations elsewhere.
 */
final class ContinuationTest {
  /** Relative; the fourth derivative of the steepest σ is a sum of terms up to 1e3. */
  private static final double ROUNDING = 1e-12;

  private record Operand(int rows, int columns) {}

  private interface Expression {
    Node build(Tape tape, List<Node> x);
  }

  @TestFactory
  Stream<DynamicTest> operators() {
    Operand a = new Operand(3, 5);
    Operand row = new Operand(1, 5);
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(test("add", (t, x) -> t.add(x.get(0), x.get(1)), a, a));
    tests.add(test("sub", (t, x) -> t.sub(x.get(0), x.get(1)), a, a));
    tests.add(test("mul", (t, x) -> t.mul(x.get(0), x.get(1)), a, a));
    tests.add(test("scale", (t, x) -> t.scale(-0.7, x.get(0)), a));
    tests.add(test("addRow", (t, x) -> t.addRow(x.get(0), x.get(1)), a, row));
    tests.add(test("columnSum", (t, x) -> t.columnSum(x.get(0)), a));
    tests.add(test("repeatRow", (t, x) -> t.repeatRow(x.get(0), 7), row));
    tests.add(test("sum", (t, x) -> t.sum(x.get(0)), a));
    tests.add(test("fill", (t, x) -> t.fill(x.get(0), 3, 7), new Operand(1, 1)));
    tests.add(test("repeatEach", (t, x) -> t.repeatEach(x.get(0), 3), a));
    tests.add(test("sumEach", (t, x) -> t.sumEach(x.get(0), 5), a));
    tests.add(test("transpose", (t, x) -> t.transpose(x.get(0)), a));
    tests.add(test("exp", (t, x) -> t.exp(x.get(0)), a));
    tests.add(test("reciprocal", (t, x) -> t.reciprocal(x.get(0)), a));
    for (Activation activation :
        List.of(Activation.SIGMOID, Activation.SIGMOID4, Activation.TANH, Activation.IDENTITY)) {
      for (int order = 0; order <= 3; order++) {
        int n = order;
        String name = activation.id() + ", derivative " + n;
        tests.add(test(name, (t, x) -> t.activate(activation, n, x.get(0)), a));
      }
    }
    for (boolean left : new boolean[] {false, true}) {
      for (boolean right : new boolean[] {false, true}) {
        tests.add(
            test(
                "matmul" + (left ? " Aᵀ" : " A") + (right ? "Bᵀ" : "B"),
                (t, x) -> t.matmul(x.get(0), x.get(1), left, right),
                left ? new Operand(4, 3) : new Operand(3, 4),
                right ? new Operand(5, 4) : new Operand(4, 5)));
      }
    }
    tests.addAll(maps());
    return tests.stream();
  }

  private static List<DynamicTest> maps() {
    ConvolutionShape convolution = new ConvolutionShape(2, 5, 6, 3, 3, 1, 2);
    Operand in = new Operand(2, convolution.inputSize());
    Operand out = new Operand(2, convolution.outputSize());
    Operand filters = new Operand(convolution.filters(), convolution.filterSize());
    PoolingShape pooling = new PoolingShape(2, 4, 4, 2, 2);
    Operand map = new Operand(2, pooling.inputSize());
    Operand pooled = new Operand(2, pooling.outputSize());
    return List.of(
        test("convolve", (t, x) -> t.convolve(convolution, x.get(0), x.get(1)), in, filters),
        test(
            "convolveTransposed",
            (t, x) -> t.convolveTransposed(convolution, x.get(0), x.get(1)),
            out,
            filters),
        test(
            "convolutionWeights",
            (t, x) -> t.convolutionWeights(convolution, x.get(0), x.get(1)),
            out,
            in),
        test("averagePool", (t, x) -> t.averagePool(pooling, x.get(0)), map),
        test("averageUnpool", (t, x) -> t.averageUnpool(pooling, x.get(0)), pooled));
  }

  private static DynamicTest test(String name, Expression expression, Operand... operands) {
    return DynamicTest.dynamicTest(name, () -> check(expression, operands));
  }

  private static void check(Expression expression, Operand... operands) {
    Random random = new Random(5);
    Tape tape = new Tape();
    List<Node> x = new ArrayList<>();
    for (Operand operand : operands) {
      int size = operand.rows * operand.columns;
      double[] values = random.doubles(size, 0.3, 1.2).toArray();
      x.add(tape.leaf(operand.rows, operand.columns, values));
    }
    Node real = expression.build(tape, x);
    double[] signs = random.doubles(real.size(), -1, 1).toArray();
    Node weights = tape.leaf(real.rows(), real.columns(), signs);
    Continuation continuation = new Continuation(tape);
    List<ComplexNode> z = x.stream().map(continuation::variable).toList();
    ComplexNode complex = continuation.of(real);
    for (int i = 0; i < z.size(); i++) {
      z.get(i).re().set(x.get(i).value());
    }
    assertThat(complex.re().value()).containsExactly(real.value(), within(ROUNDING));
    assertThat(complex.im().value())
        .containsExactly(new double[real.size()], within(Double.MIN_VALUE));
    for (ComplexNode leaf : z) {
      leaf.im().set(random.doubles(leaf.im().size(), -0.3, 0.3).toArray());
    }
    Node re = tape.sum(tape.mul(weights, complex.re()));
    Node im = tape.sum(tape.mul(weights, complex.im()));
    List<Node> reals = z.stream().map(ComplexNode::re).toList();
    List<Node> imaginaries = z.stream().map(ComplexNode::im).toList();
    Node f = tape.sum(tape.mul(weights, real));
    List<ComplexNode> derivatives = tape.gradient(f, x).stream().map(continuation::of).toList();
    for (int i = 0; i < z.size(); i++) {
      double[] reByRe = tape.gradient(re, reals).get(i).value();
      double[] reByIm = tape.gradient(re, imaginaries).get(i).value();
      double[] imByRe = tape.gradient(im, reals).get(i).value();
      double[] imByIm = tape.gradient(im, imaginaries).get(i).value();
      double[] negative = new double[reByIm.length];
      for (int n = 0; n < negative.length; n++) {
        negative[n] = -reByIm[n];
      }
      assertClose(imByIm, reByRe);
      assertClose(imByRe, negative);
      // the derivative's continuation is the continuation's derivative
      assertClose(derivatives.get(i).re().value(), reByRe);
      assertClose(derivatives.get(i).im().value(), imByRe);
    }
  }

  private static void assertClose(double[] found, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).reduce(1, Math::max);
    assertThat(found).containsExactly(expected, within(ROUNDING * largest));
  }

  /** σ(i) and others, by hand: 1/(1 + e^{−i}) = ½ + i·½·tan ½, tanh i = i·tan 1. */
  @Test
  void knownValues() {
    Tape tape = new Tape();
    Node x = tape.leaf(1, 1);
    Node sigmoid = tape.activate(Activation.SIGMOID, x);
    Node tanh = tape.activate(Activation.TANH, x);
    Node exp = tape.exp(x);
    Continuation continuation = new Continuation(tape);
    ComplexNode z = continuation.variable(x);
    z.im().set(1);
    assertThat(continuation.of(sigmoid).re().scalar()).isEqualTo(0.5);
    assertThat(continuation.of(sigmoid).im().scalar()).isCloseTo(Math.tan(0.5) / 2, within(1e-16));
    assertThat(continuation.of(tanh).re().scalar()).isZero();
    assertThat(continuation.of(tanh).im().scalar()).isCloseTo(Math.tan(1), within(1e-15));
    assertThat(continuation.of(exp).re().scalar()).isEqualTo(Math.cos(1));
    assertThat(continuation.of(exp).im().scalar()).isEqualTo(Math.sin(1));
    z.re().set(1e6);
    assertThat(continuation.of(tanh).re().scalar()).isEqualTo(1);
    assertThat(continuation.of(sigmoid).im().scalar()).isZero();
    z.re().set(-1e6);
    assertThat(continuation.of(sigmoid).re().scalar()).isZero();
  }

  @Test
  void whatDependsOnNoComplexLeafStaysAsItIs() {
    Tape tape = new Tape();
    Node x = tape.leaf(1, 16);
    Node s = tape.leaf(1, 4);
    PoolingShape pooling = new PoolingShape(1, 4, 4, 2, 2);
    Node pooled = tape.maxPool(pooling, tape.clip(x), x);
    Continuation continuation = new Continuation(tape);
    continuation.variable(s);
    ComplexNode sum = continuation.of(tape.add(pooled, s));
    assertThat(sum.real()).isFalse();
    assertThat(continuation.of(pooled).re()).isSameAs(pooled);
    assertThat(continuation.of(pooled).real()).isTrue();
  }

  @Test
  void refusesWhatHasNoContinuation() {
    Tape tape = new Tape();
    Node x = tape.leaf(1, 4);
    Continuation continuation = new Continuation(tape);
    continuation.variable(x);
    PoolingShape pooling = new PoolingShape(1, 2, 2, 2, 2);
    Node pooled = tape.maxPool(pooling, x, x);
    List<Node> refused =
        List.of(
            tape.log(x),
            tape.clip(x),
            tape.activate(Activation.RELU6, 1, x),
            pooled,
            tape.maxUnpool(pooling, pooled, x));
    for (Node node : refused) {
      assertThatIllegalArgumentException().isThrownBy(() -> continuation.of(node));
    }
    Node sum = tape.add(x, x);
    assertThatIllegalArgumentException().isThrownBy(() -> continuation.variable(sum));
  }
}
