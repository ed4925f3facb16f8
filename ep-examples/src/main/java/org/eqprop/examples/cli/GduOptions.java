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
          "mnist (default, if it is here), digits (embedded), fashion-mnist or a folder of IDX"
              + " files. The toy model's samples are random.")
  @Nullable String data;

  @Option(
      names = "--convention",
      paramLabel = "NAME",
      description =
          "paper (as printed, the default), program (as the authors' code: prototypical epsilon"
              + " 0.2, linear energy-based output) or exact (nudge inside sigma: weight updates"
              + " equal BPTT's as beta goes to 0; the default of a sweep).")
  @Nullable Convention convention;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description =
          "float64 (default): everything from Phi by automatic differentiation. float32: the free"
              + " phase, the nudged phase and its updates by the kernels that train; BPTT in"
              + " float64 through the float32 states.")
  Precision precision = Precision.FLOAT64;

  @Mixin final ModelOptions model = new ModelOptions();

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description = "Energy-based output: activation, or linear as in the authors' program.")
  @Nullable OutputType output;

  @Option(names = "--estimate", paramLabel = "NAME", description = "one-sided or centered.")
  EstimateType estimate = EstimateType.ONE_SIDED;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Samples of a mini-batch (default: 20, toy 1); curves are of the first.")
  @Nullable Integer batch;

  @Option(
      names = "--batches",
      paramLabel = "N",
      description = "Mini-batches to take the mean over (default: 1).")
  int batches = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of weights, samples, and of what is plotted (default: 1).")
  long seed = 1;

  /** The settings of a network. */
  GduSettings settings(GduNet net, boolean sweep) {
    Convention usual = sweep ? Convention.EXACT : Convention.PAPER;
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
        model.t == null ? net.t() : model.t,
        model.k == null ? net.k() : model.k,
        estimate,
        precision,
        batch == null ? net.batch() : batch,
        batches,
        seed,
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
              + " hidden layers.");
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
  GduData samples(GduNet net, Consumer<String> remark) {
    if (net == GduNet.TOY) {
      return GduData.toy(seed);
    }
    FoundData found = new Datasets().find(dataName(), null);
    found.remarks().forEach(remark);
    return GduData.images(found.parts().train(), seed);
  }
}
