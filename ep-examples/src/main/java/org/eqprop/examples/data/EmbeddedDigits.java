package org.eqprop.examples.data;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eqprop.core.data.Digits;

/**
 * The UCI handwritten digits (Alpaydin and Kaynak 1998, CC BY 4.0) that come with the program:
 * 1,797 images of 8 x 8, pixels 0..16, digits 0..9. One in five of each class, 360 in all, is for
 * testing; the other 1,437 are for training (see {@link Dataset#holdOut}).
 */
final class EmbeddedDigits {

  /** What {@link DataIdentity} calls it. */
  static final String PART = "digits";

  private static final int WHITE = 16;
  private static final ImageShape SHAPE = new ImageShape(1, 8, 8);

  private EmbeddedDigits() {}

  /** Reads the set, split into its two parts. */
  static FoundData find() {
    byte[] content = Digits.csv();
    TrainTest parts = parse(new String(content, StandardCharsets.US_ASCII).lines().toList());
    Map<String, String> digest = Map.of(PART, Checksum.sha256(content));
    return new FoundData(parts, new DataIdentity("", digest), true, List.of());
  }

  private static TrainTest parse(List<String> rows) {
    byte[] pixels = new byte[rows.size() * SHAPE.size()];
    byte[] labels = new byte[rows.size()];
    for (int sample = 0; sample < rows.size(); sample++) {
      String[] row = rows.get(sample).split(",", -1);
      for (int i = 0; i < SHAPE.size(); i++) {
        pixels[sample * SHAPE.size() + i] = Byte.parseByte(row[i]);
      }
      labels[sample] = Byte.parseByte(row[SHAPE.size()]);
    }
    String name = KnownDataset.DIGITS.id();
    return new Dataset(name, SHAPE, KnownDataset.CLASSES, WHITE, pixels, labels)
        .holdOut(Digits.TEST_SAMPLES);
  }
}
