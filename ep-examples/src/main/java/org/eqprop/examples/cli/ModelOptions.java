package org.eqprop.examples.cli;

import java.util.List;
import org.eqprop.examples.run.NudgeType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a network and its two phases, which training and comparing have in common. */
final class ModelOptions {
  @Option(
      names = "--hidden",
      split = ",",
      paramLabel = "N",
      description = "Sizes of the fully connected hidden layers, output side first: 512,512.")
  @Nullable List<Integer> hidden;

  @Option(
      names = "--channels",
      split = ",",
      paramLabel = "N",
      description =
          "Maps of the convolutional layers, which come before the others, output side first:"
              + " 64,32.")
  @Nullable List<Integer> channels;

  @Option(names = "--kernel", paramLabel = "N", description = "Rows and columns of the kernels.")
  @Nullable Integer kernel;

  @Option(names = "--padding", paramLabel = "N", description = "Zeros around the maps.")
  @Nullable Integer padding;

  @Option(
      names = "--pool",
      paramLabel = "N",
      description =
          "Rows and columns of the pooling windows; what they leave over at the lower and right"
              + " border is dropped.")
  @Nullable Integer pool;

  @Option(
      names = "--stride",
      paramLabel = "N",
      description = "Rows and columns from one position of the kernel to the next (default: 1).")
  @Nullable Integer stride;

  @Option(
      names = "--pooling",
      paramLabel = "NAME",
      description = "What pooling makes of a window: max (the default) or average.")
  @Nullable String pooling;

  @Option(
      names = "--pool-stride",
      paramLabel = "N",
      description =
          "Rows and columns from one pooling window to the next (default: as --pool, so that"
              + " windows do not overlap).")
  @Nullable Integer poolStride;

  @Option(names = "--nudge", paramLabel = "WHERE", description = "outside or inside sigma.")
  @Nullable NudgeType nudge;

  @Option(names = "--epsilon", paramLabel = "X", description = "Step size, above 0, at most 1.")
  @Nullable Double epsilon;

  @Option(
      names = {"-T", "--free-steps"},
      paramLabel = "N",
      description = "Steps of the free phase.")
  @Nullable Integer t;

  @Option(
      names = {"-K", "--nudged-steps"},
      paramLabel = "N",
      description = "Steps of the nudged phase, or that BPTT goes back.")
  @Nullable Integer k;

  @Option(names = "--beta", paramLabel = "X", description = "Nudging strength, above 0.")
  @Nullable Double beta;
}
