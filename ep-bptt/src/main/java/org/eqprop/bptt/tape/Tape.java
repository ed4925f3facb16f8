package org.eqprop.bptt.tape;

import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.Algebra;
import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.network.PoolingShape;

/**
 * Builds expressions and their derivatives. Nothing is computed until {@link Node#value()} is
 * asked; setting leaves and asking again re-uses every buffer. For one thread at a time.
 *
 * <p>Expressions with constants (all elements equal) are simplified while they are built, so that
 * ∂Φ/∂s comes out as it would be written by hand: without products with one or sums with zero.
 */
public final class Tape implements Algebra<Node> {
  private final List<Node> nodes = new ArrayList<>();
  private final MatrixProduct product = new MatrixProduct();
  private long clock;

  /** An empty tape. */
  public Tape() {}

  long now() {
    return clock;
  }

  long advance() {
    return ++clock;
  }

  private Node node(Operator operator, int rows, int columns, Node... inputs) {
    Node node = new Node(this, nodes.size(), operator, rows, columns, List.of(inputs));
    nodes.add(node);
    return node;
  }

  /**
   * {@return a leaf, zero until it is set}
   *
   * @param rows number of rows
   * @param columns number of columns
   */
  public Node leaf(int rows, int columns) {
    return node(Operator.Leaf.LEAF, rows, columns);
  }

  /**
   * {@return a leaf with the given row-major values}
   *
   * @param rows number of rows
   * @param columns number of columns
   * @param values row-major
   */
  public Node leaf(int rows, int columns, double... values) {
    Node leaf = leaf(rows, columns);
    leaf.set(values);
    return leaf;
  }

  /**
   * {@return a value with all elements equal}
   *
   * @param value the value of each element
   * @param rows number of rows
   * @param columns number of columns
   */
  public Node constant(double value, int rows, int columns) {
    return node(new Constant(value), rows, columns);
  }

  /**
   * {@return the gradient of a scalar with respect to each of {@code by}, which may be leaves or
   * any expressions: each of the shape of that node, zero if the scalar does not depend on it}
   *
   * @param scalar 1 × 1
   * @param by leaves or any expressions
   */
  public List<Node> gradient(Node scalar, List<Node> by) {
    if (scalar.size() != 1) {
      throw new IllegalArgumentException("Only a scalar has a gradient, not " + scalar + ".");
    }
    BitSet needed = dependents(by, scalar.number());
    Int2ObjectOpenHashMap<Node> gradients = new Int2ObjectOpenHashMap<>();
    gradients.put(scalar.number(), constant(1, 1, 1));
    for (int n = needed.previousSetBit(scalar.number()); n >= 0; n = needed.previousSetBit(n - 1)) {
      Node gradient = gradients.get(n);
      if (gradient == null) {
        continue;
      }
      Node node = nodes.get(n);
      for (int i = 0; i < node.inputs().size(); i++) {
        int input = node.input(i).number();
        if (needed.get(input)) {
          Node part = node.operator().adjoint(this, node, gradient, i);
          gradients.merge(input, part, this::add);
        }
      }
    }
    List<Node> result = new ArrayList<>();
    for (Node node : by) {
      Node gradient = gradients.get(node.number());
      result.add(gradient == null ? constant(0, node.rows(), node.columns()) : gradient);
    }
    return List.copyOf(result);
  }

  /** The nodes up to number {@code last} that depend on one of {@code by}, these included. */
  private BitSet dependents(List<Node> by, int last) {
    BitSet needed = new BitSet();
    for (Node node : by) {
      needed.set(node.number());
    }
    for (int n = needed.nextSetBit(0); n >= 0 && n <= last; n++) {
      for (Node input : nodes.get(n).inputs()) {
        if (needed.get(input.number())) {
          needed.set(n);
        }
      }
    }
    return needed;
  }

  @Override
  public Node matmul(Node a, Node b, boolean transposeA, boolean transposeB) {
    int rows = transposeA ? a.columns() : a.rows();
    int inner = transposeA ? a.rows() : a.columns();
    int columns = transposeB ? b.rows() : b.columns();
    check(inner == (transposeB ? b.columns() : b.rows()), "matmul", a, b);
    if (Constant.is(a, 0) || Constant.is(b, 0)) {
      return constant(0, rows, columns);
    }
    Node right = transposeB ? transpose(b) : b;
    return node(new Matmul(transposeA, product), rows, columns, a, right);
  }

