package org.eqprop.core.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.eqprop.core.learn.Samples;

/**
 * The UCI handwritten digits (Alpaydin and Kaynak 1998, CC BY 4.0) that come with the library:
 * 1,797 images of 8 × 8 pixels in [0, 1], ten classes. One in five of each class, 360 in all, is
 * for testing; the other 1,437 are for training.
 */
public final class Digits {
  /** Pixels of an image. */
  public static final int PIXELS = 64;

  /** Samples for testing. */
  public static final int TEST_SAMPLES = 360;

  private static final String RESOURCE = "digits.csv.gz";
  private static final int CLASSES = 10;
  private static final float WHITE = 16;

  private Digits() {}

  /** {@return the 1,437 samples for training} */
  public static Samples train() {
    return read(false);
  }

  /** {@return the 360 samples for testing} */
  public static Samples test() {
    return read(true);
  }

  /**
   * {@return the lines of the file, in US-ASCII: 64 pixels from 0 to 16, row by row, then the
   * digit, separated by commas}
   */
  public static byte[] csv() {
    try (InputStream packed = Digits.class.getResourceAsStream(RESOURCE)) {
      if (packed == null) {
        throw new IllegalStateException("The library is incomplete: " + RESOURCE + " is missing.");
      }
      return new GZIPInputStream(packed).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Samples read(boolean test) {
    List<String> lines = new String(csv(), StandardCharsets.US_ASCII).lines().toList();
    int[] all = lines.stream().mapToInt(line -> label(line)).toArray();
    boolean[] held = EvenSplit.byClass(all, CLASSES, TEST_SAMPLES);
    int size = test ? TEST_SAMPLES : all.length - TEST_SAMPLES;
    float[][] inputs = new float[size][];
    int[] labels = new int[size];
    int n = 0;
    for (int i = 0; i < all.length; i++) {
      if (held[i] == test) {
        inputs[n] = pixels(lines.get(i));
        labels[n++] = all[i];
      }
    }
    return Samples.of(inputs, labels, CLASSES);
  }

  private static int label(String line) {
    return Integer.parseInt(line.substring(line.lastIndexOf(',') + 1));
  }

  private static float[] pixels(String line) {
    String[] values = line.split(",", -1);
    float[] pixels = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      pixels[i] = Integer.parseInt(values[i]) / WHITE;
    }
    return pixels;
  }
}
