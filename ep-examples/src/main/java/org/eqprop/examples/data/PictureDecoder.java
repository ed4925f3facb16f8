package org.eqprop.examples.data;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a picture in bands of rows, as many at a time as an eighth of the JVM's memory holds, and
 * stretches it on the way. How many bands there are does not change a bit of the result.
 */
final class PictureDecoder {

  /** What part of the JVM's memory a band takes at most. */
  private static final int PART_OF_MEMORY = 8;

  /** Bytes of a pixel where the decoder does not tell: colours of 16 bits and opacity. */
  private static final int MOST_BYTES = 8;

  private final ImageReader reader;
  private final int height;
  private final int width;
  private final ImageShape wanted;
  private final AreaMean[] shares;
  private @Nullable AreaMean opacity;
  private double ink;
  private double covered;

  private PictureDecoder(ImageReader reader, ImageShape wanted) throws IOException {
    this.reader = reader;
    this.height = reader.getHeight(0);
    this.width = reader.getWidth(0);
    this.wanted = wanted;
    this.shares = new AreaMean[wanted.channels()];
    Arrays.setAll(shares, channel -> mean());
  }

  private AreaMean mean() {
    return new AreaMean(height, width, wanted.height(), wanted.width());
  }

  /**
   * Decodes the first image of a file.
   *
   * @param reader with its input
   * @param wanted rows and columns; one channel for grey values, or those of colours
   * @param invert whether dark ink on light paper becomes light ink on dark paper
   * @param bandBytes about how many bytes a band may have
   * @return the values in [0, 1] of each channel, row-major
   * @throws IOException if the file is damaged
   */
  static float[][] decode(ImageReader reader, ImageShape wanted, boolean invert, long bandBytes)
      throws IOException {
    PictureDecoder decoder = new PictureDecoder(reader, wanted);
    long bytesOfRow = (long) decoder.width * bytesOfPixel(reader);
    int rows = Math.clamp(bandBytes / bytesOfRow, 1, decoder.height);
    for (int y = 0; y < decoder.height; y += rows) {
      decoder.band(y, Math.min(rows, decoder.height - y));
    }
    return decoder.onPaper(invert);
  }

  /** How many bytes a band may have in this JVM. */
  static long bandBytes() {
    return Runtime.getRuntime().maxMemory() / PART_OF_MEMORY;
  }

  private void band(int y, int rows) throws IOException {
    ImageReadParam param = reader.getDefaultReadParam();
    if (rows < height) {
      param.setSourceRegion(new Rectangle(0, y, width, rows));
    }
    BufferedImage image = reader.read(0, param);
    if (image.getHeight() != rows || image.getWidth() != width) {
      throw new IOException("a band of another size");
    }
    PictureRows picture = new PictureRows(image, shares.length);
    if (picture.hasOpacity() && opacity == null) {
      opacity = mean();
    }
    for (int i = 0; i < rows; i++) {
      picture.read(i);
      for (int c = 0; c < shares.length; c++) {
        shares[c].add(picture.shares(c));
      }
      if (opacity != null) {
        opacity.add(picture.opacity());
        for (int x = 0; x < width; x++) {
          ink += picture.grey(x);
          covered += picture.opacity()[x];
        }
      }
    }
  }

  /**
   * Lays the picture on paper where it is transparent. Paper is white. Only if a picture is
   * transparent for the most part, it is a drawing without its ground. Then the ink is what is to
   * be read: a light drawing lies on black paper, and a dark one, if read in grey, is inverted,
   * whether or not that is asked for.
   */
  private float[][] onPaper(boolean invert) {
    float[][] channels = new float[shares.length][];
    Arrays.setAll(channels, c -> shares[c].result());
    boolean drawing = covered > 0 && 2 * covered < (double) height * width;
    boolean lightDrawing = drawing && 2 * ink > covered;
    if (opacity != null) {
      layOnPaper(channels, opacity.result(), lightDrawing ? 0 : 1);
    }
    boolean darkDrawing = drawing && !lightDrawing && channels.length == 1;
    if (invert || darkDrawing) {
      for (float[] values : channels) {
        PngImages.invert(values);
      }
    }
    return channels;
  }

  private static void layOnPaper(float[][] channels, float[] opaque, float paper) {
    for (float[] values : channels) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.clamp(values[i] + paper * (1 - opaque[i]), 0, 1);
      }
    }
  }

  private static int bytesOfPixel(ImageReader reader) throws IOException {
    ImageTypeSpecifier type = reader.getRawImageType(0);
    if (type == null) {
      return MOST_BYTES;
    }
    SampleModel model = type.getSampleModel();
    int bits = 0;
    for (int band = 0; band < model.getNumBands(); band++) {
      bits += model.getSampleSize(band);
    }
    return Math.max(1, bits / Byte.SIZE);
  }
}
