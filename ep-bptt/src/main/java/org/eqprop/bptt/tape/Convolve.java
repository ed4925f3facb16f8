package org.eqprop.bptt.tape;

import java.util.Arrays;
import java.util.List;
import org.eqprop.core.network.ConvolutionShape;

/**
 * The derivative of the trilinear form Σ y·(W ∗ x) by one of x, W and y, which is an expression in
 * the other two: by y it is the convolution, by x the transposed convolution, by W the correlation
 * of y and x. So each derivative of each is one of the three again.
 *
 * <p>Each is a matrix product for each sample: with the patches of x that the filters meet, one a
 * column (or a row, for the gradient), Y = W·P, P = Wᵀ·Y, W = Y·Pᵀ.
 *
 * @param shape of the convolution
 * @param by what the form is differentiated by; the inputs are the other two, in this order
 * @param product computes it
 */
record Convolve(ConvolutionShape shape, Role by, MatrixProduct product) implements Operator {
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
    int filters = shape.filters();
    int elements = shape.filterSize();
    int positions = shape.outputHeight() * shape.outputWidth();
    double[] patches = new double[elements * positions];
    int samples = (by == Role.X ? out : first).length / shape.inputSize();
    for (int n = 0; n < samples; n++) {
      int x = n * shape.inputSize();
      int y = n * shape.outputSize();
      switch (by) {
        case Y -> {
          patches(first, x, patches, false);
          product.run(false, filters, elements, positions, second, patches, 0, out, y, false);
        }
        case X -> {
          product.run(true, elements, filters, positions, first, second, y, patches, 0, false);
          addPatches(patches, out, x);
        }
        case W -> {
          patches(first, x, patches, true);
          double[] own = Arrays.copyOfRange(second, y, y + shape.outputSize());
          product.run(false, filters, positions, elements, own, patches, 0, out, 0, true);
        }
      }
    }
  }

  /** The patches of one sample: of each position a column, or a row. */
  private void patches(double[] x, int start, double[] patches, boolean rows) {
    Arrays.fill(patches, 0);
    int elements = shape.filterSize();
    int positions = shape.outputHeight() * shape.outputWidth();
    for (int e = 0; e < elements; e++) {
      for (int i = 0; i < shape.outputHeight(); i++) {
        int to = endColumn(e, i);
        int source = source(e, i, start);
        for (int j = firstColumn(e); j < to; j++) {
          int p = i * shape.outputWidth() + j;
          int place = rows ? p * elements + e : e * positions + p;
          patches[place] = x[source + j * shape.stride()];
        }
      }
    }
  }

  /** The adjoint of {@link #patches}, a column a position. */
  private void addPatches(double[] patches, double[] x, int start) {
    int positions = shape.outputHeight() * shape.outputWidth();
    for (int e = 0; e < shape.filterSize(); e++) {
      for (int i = 0; i < shape.outputHeight(); i++) {
        int to = endColumn(e, i);
        int source = source(e, i, start);
        int patch = e * positions + i * shape.outputWidth();
        for (int j = firstColumn(e); j < to; j++) {
          x[source + j * shape.stride()] += patches[patch + j];
        }
      }
    }
  }

  /** Where x holds what element {@code e} of a filter meets in row {@code i}, column 0 of y. */
  private int source(int e, int i, int start) {
    int kernel = shape.kernel();
    int channel = e / (kernel * kernel);
    int row = i * shape.stride() + e / kernel % kernel - shape.padding();
    int column = e % kernel - shape.padding();
    return start + (channel * shape.height() + row) * shape.width() + column;
  }

  /** The first column of y where element {@code e} meets x, not the padding. */
  private int firstColumn(int e) {
    int shift = e % shape.kernel() - shape.padding();
    return shift >= 0 ? 0 : (-shift + shape.stride() - 1) / shape.stride();
  }

  /** The end of those columns in row {@code i}; 0 if the whole row meets the padding. */
  private int endColumn(int e, int i) {
    int row = i * shape.stride() + e / shape.kernel() % shape.kernel() - shape.padding();
    int shift = e % shape.kernel() - shape.padding();
    int end = Math.floorDiv(shape.width() - 1 - shift, shape.stride()) + 1;
    return row < 0 || row >= shape.height() ? 0 : Math.min(shape.outputWidth(), end);
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

  @Override
  public ComplexNode continued(ComplexAlgebra algebra, List<ComplexNode> in, Node node) {
    ComplexNode first = in.get(0);
    ComplexNode second = in.get(1);
    return switch (by) {
      case X -> algebra.convolveTransposed(shape, second, first);
      case W -> algebra.convolutionWeights(shape, second, first);
      case Y -> algebra.convolve(shape, first, second);
    };
  }
}
