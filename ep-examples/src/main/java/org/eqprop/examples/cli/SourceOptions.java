package org.eqprop.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.eqprop.examples.run.NormaliseType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of how data is read (docs/data.md). */
final class SourceOptions {
  @Option(
      names = "--transpose",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "BOOL",
      description =
          "Exchange rows and columns of the images, which EMNIST's images need (default: false).")
  @Nullable Boolean transpose;

  @Option(
      names = "--test-share",
      paramLabel = "X",
      description =
          "Share of the samples that is for testing, of data that has no test part; above 0, below"
              + " 1 (default: 0.2).")
  @Nullable Double testShare;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      description =
          "Seed of the choice of these samples, and of the order in which --limit takes pictures"
              + " (default: 1).")
  @Nullable Long splitSeed;

  @Option(
      names = "--label-column",
      paramLabel = "NAME|N",
      description =
          "The column of a table that has the labels: its name in the first row, or its number"
              + " from 1 (default: the last).")
  @Nullable String labelColumn;

  @Option(
      names = "--normalise",
      paramLabel = "NAME",
      description =
          "How values are brought into one range, for each channel of images or column of tables:"
              + " none (as they are read, the default), scale (0 to 1) or standard (mean 0,"
              + " standard deviation 1). The numbers are those of the training samples; the model"
              + " keeps them.")
  @Nullable NormaliseType normalise;

  /** Adds what was given, by the names of a configuration. */
  void put(ObjectNode node) {
    HyperOptions.put(node, "transpose", transpose);
    HyperOptions.put(node, "test-share", testShare);
    HyperOptions.put(node, "split-seed", splitSeed);
    HyperOptions.put(node, "label-column", labelColumn);
    HyperOptions.put(node, "normalise", normalise);
  }
}
