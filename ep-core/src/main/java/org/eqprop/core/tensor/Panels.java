package org.eqprop.core.tensor;

/**
 * A {@code rows × columns} matrix packed in column panels, the layout in which a GEMM reads its
 * right-hand side as one stream.
 *
 * <p>Panel {@code p} holds columns {@code p·NR} to {@code p·NR + width(p) − 1} of all rows, row
 * after row: element (r, c) is at {@code L + p·NR·rows + r·width(p) + (c − p·NR)} with {@code p = c
 * / NR} and L a constant that puts it on a cache line. All panels are {@link #NR} wide but the
 * last, which is half as wide where half suffices. Columns beyond {@code columns} exist and are
 * zero.
 */
public final class Panels {
  /** Columns a panel: two 512-bit, four 256-bit or eight 128-bit vectors. */
  public static final int NR = 2 * Rows.PAD;

  private final float[] data;
  private final int rows;
  private final int columns;

  private Panels(float[] data, int rows, int columns) {
    this.data = data;
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * {@return a zero matrix of {@code rows × columns}, both at least 1}
   *
   * @param rows number of rows, at least 1
   * @param columns number of columns, at least 1
   * @throws TooLargeException if it does not fit into an array
   */
  public static Panels allocate(int rows, int columns) {
    return new Panels(Rows.array(rows, columns, Rows.padded(columns)), rows, columns);
  }

  /** {@return the storage; shared, not a copy} */
  public float[] data() {
    return data;
  }

  /** {@return the number of rows} */
  public int rows() {
    return rows;
  }

  /** {@return the number of columns that carry values} */
  public int columns() {
    return columns;
  }

  /** {@return the number of panels} */
  public int count() {
    return (columns + NR - 1) / NR;
  }

  /**
   * {@return the columns that exist in panel {@code p}: {@link #NR}, or half of it in a short last
   * panel}
   *
   * @param p number of a panel, from 0
   */
  public int width(int p) {
    return Math.min(NR, Rows.padded(columns) - p * NR);
  }

  /**
   * {@return the position of the first element of panel {@code p} in {@link #data()}}
   *
   * @param p number of a panel, from 0
   */
  public int offset(int p) {
    return Rows.LEAD + p * NR * rows;
  }

  /**
   * {@return the position of element ({@code row}, {@code column}) in {@link #data()}}
   *
   * @param row a row of the matrix, from 0
   * @param column a column of the matrix, from 0
   */
  public int index(int row, int column) {
    int p = column / NR;
    return offset(p) + row * width(p) + (column - p * NR);
  }

  /**
   * {@return the element at {@code row}, {@code column}}
   *
   * @param row a row of the matrix, from 0
   * @param column a column of the matrix, from 0
   */
  public float get(int row, int column) {
    return data[index(row, column)];
  }

  /**
   * Sets the element at {@code row}, {@code column}.
   *
   * @param row a row of the matrix, from 0
   * @param column a column of the matrix, from 0
   * @param value the new value
   */
  public void set(int row, int column, float value) {
    data[index(row, column)] = value;
  }
}
