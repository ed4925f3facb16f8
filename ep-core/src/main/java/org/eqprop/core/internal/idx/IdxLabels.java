package org.eqprop.core.internal.idx;

import java.nio.ByteBuffer;
import org.eqprop.core.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the labels of an IDX file of any type: one a sample, a row a sample with a single 1 in the
 * class's column, or QMNIST's rows of eight integers with the class in the first.
 */
public final class IdxLabels {
  private static final int QMNIST_COLUMNS = 8;

  private IdxLabels() {}

  /**
   * Reads the labels.
   *
   * @return one for each sample
   * @throws DataException if the file cannot be read, is damaged, or has no such labels
   */
  public static int[] of(IdxFile file) {
    int columns = file.length() / file.count();
    if (columns == 1) {
      return column(file, 1);
    }
    if (file.sizes().length == 2) {
      int @Nullable [] classes = oneHot(file, columns);
      if (classes != null) {
        return classes;
      }
      if (columns == QMNIST_COLUMNS && file.type() == IdxType.INT) {
        return column(file, columns);
      }
    } else if (file.sizes().length == 3 && file.type() == IdxType.UBYTE) {
      throw new DataException(
          file.path(), "holds images where labels belong", "check which file has which name");
    }
    throw file.unsupported(
        "labels have 1 dimension, or 2: a column for each class with a single 1 in a row, or"
            + " QMNIST's 8 columns of 32-bit integers");
  }

  private static int[] column(IdxFile file, int columns) {
    ByteBuffer body = file.body();
    int[] labels = new int[file.count()];
    for (int i = 0; i < labels.length; i++) {
      double value = file.type().value(body, i * columns);
      labels[i] = (int) value;
      if (labels[i] != value) {
        throw new DataException(
            file.path(),
            "label " + value + " of sample " + i + " is no whole number of 32 bits",
            "labels are numbers of classes, such as 0, 1, 2");
      }
    }
    return labels;
  }

  /** The column of the 1 in each row; null if not all rows are a single 1 and zeros. */
  private static int @Nullable [] oneHot(IdxFile file, int columns) {
    ByteBuffer body = file.body();
    int[] classes = new int[file.count()];
    for (int i = 0; i < classes.length; i++) {
      int one = -1;
      for (int c = 0; c < columns; c++) {
        double value = file.type().value(body, i * columns + c);
        if (value != 0 && (value != 1 || one >= 0)) {
          return null;
        }
        one = value == 1 ? c : one;
      }
      if (one < 0) {
        return null;
      }
      classes[i] = one;
    }
    return classes;
  }
}
