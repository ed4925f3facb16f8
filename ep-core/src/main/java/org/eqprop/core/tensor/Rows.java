package org.eqprop.core.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One row a sample: a float matrix whose rows are padded to whole vectors.
 *
 * <p>Row {@code r} occupies {@code data[index(r, 0)]} to {@code data[index(r, size - 1)]}; the
 * columns from {@code size} up to {@link #padded()} exist and <b>are zero</b>. Every kernel keeps
 * them so, which is what lets the SIMD loops run without masks. A handle, no arithmetic.
 */
public final class Rows {
  /** Rows are padded to a multiple of this many floats: one 512-bit vector. */
  public static final int PAD = 16;

  /**
   * Strides that are a multiple of this many floats (1 KiB) would put all rows of a tile into a few
   * cache sets; such a stride is lengthened by one pad.
   */
  private static final int CONFLICT = 256;

  /**
   * Elements start this many floats into their array: 16 bytes of header and 12 floats make 64, so
   * in an array that the JVM put on a cache line (large ones, or all with {@code
   * -XX:ObjectAlignmentInBytes=64}) no vector straddles two lines. Worth 10 % in a GEMM.
   */
  static final int LEAD = 12;

  /**
   * Floats from one row of {@link #packed()} to the next: more than {@link #PACKED_SIZE}, and such
   * that ten rows, read side by side, come to their next cache line at ten different times.
   */
  public static final int PACKED_STRIDE = 1059;

  /** Floats that a row of {@link #packed()} holds. */
  public static final int PACKED_SIZE = 1056;

  private final float[] data;
  private final Area area;
  private final int first;
  private final int offset;
  private final int count;
  private final int size;
  private final int stride;

  private Rows(float[] data, Area area, int first, int offset, int count, int size, int stride) {
    this.data = data;
    this.area = area;
    this.first = first;
    this.offset = offset;
    this.count = count;
    this.size = size;
    this.stride = stride;
  }

  /**
   * {@return {@code count} rows of {@code size} columns, all zero} Both are at least 1.
   *
   * @param count number of rows, at least 1
   * @param size number of columns, at least 1
   * @throws IllegalArgumentException if one is below 1
   * @throws TooLargeException if they do not fit into an array
   */
  public static Rows allocate(int count, int size) {
    if (count < 1 || size < 1) {
      throw new IllegalArgumentException(
          "Rows need a count and a size of at least 1, got " + count + " and " + size + ".");
    }
    int padded = padded(size);
    int stride = padded % CONFLICT == 0 ? padded + PAD : padded;
    float[] data = array(count, size, stride);
    return new Rows(data, new Area(count), 0, LEAD, count, size, stride);
  }

  /** Room for {@code count} rows of {@code size} numbers that begin {@code stride} apart. */
  static float[] array(int count, int size, int stride) {
    long length = LEAD + (long) count * stride;
    if (stride < size || length > Integer.MAX_VALUE - 8) {
      throw new TooLargeException(count, size);
    }
    return new float[(int) length];
  }

  /**
   * {@return {@code size} rounded up to whole pads}
   *
   * @param size number of columns, at least 1
   */
  public static int padded(int size) {
    return (size + PAD - 1) / PAD * PAD;
  }

  /**
   * {@return the rows {@code from} (inclusive) to {@code to} (exclusive) of this one, sharing its
   * storage}
   *
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public Rows slice(int from, int to) {
    if (from < 0 || to > count || from > to) {
      throw new IndexOutOfBoundsException(
          "Rows " + from + " to " + to + " of " + count + " rows were asked for.");
    }
    return new Rows(data, area, first + from, index(from, 0), to - from, size, stride);
  }

  /** {@return the same rows, sharing their storage, with another area for {@link #packed()}} */
  public Rows alias() {
    return new Rows(data, new Area(area.rows), first, offset, count, size, stride);
  }

  /** {@return the storage; shared, not a copy} */
  public float[] data() {
    return data;
  }

  /**
   * {@return where a kernel that reads rows r to r + n may keep another arrangement of them: from
   * {@link #packedIndex} of the first up to that of r + n} Made when first asked for. Undefined
   * between calls; not part of the value.
   */
  public float[] packed() {
    return area.floats();
  }

  /**
   * {@return the position of a row's place in {@link #packed()}} Not checked.
   *
   * @param row a row, from 0
   */
  public int packedIndex(int row) {
    return LEAD + (first + row) * PACKED_STRIDE;
  }

  /**
   * {@return the position of an element in {@link #data()}} Not checked.
   *
   * @param row a row, from 0
   * @param column a column, from 0
   */
  public int index(int row, int column) {
    return offset + row * stride + column;
  }

  /** {@return the number of rows} */
  public int count() {
    return count;
  }

  /** {@return the number of columns that carry values} */
  public int size() {
    return size;
  }

  /** {@return the number of columns that exist: {@link #size()} rounded up to {@link #PAD}} */
  public int padded() {
    return padded(size);
  }

  /** {@return floats from one row to the next} */
  public int stride() {
    return stride;
  }

  /**
   * {@return the element at {@code row}, {@code column}}
   *
   * @param row a row, from 0
   * @param column a column, from 0
   */
  public float get(int row, int column) {
    return data[index(row, column)];
  }

  /**
   * Sets the element at {@code row}, {@code column}.
   *
   * @param row a row, from 0
   * @param column a column, from 0
   * @param value the new value
   */
  public void set(int row, int column, float value) {
    data[index(row, column)] = value;
  }

  /**
   * Sets rows {@code from} to {@code to} (exclusive) to zero.
   *
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void clear(int from, int to) {
    for (int r = from; r < to; r++) {
      Arrays.fill(data, index(r, 0), index(r, padded()), 0f);
    }
  }

  /**
   * Copies rows {@code from} to {@code to} (exclusive) of {@code source} into the same rows.
   *
   * @param source copied from
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void copy(Rows source, int from, int to) {
    for (int r = from; r < to; r++) {
      System.arraycopy(source.data, source.index(r, 0), data, index(r, 0), padded());
    }
  }

  /**
   * Copies row {@code other} of {@code source} into row {@code row}.
   *
   * @param row the row that is written
   * @param source copied from
   * @param other the row that is read
   */
  public void copyRow(int row, Rows source, int other) {
    System.arraycopy(source.data, source.index(other, 0), data, index(row, 0), padded());
  }

  /**
   * Exchanges two rows.
   *
   * @param one a row
   * @param other another row
   */
  public void swap(int one, int other) {
    int x = index(one, 0);
    int y = index(other, 0);
    for (int c = 0; c < padded(); c++) {
      float kept = data[x + c];
      data[x + c] = data[y + c];
      data[y + c] = kept;
    }
  }

  /** What {@link #packed()} returns, shared by slices. */
  private static final class Area {
    private final int rows;
    private volatile float @Nullable [] floats;

    Area(int rows) {
      this.rows = rows;
    }

    float[] floats() {
      float[] made = floats;
      return made == null ? make() : made;
    }

    /** One area for all threads that ask for the first time at once. */
    private synchronized float[] make() {
      float[] made = floats;
      if (made == null) {
        made = new float[Math.addExact(LEAD, Math.multiplyExact(rows, PACKED_STRIDE))];
        floats = made;
      }
      return made;
    }
  }
}
