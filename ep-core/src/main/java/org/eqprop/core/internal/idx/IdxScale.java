package org.eqprop.core.internal.idx;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.eqprop.core.DataException;

/** Finds out which value of an IDX file of images is 1.0. */
public final class IdxScale {
  /** White where the values are bytes. */
  public static final int BYTE_WHITE = 255;

  private IdxScale() {}

  /**
   * The value that is 1.0: 255, or 1 if no value is larger and the type is not bytes.
   *
   * @throws DataException if it is neither
   */
  public static int white(IdxFile file) {
    if (file.type() == IdxType.UBYTE) {
      return BYTE_WHITE;
    }
    ByteBuffer body = file.body();
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    boolean whole = true;
    for (int i = 0; i < file.length(); i++) {
      double value = file.type().value(body, i);
      if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
        throw new DataException(
            file.path(), "value number " + i + " is " + value, "images have numbers from 0 to 1");
      }
      least = Math.min(least, value);
      most = Math.max(most, value);
      whole &= value == Math.rint(value);
    }
    if (least >= 0 && most <= 1) {
      return 1;
    }
    if (least >= 0 && most <= BYTE_WHITE && whole) {
      return BYTE_WHITE;
    }
    throw file.unsupported(
        String.format(
            Locale.ROOT,
            "its values go from %s to %s, but images are read with values from 0 to 1, or whole"
                + " ones from 0 to 255",
            text(least),
            text(most)));
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
