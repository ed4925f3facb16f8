package org.eqprop.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.settle.Schedule;
import org.eqprop.examples.run.Config;
import org.eqprop.examples.run.Configs;
import org.eqprop.examples.run.Convention;
import org.eqprop.examples.run.ConvolutionType;
import org.eqprop.examples.run.EstimateType;
import org.eqprop.examples.run.ModeType;
import org.eqprop.examples.run.OutputType;
import org.eqprop.examples.run.Preset;
import org.eqprop.examples.run.Setting;
import org.eqprop.examples.run.StartType;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that make up a configuration; what is not given comes from the preset. */
final class HyperOptions {
  private static final Pattern FILE = Pattern.compile("(?i).*\\.(toml|json)");

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PRESET|FILE",
      description =
          "A preset: eb-1h, eb-2h, eb-3h, p-1h, p-2h, p-3h or p-conv (the paper's), eb-1h-2017"
              + " (that of Scellier and Bengio 2017), or digits"
              + " (made for the embedded digits); 'ep presets' lists them. Or a TOML or JSON file,"
              + " as with --config. Default: digits on the embedded digits; p-1h on other data or"
              + " with --hidden.")
  @Nullable String preset;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "TOML or JSON file with settings, such as a run's config.json. Its entries have the"
              + " names of these options; an option on the command line wins over the file. The"
              + " file may describe a network of its own, any graph of [[layers]] and"
              + " [[connections]]: see docs/networks.md.")
  @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "NAME|PATH",
      description =
          "Data set: digits (embedded, the default), mnist, fashion-mnist, a folder of IDX files,"
              + " or a folder with a sub-folder of pictures for each class (docs/data.md).")
  @Nullable String data;

  @Mixin final SourceOptions source = new SourceOptions();

  @Mixin final AugmentOptions augment = new AugmentOptions();

  @Option(
      names = "--convention",
      paramLabel = "NAME",
      description =
          "Whose settings the preset has: paper (as printed, the default), program (as in the"
              + " authors' program) or exact (nudge inside sigma: updates equal BPTT's gradients"
              + " as beta goes to 0).")
  @Nullable Convention convention;

  @Option(
      names = "--method",
      paramLabel = "NAME[,NAME…]",
      description =
          "How the network learns (docs/methods.md): ep (equilibrium propagation, the default),"
              + " continual (ep whose weights change in each nudged step), chl (contrastive Hebbian"
              + " learning), coupled (coupled learning), bptt (backpropagation through time) or rbp"
              + " (recurrent backpropagation). Several, as in ep,rbp,chl, are trained one after the"
              + " other from the same start and compared; both stands for ep,bptt.")
  @Nullable String method;

  @Option(
      names = "--mode",
      paramLabel = "NAME",
      description =
          "exact (the paper's steps, the default) or fast (fewer steps to the same steady states)."
              + " fast sets --solver, --schedule, --tolerance, --omega, --settle-momentum and"
              + " --convolution; each that you give wins. In fast mode a sample stops when it has"
              + " settled, prototypical networks step every other layer at a time with"
              + " over-relaxation, energy-based ones have momentum, and convolutions use"
              + " Winograd's algorithm.")
  @Nullable ModeType mode;

  @Option(
      names = "--solver",
      paramLabel = "NAME",
      description =
          "How the free phase finds the steady state (docs/solvers.md): synchronous, alternating,"
              + " over-relaxed (needs --omega), heavy-ball (needs --settle-momentum),"
              + " anderson (Anderson acceleration; set a --tolerance too) or spiking (layers"
              + " exchange quantised events). Default: what --schedule, --omega and"
              + " --settle-momentum imply.")
  @Nullable String solver;

  @Option(
      names = "--solver-options",
      split = ",",
      paramLabel = "NAME=VALUE",
      description =
          "Further settings of the solver: memory=5 for anderson (1 to 20); step=0.5,decay=0.8 for"
              + " spiking (the step of the events, and its factor from step to step).")
  @Nullable List<String> solverOptions;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description =
          "Which layers step together: synchronous (all) or alternating (every other layer at a"
              + " time).")
  @Nullable Schedule schedule;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description =
          "A sample's free phase ends when no unit changes by this much or more in a step; at"
              + " least 0, below 1. T is then the largest number of steps. 0: always T steps.")
  @Nullable Double tolerance;

  @Option(
      names = "--omega",
      paramLabel = "X",
      description =
          "Step size of the free phase in place of epsilon; at least 0, below 2. Above 1 it is"
              + " over-relaxation. 0: epsilon.")
  @Nullable Double omega;

  @Option(
      names = "--settle-momentum",
      paramLabel = "X",
      description =
          "Share of the step before that each step of the free phase adds; at least 0, below 1. 0:"
              + " none. (The optimizer's momentum is --optimizer-momentum.)")
  @Nullable Double momentum;

  /** What the option was called at first. */
  @Option(
      names = "--momentum",
      hidden = true,
      paramLabel = "X",
      description = "The old name of --settle-momentum.")
  void momentum(double before) {
    momentum = before;
  }

  @Option(
      names = "--convolution",
      paramLabel = "NAME",
      description =
          "How convolutions are computed: direct, or winograd, which is faster and rounds"
              + " differently (it is used for 5x5 kernels with stride 1).")
  @Nullable ConvolutionType convolution;

  @Mixin final ModelOptions model = new ModelOptions();

  @Option(
      names = "--layers",
      paramLabel = "N,N[,N…]",
      converter = LayerSizes.Converter.class,
      description =
          "Units of all layers of a fully connected network, input side first, with those of the"
              + " input and the output: 784,512,10. This is --hidden in the other order, and checks"
              + " that both ends fit the data.")
  @Nullable LayerSizes layers;

  @Option(
      names = "--setting",
      paramLabel = "NAME",
      description = "Which of the paper's two kinds of network: prototypical or energy-based.")
  @Nullable Setting setting;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description =
          "Activation function sigma. The paper's: sigmoid4 (a sigmoid of slope 1 at 1/2),"
              + " hard-sigmoid (x clipped to [0, 1]) or tanh. Others: sigmoid, hard-sigmoid-half"
              + " (x/2 clipped to [0, 1]) or relu6 (x clipped to [0, 6]). The formulas are in"
              + " docs/networks.md.")
  @Nullable Activation activation;

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description =
          "How the output layer steps: activation (as the other layers), identity (its sigma is"
              + " the identity) or linear (energy-based only: without sigma', as in the authors'"
              + " program).")
  @Nullable OutputType output;

  @Option(
      names = "--clamp",
      arity = "1",
      paramLabel = "BOOL",
      description =
          "Clip the states to [0, 1] (energy-based only; true in the presets whose"
              + " names begin with eb).")
  @Nullable Boolean clamp;

  @Option(
      names = "--estimate",
      paramLabel = "NAME",
      description =
          "How nudged phases give the gradient: one-sided (one phase, with beta), random-sign (one"
              + " phase, with beta or -beta, drawn for each batch) or centered (two phases, with"
              + " beta and -beta). Default: random-sign in p-2h, p-3h and eb-1h-2017, centered in"
              + " digits, one-sided in the others.")
  @Nullable EstimateType estimate;

  @Option(
      names = "--start",
      paramLabel = "NAME",
      description =
          "Where the free phase of each training sample starts: zero (s = 0, as in the paper),"
              + " previous (the sample's own last steady state, kept in memory) or predicted (where"
              + " a feed-forward network predicts the steady state). Default: previous in"
              + " eb-1h-2017, zero in the others.")
  @Nullable StartType start;

  @Option(
      names = "--init",
      paramLabel = "NAME|MODEL",
      description =
          "Initial weights: fan-in-uniform (the authors', the default), glorot-uniform or"
              + " orthogonal. Biases are drawn with fan-in-uniform and are 0 with the others. Or a"
              + " model file or a run's folder, whose weights are taken (docs/formats.md).")
  @Nullable String init;

  @Option(
      names = "--init-gain",
      split = ",",
      paramLabel = "X",
      description =
          "Factor of the initial weights, above 0: one for all connections, or one per connection"
              + " in the order of --lr (default: 1).")
  @Nullable List<Double> initGain;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training set, 1 to 1000000.")
  @Nullable Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Samples per update (size of a mini-batch), at least 1.")
  @Nullable Integer batch;

  @Option(
      names = "--lr",
      split = ",",
      paramLabel = "X",
      description = "Learning rates, at least 0, one per connection, output side first: 0.04,0.08.")
  @Nullable List<Double> lr;

  @Mixin final LearningOptions learning = new LearningOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the initial weights, the order of the samples and the random signs (default:"
              + " 1).")
  @Nullable Long seed;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Use the first N training samples only (default: 0, all).")
  @Nullable Integer limit;

  @Mixin final HeldOutOptions heldOut = new HeldOutOptions();

  /** The resolved configuration. */
  Config resolve() {
    Path file = file();
    return Configs.resolve(file == null || config != null ? preset : null, file, given());
  }

  /**
   * Does something with the configuration; what is refused in it is said with its place in the
   * file.
   */
  <T> T with(Config resolved, Function<Config, T> work) {
    try {
      return work.apply(resolved);
    } catch (UsageException refused) {
      throw Configs.placed(refused, file());
    }
  }

  /** The sizes of all layers, if they were given, here or in a file. */
  @Nullable LayerSizes layers() {
    Path file = file();
    if (layers != null || file == null || model.hidden != null) {
      return layers;
    }
    List<Integer> listed = Configs.layers(file);
    return listed == null ? null : new LayerSizes(listed);
  }

  /** The file of the configuration, which may stand in the preset's place. */
  private @Nullable Path file() {
    String first = preset;
    boolean isFile =
        first != null
            && !Preset.names().contains(first)
            && (FILE.matcher(first).matches() || Files.isRegularFile(Path.of(first)));
    if (!isFile) {
      return config;
    }
    if (config != null) {
      throw new UsageException(
          first + " is a file, and --config names another; give one of the two.");
    }
    return Path.of(first);
  }

  /** What was given on the command line, by the names of {@link Config}. */
  ObjectNode given() {
    if (layers != null && (model.hidden != null || model.channels != null)) {
      throw new UsageException(
          "--layers has all layers of a fully connected network; leave --hidden and --channels"
              + " out.");
    }
    ObjectNode node = Configs.JSON.createObjectNode();
    put(node, "data", data);
    source.put(node);
    augment.put(node);
    put(node, "convention", convention);
    put(node, "method", method);
    put(node, "mode", mode);
    put(node, "solver", solver);
    put(node, "solverOptions", solverOptions);
    put(node, "schedule", schedule);
    put(node, "tolerance", tolerance);
    put(node, "omega", omega);
    put(node, "momentum", momentum);
    put(node, "convolution", convolution);
    put(node, "setting", setting);
    put(node, "activation", activation);
    put(node, "output", output);
    put(node, "nudge", model.nudge);
    put(node, "clamp", clamp);
    put(node, "epsilon", model.epsilon);
    put(node, "t", model.t);
    put(node, "k", model.k);
    put(node, "beta", model.beta);
    put(node, "estimate", estimate);
    put(node, "start", start);
    put(node, "epochs", epochs);
    put(node, "batch", batch);
    put(node, "seed", seed);
    put(node, "limit", limit);
    heldOut.put(node);
    put(node, "hidden", layers == null ? model.hidden : layers.hidden());
    put(node, "channels", model.channels);
    put(node, "kernel", model.kernel);
    put(node, "padding", model.padding);
    put(node, "pool", model.pool);
    put(node, "stride", model.stride);
    put(node, "pooling", model.pooling);
    put(node, "pool-stride", model.poolStride);
    put(node, "init", init);
    put(node, "init-gain", initGain);
    put(node, "lr", lr);
    learning.put(node);
    return node;
  }

  static void put(ObjectNode node, String name, @Nullable Object value) {
    if (value != null) {
      node.set(name, Configs.JSON.valueToTree(value));
    }
  }
}
