package org.eqprop.examples.cli;

import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.eqprop.examples.data.Datasets;
import org.eqprop.examples.data.FoundData;
import org.eqprop.examples.data.KnownDataset;
import org.eqprop.examples.gdu.GduData;
import org.eqprop.examples.gdu.GduNet;
import org.eqprop.examples.gdu.GduSettings;
import org.eqprop.examples.run.Convention;
import org.eqprop.examples.run.Convolutions;
import org.eqprop.examples.run.EstimateType;
import org.eqprop.examples.run.NudgeType;
import org.eqprop.examples.run.OutputType;
import org.eqprop.examples.run.Precision;
import org.eqprop.examples.run.Setting;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The settings of a comparison; what is not given is the paper's. */
final class GduOptions {
  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      description =
          "Data set: mnist (the default, if it is on this machine), digits (embedded; else the"
              + " default), fashion-mnist or a folder of IDX files. The toy model's samples are"
              + " random.")
  @Nullable String data;

  @Option(
      names = "--convention",
      paramLabel = "NAME",
      description =
          "Whose settings the network has: paper (as printed, the default), program (as in the"
              + " authors' program: epsilon 0.2 in p-1h, p-2h and p-3h, a linear output in eb-1h,"
              + " eb-2h and eb-3h) or exact (nudge inside sigma: weight updates equal BPTT's"
              + " gradients as beta goes to 0; the default with --sweep-beta).")
  @Nullable Convention convention;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description =
          "float64 (the default): everything is computed from Phi by automatic differentiation."
              + " float32: the kernels that train compute the free phase, the nudged phase and its"
              + " updates; BPTT runs in float64 through the float32 states.")
  Precision precision = Precision.FLOAT64;

  @Mixin final ModelOptions model = new ModelOptions();

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description =
          "Output of energy-based networks: activation, or linear as in the authors' program.")
  @Nullable OutputType output;

  @Option(
      names = "--estimate",
      paramLabel = "NAME",
      description =
          "one-sided (one nudged phase, the default) or centered (two, with beta and -beta).")
  EstimateType estimate = EstimateType.ONE_SIDED;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Samples of a mini-batch, 1 to 60000 (default: 20; 1 in toy). Curves show the first"
              + " sample of the first mini-batch.")
  @Nullable Integer batch;

  @Option(
      names = "--batches",
      paramLabel = "N",
      description = "Number of mini-batches to average over, 1 to 60000 (default: 1).")
  int batches = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the weights, the samples and the choice of what is plotted (default: 1).")
  long seed = 1;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description =
          "Compare with N seeds, SEED, SEED+1, …, 1 to 1000 (default: 1). Bars then show the"
              + " median, with a line from the least to the greatest; curves are those of the first"
              + " seed.")
  int seeds = 1;

  @Mixin final FigureOptions figures = new FigureOptions();

  private @Nullable FoundData found;

  /**
   * The settings of a network.
   *
   * @param usual the convention, if none is given
   * @param steps T, if none is given
   */
  GduSettings settings(GduNet net, Convention usual, int steps) {
    return settings(net, usual, steps, seed);
  }

  /** The same with a seed. */
  GduSettings settings(GduNet net, Convention usual, int steps, long own) {
    Convention named = convention == null ? usual : convention;
    if (net == GduNet.TOY && data != null) {
      throw new UsageException("The toy model's samples are random; leave --data out.");
    }
    return new GduSettings(
        net.id(),
        named,
        net.energyBased() ? Setting.ENERGY_BASED : Setting.PROTOTYPICAL,
        sizes(net),
        convolutions(net),
        net.activation(),
        output == null ? net.output(named) : output,
        model.nudge != null
            ? model.nudge
            : net.energyBased() ? NudgeType.OUTSIDE : net.nudge(named),
        model.epsilon == null ? net.epsilon(named) : model.epsilon,
        model.beta == null ? net.beta() : model.beta,
        model.t == null ? steps : model.t,
        model.k == null ? net.k() : model.k,
        estimate,
        precision,
        batch == null ? net.batch() : batch,
        batches,
        own,
        net == GduNet.TOY ? "uniform noise" : dataName());
  }

  private List<Integer> sizes(GduNet net) {
    List<Integer> given = model.hidden;
    if (given == null || net.isConvolutional()) {
      return given == null ? net.hidden() : given;
    }
    int layers = net.hidden().size();
    if (given.size() != 1 && given.size() != layers) {
      throw new UsageException(
          "hidden has "
              + given.size()
              + " sizes; "
              + net.id()
              + " has "
              + layers
              + (layers == 1
                  ? " hidden layer; give one size."
                  : " hidden layers; give one size for all, or one for each."));
    }
    return given.size() == layers ? given : Collections.nCopies(layers, given.get(0));
  }

  private Convolutions convolutions(GduNet net) {
    Convolutions own = net.isConvolutional() ? Convolutions.of(dataName()) : Convolutions.NONE;
    return own.with(
        model.channels,
        model.kernel,
        model.padding,
        model.pool,
        model.stride,
        model.pooling,
        model.poolStride);
  }

  /** The data set that images are taken from. */
  String dataName() {
    if (data != null) {
      return data;
    }
    boolean here = new Datasets().locate(KnownDataset.MNIST).isPresent();
    return (here ? KnownDataset.MNIST : KnownDataset.DIGITS).id();
  }

  /** Where a network's samples come from. */
  GduData samples(GduNet net, long own, Consumer<String> remark) {
    if (net == GduNet.TOY) {
      return GduData.toy(own);
    }
    if (found == null) {
      found = new Datasets().find(dataName(), null);
    }
    found.remarks().forEach(remark);
    return GduData.images(found.parts().train(), own);
  }
}
