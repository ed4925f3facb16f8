package org.eqprop.bptt.tape;

import java.util.List;

/**
 * factor·a.
 *
 * @param factor a constant
 */
record Scale(double factor) implements Operator {
  @Override
  public void evaluate(List<Node> in, double[] out) {
    double[] a = in.get(0).value();
    for (int i = 0; i < out.length; i++) {
      out[i] = factor * a[i];
    }
  }

  @Override
  public Node adjoint(Tape tape, Node node, Node gradient, int i) {
    return tape.scale(factor, gradient);
  }

  @Override
  public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
    return algebra.scale(factor, in.get(0));
  }
}
