package org.eqprop.bptt.tape;

import java.util.Arrays;
import java.util.List;

/**
 * All elements equal.
 *
 * @param value of each element
 */
record Constant(double value) implements Operator {
  /** Whether {@code node} is known to be {@code value} everywhere. */
  static boolean is(Node node, double value) {
    return node.operator() instanceof Constant constant && constant.value == value;
  }

  @Override
  public void evaluate(List<Node> in, double[] out) {
    Arrays.fill(out, value);
  }

  @Override
  public Node adjoint(Tape tape, Node node, Node gradient, int i) {
    throw new IllegalStateException("A constant has no inputs.");
  }

  @Override
  public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
    throw new IllegalStateException("A constant has no inputs.");
  }
}
