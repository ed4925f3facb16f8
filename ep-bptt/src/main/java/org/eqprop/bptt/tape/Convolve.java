package org.eqprop.bptt.tape;

import java.util.Arrays;
import java.util.List;
import org.eqprop.core.network.ConvolutionShape;

/**
 * The derivative of the trilinear form Σ y·(W ∗ x) by one of x, W and y, which is an expression in
 * the other two: by y it is the convolution, by x the transposed convolution, by W the correlation
 * of y and x. So each derivative of each is one of the three again.
 *
 * @param shape of the convolution
 * @param by what the form is differentiated by; the inputs are the other two, in this order
 */
record Convolve(ConvolutionShape shape, Role by) implements Operator {
  /** The form's three arguments. */
  enum Role {
    /** The maps that are convolved. */
    X,
    /** The filters. */
    W,
    /** The result's maps. */
    Y
  }

  @Override
  public void evaluate(List<Node> in, double[] out) {
    Arrays.fill(out, 0);
    double[] first = in.get(0).value();
    double[] second = in.get(1).value();
    switch (by) {
      case X -> addAll(out, first, second);
      case W -> addAll(first, out, second);
      case Y -> addAll(first, second, out);
    }
  }

  private void addAll(double[] x, double[] w, double[] y) {
    int samples = x.length / shape.inputSize();
    for (int n = 0; n < samples; n++) {
      for (int o = 0; o < shape.filters(); o++) {
        for (int c = 0; c < shape.channels(); c++) {
          addChannel(x, w, y, n, o, c);
        }
      }
    }
  }

  private void addChannel(double[] x, double[] w, double[] y, int n, int o, int c) {
    int rows = shape.outputHeight();
    int xs = n * shape.inputSize() + c * shape.height() * shape.width();
    int ys = n * shape.outputSize() + o * rows * shape.outputWidth();
    int ws = (o * shape.channels() + c) * shape.kernel() * shape.kernel();
    for (int a = 0; a < shape.kernel(); a++) {
      for (int i = 0; i < rows; i++) {
        int row = i * shape.stride() + a - shape.padding();
        for (int b = 0; row >= 0 && row < shape.height() && b < shape.kernel(); b++) {
          int weight = ws + a * shape.kernel() + b;
          addRow(x, xs + row * shape.width(), w, weight, y, ys + i * shape.outputWidth(), b);
        }
      }
    }
  }

  /** The products of one row of y, one weight of column {@code b} and the row of x it meets. */
  private void addRow(double[] x, int xs, double[] w, int weight, double[] y, int ys, int b) {
    int stride = shape.stride();
    int shift = b - shape.padding();
    int from = shift >= 0 ? 0 : (-shift + stride - 1) / stride;
    int to = Math.min(shape.outputWidth(), Math.floorDiv(shape.width() - 1 - shift, stride) + 1);
    switch (by) {
      case X -> {
        for (int j = from; j < to; j++) {
          x[xs + j * stride + shift] += w[weight] * y[ys + j];
        }
      }
      case W -> {
        double sum = 0;
        for (int j = from; j < to; j++) {
          sum += x[xs + j * stride + shift] * y[ys + j];
        }
        w[weight] += sum;
      }
      case Y -> {
        for (int j = from; j < to; j++) {
          y[ys + j] += w[weight] * x[xs + j * stride + shift];
        }
      }
    }
  }

  @Override
  public Node adjoint(Tape tape, Node node, Node gradient, int i) {
    Node other = node.input(1 - i);
    return switch (by) {
      case X ->
          i == 0
              ? tape.convolutionWeights(shape, other, gradient)
              : tape.convolve(shape, gradient, other);
      case W ->
          i == 0
              ? tape.convolveTransposed(shape, other, gradient)
              : tape.convolve(shape, other, gradient);
      case Y ->
          i == 0
              ? tape.convolveTransposed(shape, gradient, other)
              : tape.convolutionWeights(shape, gradient, other);
    };
  }
}
