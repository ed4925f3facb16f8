package org.eqprop.bptt.tape;

import java.util.List;

/** Operators of two values of the same shape, element by element. */
enum Elementwise implements Operator {
  /** a + b. */
  ADD {
    @Override
    void evaluate(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = a[i] + b[i];
      }
    }

    @Override
    public Node adjoint(Tape tape, Node node, Node gradient, int i) {
      return gradient;
    }

    @Override
    public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
      return algebra.add(in.get(0), in.get(1));
    }
  },

  /** a − b. */
  SUB {
    @Override
    void evaluate(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = a[i] - b[i];
      }
    }

    @Override
    public Node adjoint(Tape tape, Node node, Node gradient, int i) {
      return i == 0 ? gradient : tape.scale(-1, gradient);
    }

    @Override
    public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
      return algebra.sub(in.get(0), in.get(1));
    }
  },

  /** a ∘ b. */
  MUL {
    @Override
    void evaluate(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = a[i] * b[i];
      }
    }

    @Override
    public Node adjoint(Tape tape, Node node, Node gradient, int i) {
      return tape.mul(gradient, node.input(1 - i));
    }

    @Override
    public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
      return algebra.mul(in.get(0), in.get(1));
    }
  };

  abstract void evaluate(double[] a, double[] b, double[] out);

  @Override
  public void evaluate(List<Node> in, double[] out) {
    evaluate(in.get(0).value(), in.get(1).value(), out);
  }
}
