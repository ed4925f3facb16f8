package org.eqprop.bptt.tape;

import java.util.Arrays;
import java.util.List;

/**
 * op(A)·B. (A transposed right operand is a node of its own, so that a constant one is transposed
 * once.)
 *
 * <p>Each element adds its products by fused multiply-add in ascending order of k. The loop is
 * written for the compiler's auto-vectoriser: it gives up where arrays are read and written at
 * different offsets, because they might be the same array, so a tile of C and {@value Tiles#DEPTH}
 * rows of B are copied to arrays of their own, all indexed alike. That makes 15 to 26 GFLOP/s a
 * thread instead of 6 (512-wide layers, 20 samples, AVX-512, JDK 25).
 *
 * @param transposeA whether op transposes
 * @param tiles scratch
 */
record Matmul(boolean transposeA, Tiles tiles) implements Operator {

  /** Scratch, one a tape. */
  static final class Tiles {
    /** Rows of B, or steps of k, at a time. */
    static final int DEPTH = 8;

    /** Rows of C at a time. */
    private static final int ROWS = 32;

    /** Columns at a time: 16 KiB of B, which stay in the first-level cache. */
    private static final int COLUMNS = 256;

    private final double[][] b = new double[DEPTH][COLUMNS];
    private final double[][] c = new double[ROWS][COLUMNS];
    private final double[] a = new double[DEPTH];
  }

  @Override
  public void evaluate(List<Node> in, double[] out) {
    Node a = in.get(0);
    Node b = in.get(1);
    int rows = out.length / b.columns();
    for (int row = 0; row < rows; row += Tiles.ROWS) {
      for (int column = 0; column < b.columns(); column += Tiles.COLUMNS) {
        tile(a, b, out, row, Math.min(Tiles.ROWS, rows - row), column);
      }
    }
  }

  private void tile(Node a, Node b, double[] out, int row, int height, int column) {
    int width = Math.min(Tiles.COLUMNS, b.columns() - column);
    for (int r = 0; r < height; r++) {
      Arrays.fill(tiles.c[r], 0, width, 0);
    }
    double[] left = a.value();
    double[] right = b.value();
    int down = transposeA ? 1 : a.columns();
    int along = transposeA ? a.columns() : 1;
    for (int k = 0; k < b.rows(); k += Tiles.DEPTH) {
      int depth = Math.min(Tiles.DEPTH, b.rows() - k);
      for (int d = 0; d < Tiles.DEPTH; d++) {
        if (d < depth) {
          System.arraycopy(right, (k + d) * b.columns() + column, tiles.b[d], 0, width);
        } else {
          Arrays.fill(tiles.b[d], 0, width, 0);
        }
      }
      for (int r = 0; r < height; r++) {
        for (int d = 0; d < Tiles.DEPTH; d++) {
          tiles.a[d] = d < depth ? left[(row + r) * down + (k + d) * along] : 0;
        }
        addProducts(tiles.a, tiles.b, tiles.c[r], width);
      }
    }
    for (int r = 0; r < height; r++) {
      System.arraycopy(tiles.c[r], 0, out, (row + r) * b.columns() + column, width);
    }
  }

  /** c += a·b over {@value Tiles#DEPTH} rows of b. */
  private static void addProducts(double[] a, double[][] b, double[] c, int width) {
    double a0 = a[0];
    double a1 = a[1];
    double a2 = a[2];
    double a3 = a[3];
    double a4 = a[4];
    double a5 = a[5];
    double a6 = a[6];
    double a7 = a[7];
    double[] b0 = b[0];
    double[] b1 = b[1];
    double[] b2 = b[2];
    double[] b3 = b[3];
    double[] b4 = b[4];
    double[] b5 = b[5];
    double[] b6 = b[6];
    double[] b7 = b[7];
    for (int j = 0; j < width; j++) {
      double sum = Math.fma(a0, b0[j], c[j]);
      sum = Math.fma(a1, b1[j], sum);
      sum = Math.fma(a2, b2[j], sum);
      sum = Math.fma(a3, b3[j], sum);
      sum = Math.fma(a4, b4[j], sum);
      sum = Math.fma(a5, b5[j], sum);
      sum = Math.fma(a6, b6[j], sum);
      c[j] = Math.fma(a7, b7[j], sum);
    }
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
}
