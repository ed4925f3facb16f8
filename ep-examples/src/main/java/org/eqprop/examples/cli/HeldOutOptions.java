package org.eqprop.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of held-out samples: what is kept of a training, and when it ends. */
final class HeldOutOptions {
  @Option(
      names = "--validation",
      paramLabel = "N",
      description =
          "Hold out N training samples and measure the error on them instead of on the test set"
              + " (default: 0, none). The end of the run has the test errors of the last and of the"
              + " best epoch.")
  @Nullable Integer validation;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "End the training when the validation error was no less for N epochs (default: 0, never);"
              + " needs --validation.")
  @Nullable Integer patience;

  @Option(
      names = "--snapshots",
      paramLabel = "N",
      description = "Keep the model of every Nth epoch (default: 0, none).")
  @Nullable Integer snapshots;

  /** Adds what was given to a configuration. */
  void put(ObjectNode node) {
    HyperOptions.put(node, "validation", validation);
    HyperOptions.put(node, "patience", patience);
    HyperOptions.put(node, "snapshots", snapshots);
  }
}
