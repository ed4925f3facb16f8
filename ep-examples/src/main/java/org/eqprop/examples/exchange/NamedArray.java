package org.eqprop.examples.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;

/**
 * An array of any rank with a name, row-major.
 *
 * @param name such as {@code weight.0}
 * @param type of its elements
 * @param shape dimensions, the slowest first
 * @param data its elements, little-endian; not to be changed
 */
public record NamedArray(String name, Type type, Shape shape, ByteBuffer data) {
  /** A type of elements. */
  public enum Type {
    /** 32-bit floating point. */
    FLOAT32("<f4"),
    /** 32-bit whole numbers. */
    INT32("<i4");

    private final String numpy;

    Type(String numpy) {
      this.numpy = numpy;
    }

    /** What NumPy calls it in a file's header. */
    String numpy() {
      return numpy;
    }
  }

  /** Floats of a shape, row-major. */
  public static NamedArray of(String name, Shape shape, float[] values) {
    ByteBuffer data = buffer(shape.size());
    data.asFloatBuffer().put(values, 0, shape.size());
    return new NamedArray(name, Type.FLOAT32, shape, data);
  }

  /** Whole numbers, one after the other. */
  public static NamedArray of(String name, int[] values) {
    ByteBuffer data = buffer(values.length);
    data.asIntBuffer().put(values);
    return new NamedArray(name, Type.INT32, Shape.of(values.length), data);
  }

  /**
   * The first rows of a batch, each of a shape.
   *
   * @param count how many
   * @param each the shape of one row
   */
  public static NamedArray of(String name, Rows rows, int count, Shape each) {
    ByteBuffer data = buffer(Math.multiplyExact(count, each.size()));
    var floats = data.asFloatBuffer();
    for (int r = 0; r < count; r++) {
      floats.put(rows.data(), rows.index(r, 0), each.size());
    }
    return new NamedArray(name, Type.FLOAT32, many(count, each), data);
  }

  private static Shape many(int count, Shape each) {
    int[] dimensions = new int[each.rank() + 1];
    dimensions[0] = count;
    System.arraycopy(each.toArray(), 0, dimensions, 1, each.rank());
    return Shape.of(dimensions);
  }

  private static ByteBuffer buffer(int elements) {
    return ByteBuffer.allocate(Math.multiplyExact(elements, Float.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The same array under another name. */
  NamedArray named(String other) {
    return new NamedArray(other, type, shape, data);
  }

  /** The floats. */
  float[] floats() {
    float[] values = new float[shape.size()];
    data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /** The array for people: {@code weight.0 float32 10x512}. */
  public String description() {
    String size =
        Arrays.stream(shape.toArray()).mapToObj(Integer::toString).collect(Collectors.joining("x"));
    return name + " " + type.name().toLowerCase(java.util.Locale.ROOT) + " " + size;
  }
}
