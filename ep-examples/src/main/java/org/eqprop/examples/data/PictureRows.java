package org.eqprop.examples.data;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;

/**
 * The rows of a decoded image as grey values in [0, 1], 0 black and 1 white, or as those of red,
 * green and blue.
 */
final class PictureRows {

  /** What 32-bit whole numbers are divided by. */
  private static final double MOST_UNSIGNED = 0xFFFF_FFFFL;

  private final BufferedImage image;
  private final int width;
  private final boolean grey;
  private final boolean wide;
  private final float[][] shares;
  private final float[] opacity;
  private final int[] colours;
  private final double[] samples;

  /**
   * Prepares to read an image.
   *
   * @param decoded any image
   * @param channels 1 for grey values, 3 for red, green and blue
   */
  PictureRows(BufferedImage decoded, int channels) {
    wide = isWide(decoded);
    image = wide ? decoded : plain(decoded);
    width = image.getWidth();
    // BufferedImage.getRGB would change grey values: it takes them for linear light.
    grey = isGrey(image.getColorModel());
    shares = new float[channels][width];
    opacity = new float[width];
    boolean raw = grey || wide;
    colours = new int[raw ? 0 : width];
    samples = new double[raw ? width * image.getRaster().getNumBands() : 0];
  }

  /** Whether some pixels may be transparent. */
  boolean hasOpacity() {
    return image.getColorModel().hasAlpha();
  }

  /** Values of a channel in the last row that was read, each times its opacity; reused. */
  float[] shares(int channel) {
    return shares[channel];
  }

  /** Grey value of a column in the last row that was read, times its opacity. */
  float grey(int x) {
    return shares.length == 1
        ? shares[0][x]
        : (299 * shares[0][x] + 587 * shares[1][x] + 114 * shares[2][x]) / 1000;
  }

  /** Opacities in [0, 1] of the last row that was read; reused. */
  float[] opacity() {
    return opacity;
  }

  /**
   * Reads a row.
   *
   * @throws NumberRangeException if a number is not finite or not in 0..1
   */
  void read(int y) {
    if (grey || wide) {
      readSamples(y);
    } else {
      readColours(y);
    }
  }

  private void readColours(int y) {
    image.getRGB(0, y, width, 1, colours, 0, width);
    for (int x = 0; x < width; x++) {
      int argb = colours[x];
      int red = argb >> 16 & 0xFF;
      int green = argb >> 8 & 0xFF;
      int blue = argb & 0xFF;
      opacity[x] = (argb >>> 24) / 255f;
      if (shares.length == 1) {
        // Rec. 601 luma, what most programs mean by grey.
        shares[0][x] = (299 * red + 587 * green + 114 * blue) / 255_000f * opacity[x];
      } else {
        shares[0][x] = red / 255f * opacity[x];
        shares[1][x] = green / 255f * opacity[x];
        shares[2][x] = blue / 255f * opacity[x];
      }
    }
  }

  private void readSamples(int y) {
    Raster raster = image.getRaster();
    raster.getPixels(0, y, width, 1, samples);
    int bands = raster.getNumBands();
    boolean alpha = hasOpacity();
    boolean multiplied = image.isAlphaPremultiplied();
    for (int x = 0; x < width; x++) {
      int first = x * bands;
      opacity[x] = alpha ? (float) unit(raster, first, bands - 1) : 1;
      for (int c = 0; c < shares.length; c++) {
        shares[c][x] = (float) value(raster, first, c) * (multiplied ? 1 : opacity[x]);
      }
    }
  }

  private double value(Raster raster, int first, int channel) {
    if (grey) {
      return unit(raster, first, 0);
    }
    return shares.length > 1
        ? unit(raster, first, channel)
        : (299 * unit(raster, first, 0)
                + 587 * unit(raster, first, 1)
                + 114 * unit(raster, first, 2))
            / 1000;
  }

  /** A sample, divided by the largest one that its type has. */
  private double unit(Raster raster, int first, int band) {
    double sample = samples[first + band];
    SampleModel model = raster.getSampleModel();
    int bits = model.getSampleSize(band);
    if (isFloating(model)) {
      if (!(sample >= 0 && sample <= 1)) {
        throw new NumberRangeException(sample);
      }
      return sample;
    }
    if (bits == 32) {
      return (sample < 0 ? sample + MOST_UNSIGNED + 1 : sample) / MOST_UNSIGNED;
    }
    return (float) sample / (float) ((1 << bits) - 1);
  }

  /** The same image in colours that {@code getRGB} gives quickly, or in grey. */
  private static BufferedImage plain(BufferedImage image) {
    ColorModel model = image.getColorModel();
    boolean indexed = model instanceof IndexColorModel;
    if (indexed || isGrey(model) || model.getColorSpace().isCS_sRGB()) {
      return image;
    }
    BufferedImage converted =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
    try {
      return new ColorConvertOp(null).filter(image, converted);
    } catch (CMMException | IllegalArgumentException badProfile) {
      return image;
    }
  }

  /** Whether a picture has one grey value for each pixel. */
  static boolean isGrey(ColorModel model) {
    return model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  /** Whether samples have more than 16 bits. */
  private static boolean isWide(BufferedImage image) {
    return image.getRaster().getSampleModel().getSampleSize(0) > 16;
  }

  private static boolean isFloating(SampleModel model) {
    int type = model.getDataType();
    return type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE;
  }

  /** A picture has floating-point numbers that are no grey values. */
  static final class NumberRangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NumberRangeException(double value) {
      super("it has the value " + value);
    }
  }
}
