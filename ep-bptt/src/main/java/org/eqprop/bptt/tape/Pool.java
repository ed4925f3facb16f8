package org.eqprop.bptt.tape;

import java.util.Arrays;
import java.util.List;
import org.eqprop.core.network.PoolingShape;

/**
 * Pooling of each row's map, or its transposed counterpart: max pooling at the positions of a
 * second input's maxima, which are constants to the derivative; or average pooling, without a
 * second input.
 *
 * @param shape of the pooling
 * @param inverse whether pooled maps are spread to maps
 */
record Pool(PoolingShape shape, boolean inverse) implements Operator {
  @Override
  public void evaluate(List<Node> in, double[] out) {
    double[] values = in.get(0).value();
    Arrays.fill(out, 0);
    int maps = (inverse ? out : values).length / (shape.height() * shape.width());
    for (int map = 0; map < maps; map++) {
      int from = map * shape.height() * shape.width();
      for (int cell = 0; cell < shape.cells(); cell++) {
        int pooled = map * shape.cells() + cell;
        if (in.size() == 1) {
          average(values, out, from, cell, pooled);
        } else {
          int position = from + largest(in.get(1).value(), from, cell);
          if (inverse) {
            out[position] += values[pooled];
          } else {
            out[pooled] = values[position];
          }
        }
      }
    }
  }

  private int largest(double[] by, int from, int cell) {
    int best = shape.position(cell, 0);
    for (int e = 1; e < shape.windowSize(); e++) {
      int position = shape.position(cell, e);
      if (by[from + position] > by[from + best]) {
        best = position;
      }
    }
    return best;
  }

  private void average(double[] values, double[] out, int from, int cell, int pooled) {
    for (int e = 0; e < shape.windowSize(); e++) {
      int position = from + shape.position(cell, e);
      if (inverse) {
        out[position] += values[pooled] / shape.windowSize();
      } else {
        out[pooled] += values[position] / shape.windowSize();
      }
    }
  }

  @Override
  public Node adjoint(Tape tape, Node node, Node gradient, int i) {
    if (i == 1) {
      Node by = node.input(1);
      return tape.constant(0, by.rows(), by.columns());
    }
    if (node.inputs().size() == 1) {
      return inverse ? tape.averagePool(shape, gradient) : tape.averageUnpool(shape, gradient);
    }
    Node by = node.input(1);
    return inverse ? tape.maxPool(shape, gradient, by) : tape.maxUnpool(shape, gradient, by);
  }

  @Override
  public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
    ComplexNode a = in.get(0);
    if (in.size() == 1) {
      return inverse ? algebra.averageUnpool(shape, a) : algebra.averagePool(shape, a);
    }
    ComplexNode by = in.get(1);
    return inverse ? algebra.maxUnpool(shape, a, by) : algebra.maxPool(shape, a, by);
  }
}
