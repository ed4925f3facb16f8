package org.eqprop.examples.data;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.SampleModel;
import java.io.IOException;
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
  private final AreaMean shares;
  private @Nullable AreaMean opacity;
  private double ink;
  private double covered;

  private PictureDecoder(ImageReader reader, int newHeight, int newWidth) throws IOException {
    this.reader = reader;
    this.height = reader.getHeight(0);
    this.width = reader.getWidth(0);
    this.shares = new AreaMean(height, width, newHeight, newWidth);
  }

  /**
   * Decodes the first image of a file.
   *
   * @param reader with its input
   * @param newHeight rows wanted
   * @param newWidth columns wanted
   * @param bandBytes about how many bytes a band may have
   * @return {@code newHeight · newWidth} values in [0, 1], row-major
   * @throws IOException if the file is damaged
   */
  static float[] decode(ImageReader reader, int newHeight, int newWidth, long bandBytes)
      throws IOException {
    PictureDecoder decoder = new PictureDecoder(reader, newHeight, newWidth);
    long bytesOfRow = (long) decoder.width * bytesOfPixel(reader);
    int rows = Math.clamp(bandBytes / bytesOfRow, 1, decoder.height);
    for (int y = 0; y < decoder.height; y += rows) {
      decoder.band(y, Math.min(rows, decoder.height - y), newHeight, newWidth);
    }
    return decoder.onPaper();
  }

  /** How many bytes a band may have in this JVM. */
  static long bandBytes() {
    return Runtime.getRuntime().maxMemory() / PART_OF_MEMORY;
  }

  private void band(int y, int rows, int newHeight, int newWidth) throws IOException {
    ImageReadParam param = reader.getDefaultReadParam();
    if (rows < height) {
      param.setSourceRegion(new Rectangle(0, y, width, rows));
    }
    BufferedImage image = reader.read(0, param);
    if (image.getHeight() != rows || image.getWidth() != width) {
      throw new IOException("a band of another size");
    }
    GreyRows grey = new GreyRows(image);
    if (grey.hasOpacity() && opacity == null) {
      opacity = new AreaMean(height, width, newHeight, newWidth);
    }
    for (int i = 0; i < rows; i++) {
      grey.read(i);
      shares.add(grey.shares());
      if (opacity != null) {
        opacity.add(grey.opacity());
        for (int x = 0; x < width; x++) {
          ink += grey.shares()[x];
          covered += grey.opacity()[x];
        }
      }
    }
  }

  /**
   * Lays the picture on paper where it is transparent. Paper is white. Only if a picture is
   * transparent for the most part and light elsewhere, it is a light drawing without its dark
   * ground, so the paper is black: it would not be seen on white.
   */
  private float[] onPaper() {
    float[] values = shares.result();
    if (opacity == null) {
      return values;
    }
    boolean lightDrawing = 2 * covered < (double) height * width && 2 * ink > covered;
    float paper = lightDrawing ? 0 : 1;
    float[] opaque = opacity.result();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.clamp(values[i] + paper * (1 - opaque[i]), 0, 1);
    }
    return values;
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
