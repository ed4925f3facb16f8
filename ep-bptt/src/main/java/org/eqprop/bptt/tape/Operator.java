package org.eqprop.bptt.tape;

import java.util.List;

/** How a node's value and its derivatives follow from the node's inputs. */
interface Operator {
  /**
   * Computes a node's value.
   *
   * @param in the inputs, evaluated; not modified
   * @param out of the node's shape, row-major; overwritten, and never the array of an input
   */
  void evaluate(List<Node> in, double[] out);

  /**
   * The gradient with respect to input {@code i} as an expression: Jacobianᵀ · {@code gradient}.
   *
   * @param node the node that this operator computes
   * @param gradient of a scalar with respect to {@code node}, of its shape
   */
  Node adjoint(Tape tape, Node node, Node gradient, int i);

  /**
   * The node over complex values: this operator, continued analytically.
   *
   * @param in the inputs over complex values, at least one of them not real
   * @param node the node that this operator computes
   * @throws IllegalArgumentException in one sentence, if the operator is not holomorphic
   */
  ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node);

  /** No inputs: a value set from outside. */
  enum Leaf implements Operator {
    LEAF;

    @Override
    public void evaluate(List<Node> in, double[] out) {
      throw new IllegalStateException("A leaf is set, not evaluated.");
    }

    @Override
    public Node adjoint(Tape tape, Node node, Node gradient, int i) {
      throw new IllegalStateException("A leaf has no inputs.");
    }

    @Override
    public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
      throw new IllegalStateException("A leaf has no inputs.");
    }
  }
}
