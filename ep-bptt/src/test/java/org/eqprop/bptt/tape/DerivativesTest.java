package org.eqprop.bptt.tape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.network.PoolingShape;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every operator's first and second derivative against central differences. */
final class DerivativesTest {
  private static final double H = 5e-4;

  /**
   * The four-point formula errs by h⁴·f⁽⁵⁾/30 = 2e-15·f⁽⁵⁾, where f⁽⁵⁾ is up to 1e5 (the third
   * derivative of the sigmoid, squared), and by about 1e-15/h from rounding.
   */
  private static final double TOLERANCE = 1e-9;

  private record Operand(int rows, int columns) {}

  private interface Expression {
    Node build(Tape tape, List<Node> x);
  }

  @TestFactory
  Stream<DynamicTest> operators() {
    Operand a = new Operand(3, 5);
    Operand row = new Operand(1, 5);
    Operand scalar = new Operand(1, 1);
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(test("add", (t, x) -> t.add(x.get(0), x.get(1)), a, a));
    tests.add(test("sub", (t, x) -> t.sub(x.get(0), x.get(1)), a, a));
    tests.add(test("mul", (t, x) -> t.mul(x.get(0), x.get(1)), a, a));
    tests.add(test("mul with itself", (t, x) -> t.mul(x.get(0), x.get(0)), a));
    tests.add(test("scale", (t, x) -> t.scale(-0.7, x.get(0)), a));
    tests.add(test("addRow", (t, x) -> t.addRow(x.get(0), x.get(1)), a, row));
    tests.add(test("columnSum", (t, x) -> t.columnSum(x.get(0)), a));
    tests.add(test("repeatRow", (t, x) -> t.repeatRow(x.get(0), 7), row));
    tests.add(test("sum", (t, x) -> t.sum(x.get(0)), a));
    tests.add(test("fill", (t, x) -> t.fill(x.get(0), 3, 7), scalar));
    tests.add(test("transpose", (t, x) -> t.transpose(x.get(0)), a));
    tests.add(test("cos", (t, x) -> t.cos(x.get(0)), a));
    tests.add(test("sin", (t, x) -> t.sin(x.get(0)), a));
    tests.add(test("clip", (t, x) -> t.clip(x.get(0)), a));
    for (Activation activation : Activation.values()) {
      for (int order = 0; order <= 2; order++) {
        int n = order;
        String name = activation.id() + ", derivative " + n;
        double end = end(activation);
        tests.add(test(name, (t, x) -> t.activate(activation, n, t.scale(end, x.get(0))), a));
      }
    }
    for (boolean left : new boolean[] {false, true}) {
      for (boolean right : new boolean[] {false, true}) {
        tests.add(
            test(
                "matmul" + (left ? " Aᵀ" : " A") + (right ? "Bᵀ" : "B"),
                (t, x) -> t.matmul(x.get(0), x.get(1), left, right),
                left ? new Operand(9, 3) : new Operand(3, 9),
                right ? new Operand(5, 9) : new Operand(9, 5)));
      }
    }
    tests.add(
        test("matmul with itself", (t, x) -> t.matmul(x.get(0), x.get(0)), new Operand(5, 5)));
    tests.addAll(convolutions());
    tests.addAll(poolings());
    tests.add(
        test(
            "a shared expression",
            (t, x) -> {
              Node u = t.activate(Activation.TANH, t.matmul(x.get(0), x.get(1)));
              return t.add(t.mul(u, u), t.scale(0.3, t.sub(u, t.clip(u))));
            },
            new Operand(3, 4),
            new Operand(4, 2)));
    return tests.stream();
  }

  /** Where σ bends last, so that operands in [−0.6, 1.4] times this are on both sides of it. */
  private static double end(Activation activation) {
    return switch (activation) {
      case HARD_SIGMOID_HALF -> 2;
      case RELU6 -> 6;
      case SIGMOID4, SIGMOID, HARD_SIGMOID, TANH, IDENTITY -> 1;
    };
  }