  Node transpose(Node a) {
    if (a.operator() == Shaping.TRANSPOSE) {
      return a.input(0);
    }
    if (a.operator() instanceof Constant constant) {
      return constant(constant.value(), a.columns(), a.rows());
    }
    if (a.operator() instanceof Matmul product && product.transposeA()) {
      return matmul(a.input(1), a.input(0), true, false);
    }
    return node(Shaping.TRANSPOSE, a.columns(), a.rows(), a);
  }

  @Override
  public Node add(Node a, Node b) {
    check(a.fits(b), "add", a, b);
    return Constant.is(a, 0)
        ? b
        : Constant.is(b, 0) ? a : node(Elementwise.ADD, a.rows(), a.columns(), a, b);
  }

  @Override
  public Node sub(Node a, Node b) {
    check(a.fits(b), "sub", a, b);
    return Constant.is(a, 0)
        ? scale(-1, b)
        : Constant.is(b, 0) ? a : node(Elementwise.SUB, a.rows(), a.columns(), a, b);
  }

  @Override
  public Node mul(Node a, Node b) {
    check(a.fits(b), "mul", a, b);
    if (a.operator() instanceof Constant constant) {
      return scale(constant.value(), b);
    }
    if (b.operator() instanceof Constant constant) {
      return scale(constant.value(), a);
    }
    return node(Elementwise.MUL, a.rows(), a.columns(), a, b);
  }

  @Override
  public Node scale(double factor, Node a) {
    if (factor == 1) {
      return a;
    }
    if (factor == 0) {
      return constant(0, a.rows(), a.columns());
    }
    return switch (a.operator()) {
      case Constant constant -> constant(factor * constant.value(), a.rows(), a.columns());
      case Scale scale -> scale(factor * scale.factor(), a.input(0));
      default -> node(new Scale(factor), a.rows(), a.columns(), a);
    };
  }

  @Override
  public Node addRow(Node a, Node row) {
    check(row.rows() == 1 && row.columns() == a.columns(), "addRow", a, row);
    return Constant.is(a, 0)
        ? repeatRow(row, a.rows())
        : Constant.is(row, 0) ? a : node(Shaping.ADD_ROW, a.rows(), a.columns(), a, row);
  }

  @Override
  public Node columnSum(Node a) {
    return a.operator() instanceof Constant constant
        ? constant(a.rows() * constant.value(), 1, a.columns())
        : node(Shaping.COLUMN_SUM, 1, a.columns(), a);
  }

  @Override
  public Node repeatRow(Node row, int rows) {
    check(row.rows() == 1, "repeatRow", row, row);
    return row.operator() instanceof Constant constant
        ? constant(constant.value(), rows, row.columns())
        : node(Shaping.REPEAT_ROW, rows, row.columns(), row);
  }

  @Override
  public Node sum(Node a) {
    return a.operator() instanceof Constant constant
        ? constant(a.size() * constant.value(), 1, 1)
        : node(Shaping.SUM, 1, 1, a);
  }

  @Override
  public Node fill(Node scalar, int rows, int columns) {
    check(scalar.size() == 1, "fill", scalar, scalar);
    return scalar.operator() instanceof Constant constant
        ? constant(constant.value(), rows, columns)
        : node(Shaping.FILL, rows, columns, scalar);
  }

  @Override
  public Node repeatEach(Node a, int times) {
    return a.operator() instanceof Constant constant
        ? constant(constant.value(), a.rows(), a.columns() * times)
        : node(new Repeat(times, false), a.rows(), a.columns() * times, a);
  }

  @Override
  public Node sumEach(Node a, int times) {
    check(a.columns() % times == 0, "sumEach", a, a);
    return a.operator() instanceof Constant constant
        ? constant(times * constant.value(), a.rows(), a.columns() / times)
        : node(new Repeat(times, true), a.rows(), a.columns() / times, a);
  }

  @Override
  public Node exp(Node a) {
    return node(Pointwise.EXP, a.rows(), a.columns(), a);
  }

  @Override
  public Node log(Node a) {
    return node(Pointwise.LOG, a.rows(), a.columns(), a);
  }

