package org.eqprop.bptt.tape;

import java.util.List;

/**
 * op(A)·B. (A transposed right operand is a node of its own, so that a constant one is transposed
 * once.)
 *
 * @param transposeA whether op transposes
 * @param product computes it
 */
record Matmul(boolean transposeA, MatrixProduct product) implements Operator {
  @Override
  public void evaluate(List<Node> in, double[] out) {
    Node a = in.get(0);
    Node b = in.get(1);
    int rows = out.length / b.columns();
    product.run(transposeA, rows, b.rows(), b.columns(), a.value(), b.value(), 0, out, 0, false);
  }

  @Override
  public Node adjoint(Tape tape, Node node, Node gradient, int i) {
    Node a = node.input(0);
    Node b = node.input(1);
    if (i == 1) {
      return tape.matmul(a, gradient, !transposeA, false);
    }
    return transposeA
        ? tape.matmul(b, gradient, false, true)
        : tape.matmul(gradient, b, false, true);
  }

  @Override
  public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
    return algebra.matmul(in.get(0), in.get(1), transposeA, false);
  }
}
