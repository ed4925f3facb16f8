package org.eqprop.examples.data;

import java.util.Arrays;

/**
 * Stretches an image that comes row by row: each new value is the mean over the area it covers. It
 * keeps one row of the image and the new values, never the whole image.
 */
final class AreaMean {

  private final int height;
  private final int width;
  private final int newHeight;
  private final int newWidth;
  private final double[] sums;
  private final float[] line;
  private final float[] result;
  private int rows;
  private int done;

  /**
   * Makes an empty result.
   *
   * @param height number of rows that will come, at least 1
   * @param width values of a row, at least 1
   * @param newHeight number of rows of the result, at least 1
   * @param newWidth values of a row of the result, at least 1
   */
  AreaMean(int height, int width, int newHeight, int newWidth) {
    this.height = height;
    this.width = width;
    this.newHeight = newHeight;
    this.newWidth = newWidth;
    this.sums = new double[width];
    this.line = new float[width];
    this.result = new float[newHeight * newWidth];
  }

  /** Takes the next row. Only the first {@code width} values are read. */
  void add(float[] row) {
    // In units of 1/newHeight of a row, so that the borders are whole numbers.
    long low = (long) rows * newHeight;
    long high = low + newHeight;
    rows++;
    for (long y = low / height; y * height < high; y++) {
      long overlap = Math.min((y + 1) * height, high) - Math.max(y * height, low);
      for (int x = 0; x < width; x++) {
        sums[x] += overlap * (double) row[x];
      }
      if ((y + 1) * height <= high) {
        finishLine();
      }
    }
  }

  /**
   * Returns the stretched image, once all rows have been added.
   *
   * @return {@code newHeight · newWidth} values, row-major
   */
  float[] result() {
    return result;
  }

  private void finishLine() {
    for (int x = 0; x < width; x++) {
      line[x] = (float) (sums[x] / height);
    }
    Arrays.fill(sums, 0);
    for (int x = 0; x < newWidth; x++) {
      long low = (long) x * width;
      long high = low + width;
      double sum = 0;
      for (long i = low / newWidth; i * newWidth < high; i++) {
        long overlap = Math.min((i + 1) * newWidth, high) - Math.max(i * newWidth, low);
        sum += overlap * (double) line[(int) i];
      }
      result[done * newWidth + x] = (float) (sum / width);
    }
    done++;
  }
}
