package org.eqprop.examples.data;

/** The values of all images of a set, one image after another, each channel by channel. */
sealed interface Pixels {
  /** Number of values. */
  int length();

  /** Writes {@code length} values, as floats in [0, 1], to {@code dest}. Allocates nothing. */
  void copy(int from, int length, float[] dest, int offset);

  /** The same images of another order: value i of an image is value {@code from[i]} of it here. */
  Pixels permuted(int[] from);

  /** Unsigned bytes, of which {@code scaled} has the values as floats: a quarter of the memory. */
  final class Bytes implements Pixels {
    private final byte[] values;
    private final float[] scaled;

    Bytes(byte[] values, float[] scaled) {
      this.values = values;
      this.scaled = scaled;
    }

    @Override
    public int length() {
      return values.length;
    }

    @Override
    public void copy(int from, int length, float[] dest, int offset) {
      for (int i = 0; i < length; i++) {
        dest[offset + i] = scaled[values[from + i] & 0xFF];
      }
    }

    @Override
    public Pixels permuted(int[] from) {
      byte[] other = new byte[values.length];
      for (int start = 0; start < values.length; start += from.length) {
        for (int i = 0; i < from.length; i++) {
          other[start + i] = values[start + from[i]];
        }
      }
      return new Bytes(other, scaled);
    }
  }

  /** Floats in [0, 1]. */
  final class Floats implements Pixels {
    private final float[] values;

    Floats(float[] values) {
      this.values = values;
    }

    @Override
    public int length() {
      return values.length;
    }

    @Override
    public void copy(int from, int length, float[] dest, int offset) {
      System.arraycopy(values, from, dest, offset, length);
    }

    @Override
    public Pixels permuted(int[] from) {
      float[] other = new float[values.length];
      for (int start = 0; start < values.length; start += from.length) {
        for (int i = 0; i < from.length; i++) {
          other[start + i] = values[start + from[i]];
        }
      }
      return new Floats(other);
    }
  }
}