  private static List<DynamicTest> convolutions() {
    List<DynamicTest> tests = new ArrayList<>();
    for (ConvolutionShape shape :
        List.of(
            new ConvolutionShape(2, 4, 5, 3, 2, 0, 1),
            new ConvolutionShape(1, 3, 4, 2, 3, 1, 1),
            new ConvolutionShape(2, 5, 4, 2, 3, 2, 2),
            new ConvolutionShape(1, 3, 3, 1, 3, 0, 1))) {
      Operand maps = new Operand(2, shape.inputSize());
      Operand filters = new Operand(shape.filters(), shape.filterSize());
      Operand results = new Operand(2, shape.outputSize());
      String name = " of " + shape;
      tests.add(
          test("convolve" + name, (t, x) -> t.convolve(shape, x.get(0), x.get(1)), maps, filters));
      tests.add(
          test(
              "convolveTransposed" + name,
              (t, x) -> t.convolveTransposed(shape, x.get(0), x.get(1)),
              results,
              filters));
      tests.add(
          test(
              "convolutionWeights" + name,
              (t, x) -> t.convolutionWeights(shape, x.get(0), x.get(1)),
              results,
              maps));
    }
    return tests;
  }

  private static List<DynamicTest> poolings() {
    List<DynamicTest> tests = new ArrayList<>();
    Operand row = new Operand(2, 6);
    tests.add(test("repeatEach", (t, x) -> t.repeatEach(x.get(0), 3), row));
    tests.add(test("sumEach", (t, x) -> t.sumEach(x.get(0), 3), row));
    for (PoolingShape shape :
        List.of(new PoolingShape(2, 4, 5, 2, 2), new PoolingShape(1, 4, 4, 3, 1))) {
      Operand maps = new Operand(2, shape.inputSize());
      Operand pooled = new Operand(2, shape.outputSize());
      String name = " of " + shape;
      tests.add(test("averagePool" + name, (t, x) -> t.averagePool(shape, x.get(0)), maps));
      tests.add(test("averageUnpool" + name, (t, x) -> t.averageUnpool(shape, x.get(0)), pooled));
      tests.add(test("maxPool" + name, (t, x) -> t.maxPool(shape, x.get(0), x.get(0)), maps));
      tests.add(
          test("maxUnpool" + name, (t, x) -> t.maxUnpool(shape, x.get(0), x.get(1)), pooled, maps));
    }
    return tests;
  }

  private static DynamicTest test(String name, Expression expression, Operand... operands) {
    return DynamicTest.dynamicTest(name, () -> check(expression, operands));
  }

  private static void check(Expression expression, Operand... operands) {
    Tape tape = new Tape();
    Random random = new Random(1);
    List<Node> x = new ArrayList<>();
    List<Node> direction = new ArrayList<>();
    for (Operand operand : operands) {
      x.add(leaf(tape, operand, random));
      direction.add(leaf(tape, operand, random));
    }
    Node out = expression.build(tape, x);
    Node weight = leaf(tape, new Operand(out.rows(), out.columns()), random);
    // squared, so that linear operators have a second derivative as well
    Node f = tape.sum(tape.mul(weight, tape.mul(out, out)));
    List<Node> first = tape.gradient(f, x);
    Node slope = tape.constant(0, 1, 1);
    for (int i = 0; i < x.size(); i++) {
      slope = tape.add(slope, tape.sum(tape.mul(first.get(i), direction.get(i))));
    }
    List<Node> second = tape.gradient(slope, x);
    compare(f, x, first);
    compare(slope, x, second);
  }

  private static void compare(Node f, List<Node> x, List<Node> derivatives) {
    for (int i = 0; i < x.size(); i++) {
      Node leaf = x.get(i);
      double[] derived = derivatives.get(i).value().clone();
      double[] point = leaf.value().clone();
      assertThat(derived).hasSize(point.length);
      for (int j = 0; j < point.length; j++) {
        double near = at(f, leaf, point, j, H) - at(f, leaf, point, j, -H);
        double far = at(f, leaf, point, j, 2 * H) - at(f, leaf, point, j, -2 * H);
        double expected = (8 * near - far) / (12 * H);
        assertThat(derived[j])
            .as("operand %d, element %d", i, j)
            .isCloseTo(expected, Offset.offset(TOLERANCE * Math.max(1, Math.abs(expected))));
      }
      leaf.set(point);
    }
  }

  private static double at(Node f, Node leaf, double[] point, int j, double step) {
    double[] moved = point.clone();
    moved[j] += step;
    leaf.set(moved);
    return f.scalar();
  }

  private static Node leaf(Tape tape, Operand shape, Random random) {
    double[] values = random.doubles((long) shape.rows * shape.columns, -0.6, 1.4).toArray();
    return tape.leaf(shape.rows, shape.columns, values);
  }
}
