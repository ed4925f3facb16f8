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
  };

  abstract void evaluate(double[] a, double[] b, double[] out);

  @Override
  public void evaluate(List<Node> in, double[] out) {
    evaluate(in.get(0).value(), in.get(1).value(), out);
  }
}
