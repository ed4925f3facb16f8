package org.eqprop.examples.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.eqprop.core.DataException;
import org.eqprop.core.internal.file.AtomicFiles;

/** A picture of the first images of each class: a row a class, in the order of the classes. */
public final class ContactSheet {
  private static final int COLUMNS = 10;
  private static final int MOST_ROWS = 100;
  private static final int LEAST_SIDE = 32;
  private static final int GAP = 2;
  private static final int GROUND = 0x404040;

  private final Dataset set;
  private final ImageShape shape;
  private final int factor;
  private final double least;
  private final double most;

  private ContactSheet(Dataset set) {
    this.set = set;
    this.shape = set.shape();
    this.factor = Math.max(1, Math.ceilDiv(LEAST_SIDE, Math.max(shape.height(), shape.width())));
    DataStatistics all = DataStatistics.of(set, 1);
    boolean unit = all.least(0) >= 0 && all.most(0) <= 1;
    this.least = unit ? 0 : all.least(0);
    this.most = unit ? 1 : all.most(0);
  }

  /**
   * Draws a sheet. Values from 0 to 1 are black to white; others are stretched to that.
   *
   * @param set images of one channel or three; of others the first channel is drawn
   * @param file a PNG file
   * @throws DataException if the samples are no images
   * @throws org.eqprop.core.StoreException if the file cannot be written
   */
  public static void write(Dataset set, Path file) {
    ImageShape shape = set.shape();
    if (shape.height() == 1 || shape.width() == 1) {
      throw new DataException(
          "The samples of " + set.name() + " are rows of " + shape + ", no images to draw.");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(new ContactSheet(set).draw(), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    AtomicFiles.write(file, ByteBuffer.wrap(bytes.toByteArray()));
  }

  private BufferedImage draw() {
    int rows = Math.min(MOST_ROWS, set.classes());
    int height = shape.height() * factor + GAP;
    int width = shape.width() * factor + GAP;
    BufferedImage sheet =
        new BufferedImage(COLUMNS * width + GAP, rows * height + GAP, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < sheet.getHeight(); y++) {
      for (int x = 0; x < sheet.getWidth(); x++) {
        sheet.setRGB(x, y, GROUND);
      }
    }
    int[] drawn = new int[set.classes()];
    float[] values = new float[shape.size()];
    for (int i = 0; i < set.size(); i++) {
      int row = set.label(i);
      if (row < rows && drawn[row] < COLUMNS) {
        set.copyImage(i, values, 0);
        draw(sheet, values, GAP + drawn[row]++ * width, GAP + row * height);
      }
    }
    return sheet;
  }

  private void draw(BufferedImage sheet, float[] values, int left, int top) {
    int area = shape.height() * shape.width();
    for (int y = 0; y < shape.height() * factor; y++) {
      for (int x = 0; x < shape.width() * factor; x++) {
        int at = y / factor * shape.width() + x / factor;
        boolean colours = shape.channels() == PngImages.COLOURS;
        int red = level(values[at]);
        int green = colours ? level(values[area + at]) : red;
        int blue = colours ? level(values[2 * area + at]) : red;
        sheet.setRGB(left + x, top + y, red << 16 | green << 8 | blue);
      }
    }
  }

  private int level(float value) {
    double range = most > least ? most - least : 1;
    return (int) Math.round(Math.clamp((value - least) / range, 0.0, 1.0) * 255);
  }
}