  @Override
  public Node reciprocal(Node a) {
    return node(Pointwise.RECIPROCAL, a.rows(), a.columns(), a);
  }

  /** cos a, element by element. */
  Node cos(Node a) {
    return node(Pointwise.COS, a.rows(), a.columns(), a);
  }

  /** sin a, element by element. */
  Node sin(Node a) {
    return node(Pointwise.SIN, a.rows(), a.columns(), a);
  }

  @Override
  public Node convolve(ConvolutionShape shape, Node x, Node w) {
    checkMap(x, shape.inputSize());
    checkFilters(w, shape);
    return linear(
        new Convolve(shape, Convolve.Role.Y, product), x.rows(), shape.outputSize(), x, w);
  }

  @Override
  public Node convolveTransposed(ConvolutionShape shape, Node y, Node w) {
    checkMap(y, shape.outputSize());
    checkFilters(w, shape);
    return linear(new Convolve(shape, Convolve.Role.X, product), y.rows(), shape.inputSize(), w, y);
  }

  @Override
  public Node convolutionWeights(ConvolutionShape shape, Node y, Node x) {
    checkMap(y, shape.outputSize());
    checkMap(x, shape.inputSize());
    check(x.rows() == y.rows(), "convolutionWeights", y, x);
    Convolve operator = new Convolve(shape, Convolve.Role.W, product);
    return linear(operator, shape.filters(), shape.filterSize(), x, y);
  }

  @Override
  public Node maxPool(PoolingShape shape, Node values, Node by) {
    checkMap(values, shape.inputSize());
    check(values.fits(by), "maxPool", values, by);
    return Constant.is(values, 0)
        ? constant(0, values.rows(), shape.outputSize())
        : node(new Pool(shape, false), values.rows(), shape.outputSize(), values, by);
  }

  @Override
  public Node maxUnpool(PoolingShape shape, Node pooled, Node by) {
    checkMap(pooled, shape.outputSize());
    checkMap(by, shape.inputSize());
    check(pooled.rows() == by.rows(), "maxUnpool", pooled, by);
    return Constant.is(pooled, 0)
        ? constant(0, by.rows(), by.columns())
        : node(new Pool(shape, true), by.rows(), by.columns(), pooled, by);
  }

  @Override
  public Node averagePool(PoolingShape shape, Node a) {
    checkMap(a, shape.inputSize());
    return linear(new Pool(shape, false), a.rows(), shape.outputSize(), a);
  }

  @Override
  public Node averageUnpool(PoolingShape shape, Node pooled) {
    checkMap(pooled, shape.outputSize());
    return linear(new Pool(shape, true), pooled.rows(), shape.inputSize(), pooled);
  }

  /** A node of an operator that is linear in each input: zero if one of them is. */
  private Node linear(Operator operator, int rows, int columns, Node... inputs) {
    for (Node input : inputs) {
      if (Constant.is(input, 0)) {
        return constant(0, rows, columns);
      }
    }
    return node(operator, rows, columns, inputs);
  }

  private static void checkFilters(Node w, ConvolutionShape shape) {
    if (w.rows() != shape.filters() || w.columns() != shape.filterSize()) {
      throw new IllegalArgumentException(w + " does not hold the filters of " + shape + ".");
    }
  }

  private static void checkMap(Node maps, int size) {
    if (maps.columns() != size) {
      throw new IllegalArgumentException(
          "A map of " + size + " elements does not fit the rows of " + maps + ".");
    }
  }

  @Override
  public Node activate(Activation activation, int order, Node a) {
    if (order < 0) {
      throw new IllegalArgumentException("There is no derivative of order " + order + ".");
    }
    if (activation.piecewiseLinear() && order > 1) {
      return constant(0, a.rows(), a.columns());
    }
    if (activation == Activation.IDENTITY) {
      return order == 0 ? a : constant(1, a.rows(), a.columns());
    }
    return node(Activate.of(activation, order), a.rows(), a.columns(), a);
  }

  private static void check(boolean fits, String operator, Node a, Node b) {
    if (!fits) {
      throw new IllegalArgumentException(
          "The operands of " + operator + " do not fit: " + a + " and " + b + ".");
    }
  }
}
