package org.eqprop.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of how training images are changed from epoch to epoch (docs/data.md). */
final class AugmentOptions {
  @Option(
      names = "--augment-flip",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "BOOL",
      description =
          "Mirror each training image, left to right, with a probability of one half (default:"
              + " false).")
  @Nullable Boolean flip;

  @Option(
      names = "--augment-crop",
      paramLabel = "N",
      description =
          "Put N pixels of black around each training image and cut a part of its size out, at a"
              + " random place (0 to 1000, default: 0).")
  @Nullable Integer crop;

  @Option(
      names = "--augment-shift",
      paramLabel = "N",
      description =
          "Move each training image by up to N pixels in each direction and repeat its border (0"
              + " to 1000, default: 0).")
  @Nullable Integer shift;

  /** Adds what was given, by the names of a configuration. */
  void put(ObjectNode node) {
    HyperOptions.put(node, "augment-flip", flip);
    HyperOptions.put(node, "augment-crop", crop);
    HyperOptions.put(node, "augment-shift", shift);
  }
}
