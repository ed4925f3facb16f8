package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eqprop.examples.data.ImageShape;

/**
 * How training images are changed from epoch to epoch.
 *
 * @param flip whether each is mirrored, left to right, with a probability of one half
 * @param crop pixels of black around an image, of which a part of its own size is cut out; 0 for
 *     none
 * @param shift pixels by which it is moved at most, its border repeated; 0 for none
 */
record AugmentSettings(
    @JsonProperty("augment-flip") boolean flip,
    @JsonProperty("augment-crop") int crop,
    @JsonProperty("augment-shift") int shift) {
  /** Images stay as they are. */
  static final AugmentSettings NONE = new AugmentSettings(false, 0, 0);

  private static final int MOST = 1000;

  /**
   * Checked.
   *
   * @throws UsageException in one sentence, if a number is out of range
   */
  AugmentSettings {
    check("augment-crop", crop);
    check("augment-shift", shift);
  }

  private static void check(String name, int value) {
    if (value < 0 || value > MOST) {
      throw new UsageException(name + " is " + value + "; it must be from 0 to " + MOST + ".");
    }
  }

  /** Whether images are changed at all. */
  boolean isAny() {
    return flip || crop > 0 || shift > 0;
  }

  /**
   * Checks that samples are images that can be changed so.
   *
   * @throws UsageException if they are rows of numbers
   */
  void check(ImageShape shape) {
    if (isAny() && (shape.height() == 1 || shape.width() == 1)) {
      throw new UsageException(
          "The samples are rows of "
              + shape
              + ", and only images can be mirrored or moved; leave --augment-flip, --augment-crop"
              + " and --augment-shift out.");
    }
  }
}
