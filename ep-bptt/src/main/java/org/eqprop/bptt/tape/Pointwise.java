package org.eqprop.bptt.tape;

import java.util.List;

/** Smooth functions of one value, element by element. */
enum Pointwise implements Operator {
  /** eᵃ. */
  EXP {
    @Override
    double apply(double a) {
      return Math.exp(a);
    }

    @Override
    public Node adjoint(Tape tape, Node node, Node gradient, int i) {
      return tape.mul(gradient, node);
    }

    @Override
    public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
      return algebra.exp(in.get(0));
    }
  },

  /** log a. */
  LOG {
    @Override
    double apply(double a) {
      return Math.log(a);
    }

    @Override
    public Node adjoint(Tape tape, Node node, Node gradient, int i) {
      return tape.mul(gradient, tape.reciprocal(node.input(0)));
    }

    @Override
    public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
      return algebra.log(in.get(0));
    }
  },

  /** 1/a. */
  RECIPROCAL {
    @Override
    double apply(double a) {
      return 1 / a;
    }

    @Override
    public Node adjoint(Tape tape, Node node, Node gradient, int i) {
      return tape.scale(-1, tape.mul(gradient, tape.mul(node, node)));
    }

    @Override
    public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
      return algebra.reciprocal(in.get(0));
    }
  },

  /** cos a, for the parts of complex numbers. */
  COS {
    @Override
    double apply(double a) {
      return Math.cos(a);
    }

    @Override
    public Node adjoint(Tape tape, Node node, Node gradient, int i) {
      return tape.scale(-1, tape.mul(gradient, tape.sin(node.input(0))));
    }

    @Override
    public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
      throw new IllegalArgumentException("The parts of a complex number are not continued again.");
    }
  },

  /** sin a, for the parts of complex numbers. */
  SIN {
    @Override
    double apply(double a) {
      return Math.sin(a);
    }

    @Override
    public Node adjoint(Tape tape, Node node, Node gradient, int i) {
      return tape.mul(gradient, tape.cos(node.input(0)));
    }

    @Override
    public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
      throw new IllegalArgumentException("The parts of a complex number are not continued again.");
    }
  };

  abstract double apply(double a);

  @Override
  public void evaluate(List<Node> in, double[] out) {
    double[] a = in.get(0).value();
    for (int i = 0; i < out.length; i++) {
      out[i] = apply(a[i]);
    }
  }
}
