package org.eqprop.examples.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/** A grey image: values in [0, 1], row-major, 0 black and 1 white. */
final class GreyImage {

  private final int height;
  private final int width;
  private final float[] values;

  private GreyImage(int height, int width, float[] values) {
    this.height = height;
    this.width = width;
    this.values = values;
  }

  /** Converts an image, as if on white paper where it is transparent. */
  static GreyImage of(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    float[] values = new float[height * width];
    // BufferedImage.getRGB would change grey values: it takes them for linear light.
    boolean grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        values[y * width + x] =
            grey ? greySample(image.getRaster(), x, y) : luma(image.getRGB(x, y));
      }
    }
    return new GreyImage(height, width, values);
  }

  /**
   * Stretches the image: each new value is the mean over the area it covers.
   *
   * @return {@code newHeight · newWidth} values, row-major
   */
  float[] scaled(int newHeight, int newWidth) {
    if (newHeight == height && newWidth == width) {
      return values.clone();
    }
    float[] rows = new float[newHeight * width];
    for (int x = 0; x < width; x++) {
      means(values, x, width, height, rows, x, width, newHeight);
    }
    float[] scaled = new float[newHeight * newWidth];
    for (int y = 0; y < newHeight; y++) {
      means(rows, y * width, 1, width, scaled, y * newWidth, 1, newWidth);
    }
    return scaled;
  }

  /** Turns one line of {@code n} values into {@code m} means, each over n/m of the line. */
  private static void means(
      float[] from, int start, int step, int n, float[] to, int toStart, int toStep, int m) {
    for (int j = 0; j < m; j++) {
      // In units of 1/m of a value, so that the borders are whole numbers.
      long low = (long) j * n;
      long high = low + n;
      double sum = 0;
      for (long i = low / m; i * m < high; i++) {
        long overlap = Math.min((i + 1) * m, high) - Math.max(i * m, low);
        sum += overlap * (double) from[start + (int) i * step];
      }
      to[toStart + j * toStep] = (float) (sum / n);
    }
  }

  private static float greySample(Raster raster, int x, int y) {
    float value = sample(raster, x, y, 0);
    return raster.getNumBands() == 1 ? value : onPaper(value, sample(raster, x, y, 1));
  }

  private static float sample(Raster raster, int x, int y, int band) {
    int most = (1 << raster.getSampleModel().getSampleSize(band)) - 1;
    return raster.getSample(x, y, band) / (float) most;
  }

  /** Rec. 601 luma, what most programs mean by grey. */
  private static float luma(int argb) {
    int red = argb >> 16 & 0xFF;
    int green = argb >> 8 & 0xFF;
    int blue = argb & 0xFF;
    float luma = (299 * red + 587 * green + 114 * blue) / 255_000f;
    return onPaper(luma, (argb >>> 24) / 255f);
  }

  private static float onPaper(float value, float opacity) {
    return value * opacity + (1 - opacity);
  }
}
