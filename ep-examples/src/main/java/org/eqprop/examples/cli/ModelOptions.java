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
      description = "Units of each fully connected hidden layer, output side first: 512,512.")
  @Nullable List<Integer> hidden;

  @Option(
      names = "--channels",
      split = ",",
      paramLabel = "N",
      description =
          "Maps of each convolutional layer, output side first: 64,32. These layers are between"
              + " the input and the fully connected ones.")
  @Nullable List<Integer> channels;

  @Option(
      names = "--kernel",
      paramLabel = "N",
      description = "Rows and columns of the convolution kernels, at least 1.")
  @Nullable Integer kernel;

  @Option(
      names = "--padding",
      paramLabel = "N",
      description =
          "Rows and columns of zeros on each side of the maps, at least 0, fewer than --kernel.")
  @Nullable Integer padding;

  @Option(
      names = "--pool",
      paramLabel = "N",
      description =
          "Rows and columns of the pooling windows, at least 1. Rows and columns that are left"
              + " over at the lower and right border are dropped.")
  @Nullable Integer pool;

  @Option(
      names = "--stride",
      paramLabel = "N",
      description =
          "Rows and columns from one position of the kernel to the next, at least 1 (default: 1).")
  @Nullable Integer stride;

  @Option(
      names = "--pooling",
      paramLabel = "NAME",
      description =
          "What a pooling window gives: max (its largest value, the default) or average (its"
              + " mean).")
  @Nullable String pooling;

  @Option(
      names = "--pool-stride",
      paramLabel = "N",
      description =
          "Rows and columns from one pooling window to the next (default: as --pool; then windows"
              + " do not overlap).")
  @Nullable Integer poolStride;

  @Option(
      names = "--nudge",
      paramLabel = "WHERE",
      description =
          "Where the nudge acts in prototypical networks: outside sigma (the paper's) or inside"
              + " sigma (updates equal BPTT's gradients as beta goes to 0). Default: outside;"
              + " inside with --convention exact.")
  @Nullable NudgeType nudge;

  @Option(
      names = "--epsilon",
      paramLabel = "X",
      description = "Step size of the network, above 0, at most 1.")
  @Nullable Double epsilon;

  @Option(
      names = {"-T", "--free-steps"},
      paramLabel = "N",
      description = "Steps of the free phase, 1 to 1000000.")
  @Nullable Integer t;

  @Option(
      names = {"-K", "--nudged-steps"},
      paramLabel = "N",
      description =
          "Steps of the nudged phase, 1 to 1000000; with BPTT the steps that it goes back (with the"
              + " paper's solver at most T).")
  @Nullable Integer k;

  @Option(names = "--beta", paramLabel = "X", description = "Strength of the nudge, above 0.")
  @Nullable Double beta;
}
