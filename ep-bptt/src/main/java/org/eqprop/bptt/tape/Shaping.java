package org.eqprop.bptt.tape;

import java.util.Arrays;
import java.util.List;

/** Operators between a matrix, a row and a scalar, and the transposition. All are linear. */
enum Shaping implements Operator {
  /** A row added to every row. */
  ADD_ROW {
    @Override
    public void evaluate(List<Node> in, double[] out) {
      double[] a = in.get(0).value();
      double[] row = in.get(1).value();
      for (int start = 0; start < out.length; start += row.length) {
        for (int c = 0; c < row.length; c++) {
          out[start + c] = a[start + c] + row[c];
        }
      }
    }

    @Override
    public Node adjoint(Tape tape, Node node, Node gradient, int i) {
      return i == 0 ? gradient : tape.columnSum(gradient);
    }

    @Override
    public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
      return algebra.addRow(in.get(0), in.get(1));
    }
  },

  /** The sum of the rows. */
  COLUMN_SUM {
    @Override
    public void evaluate(List<Node> in, double[] out) {
      double[] a = in.get(0).value();
      Arrays.fill(out, 0);
      for (int start = 0; start < a.length; start += out.length) {
        for (int c = 0; c < out.length; c++) {
          out[c] += a[start + c];
        }
      }
    }

    @Override
    public Node adjoint(Tape tape, Node node, Node gradient, int i) {
      return tape.repeatRow(gradient, node.input(0).rows());
    }

    @Override
    public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
      return algebra.columnSum(in.get(0));
    }
  },

  /** A row in every row. */
  REPEAT_ROW {
    @Override
    public void evaluate(List<Node> in, double[] out) {
      double[] row = in.get(0).value();
      for (int start = 0; start < out.length; start += row.length) {
        System.arraycopy(row, 0, out, start, row.length);
      }
    }

    @Override
    public Node adjoint(Tape tape, Node node, Node gradient, int i) {
      return tape.columnSum(gradient);
    }

    @Override
    public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
      return algebra.repeatRow(in.get(0), node.rows());
    }
  },

  /** The sum of all elements. */
  SUM {
    @Override
    public void evaluate(List<Node> in, double[] out) {
      double sum = 0;
      for (double element : in.get(0).value()) {
        sum += element;
      }
      out[0] = sum;
    }

    @Override
    public Node adjoint(Tape tape, Node node, Node gradient, int i) {
      return tape.fill(gradient, node.input(0).rows(), node.input(0).columns());
    }

    @Override
    public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
      return algebra.sum(in.get(0));
    }
  },

  /** A scalar in every element. */
  FILL {
    @Override
    public void evaluate(List<Node> in, double[] out) {
      Arrays.fill(out, in.get(0).value()[0]);
    }

    @Override
    public Node adjoint(Tape tape, Node node, Node gradient, int i) {
      return tape.sum(gradient);
    }

    @Override
    public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
      return algebra.fill(in.get(0), node.rows(), node.columns());
    }
  },

  /** Rows and columns exchanged. */
  TRANSPOSE {
    @Override
    public void evaluate(List<Node> in, double[] out) {
      Node a = in.get(0);
      double[] value = a.value();
      for (int r = 0; r < a.rows(); r++) {
        for (int c = 0; c < a.columns(); c++) {
          out[c * a.rows() + r] = value[r * a.columns() + c];
        }
      }
    }

    @Override
    public Node adjoint(Tape tape, Node node, Node gradient, int i) {
      return tape.transpose(gradient);
    }

    @Override
    public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
      return algebra.transpose(in.get(0));
    }
  }
}
