package org.eqprop.bptt.tape;

import java.util.Arrays;
import java.util.List;

/**
 * Each column several times in succession, or the sums of as many.
 *
 * @param times how often
 * @param inverse whether sums are taken
 */
record Repeat(int times, boolean inverse) implements Operator {
  @Override
  public void evaluate(List<Node> in, double[] out) {
    double[] a = in.get(0).value();
    if (inverse) {
      Arrays.fill(out, 0);
      for (int i = 0; i < a.length; i++) {
        out[i / times] += a[i];
      }
    } else {
      for (int i = 0; i < out.length; i++) {
        out[i] = a[i / times];
      }
    }
  }

  @Override
  public Node adjoint(Tape tape, Node node, Node gradient, int i) {
    return inverse ? tape.repeatEach(gradient, times) : tape.sumEach(gradient, times);
  }

  @Override
  public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
    ComplexNode a = in.get(0);
    return inverse ? algebra.sumEach(a, times) : algebra.repeatEach(a, times);
  }
}
