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
          "eb-1h, eb-2h, eb-3h, p-1h, p-2h, p-3h or p-conv, the paper's; or digits. Default: digits"
              + " on the embedded digits; p-1h on other data or with --hidden. See 'ep presets'. Or"
              + " a TOML or JSON file, as with --config.")
  @Nullable String preset;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "TOML or JSON file with the same names as these options, such as a run's config.json;"
              + " options win. It may have a network of its own, any graph of [[layers]] and"
              + " [[connections]]: see docs/networks.md.")
  @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      description =
          "digits (embedded, the default), mnist, fashion-mnist or a folder of IDX files.")
  @Nullable String data;

  @Option(
      names = "--transpose",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "BOOL",
      description = "Exchange rows and columns of the images, as EMNIST's have to be.")
  @Nullable Boolean transpose;

  @Option(
      names = "--convention",
      paramLabel = "NAME",
      description =
          "paper (as printed, the default), program (as the authors' code) or exact (updates equal"
              + " BPTT's as beta goes to 0).")
  @Nullable Convention convention;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description =
          "ep (equilibrium propagation, the default), bptt (backpropagation through time) or both:"
              + " one after the other and compared.")
  @Nullable String method;

  @Option(
      names = "--mode",
      paramLabel = "NAME",
      description =
          "exact (the paper's steps, the default) or fast: layers in turn and over-relaxed,"
              + " energy-based ones with momentum, samples stop when settled, convolutions by"
              + " Winograd; sets the next seven.")
  @Nullable ModeType mode;

  @Option(
      names = "--solver",
      paramLabel = "NAME",
      description =
          "How the free phase finds the steady state: synchronous, alternating, over-relaxed (with"
              + " --omega), heavy-ball (with --momentum) or anderson (Anderson acceleration; set a"
              + " --tolerance). Default: what --schedule, --omega and --momentum imply.")
  @Nullable String solver;

  @Option(
      names = "--solver-options",
      split = ",",
      paramLabel = "NAME=VALUE",
      description = "What the solver has besides: memory=5 for anderson.")
  @Nullable List<String> solverOptions;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description = "synchronous, or alternating: every other layer at a time.")
  @Nullable Schedule schedule;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description = "A sample stops when no unit changes by this much; 0: after T steps.")
  @Nullable Double tolerance;

  @Option(
      names = "--omega",
      paramLabel = "X",
      description =
          "Step size of the free phase, below 2 (above 1: over-relaxation); 0: that of all steps,"
              + " epsilon.")
  @Nullable Double omega;

  @Option(
      names = "--momentum",
      paramLabel = "X",
      description =
          "Each step of the free phase adds this times the step before, below 1; 0: none.")
  @Nullable Double momentum;

  @Option(
      names = "--convolution",
      paramLabel = "NAME",
      description = "direct or winograd, which is faster and rounds differently.")
  @Nullable ConvolutionType convolution;

  @Mixin final ModelOptions model = new ModelOptions();

  @Option(names = "--setting", paramLabel = "NAME", description = "prototypical or energy-based.")
  @Nullable Setting setting;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description =
          "sigmoid4, hard-sigmoid or tanh, the paper's; or sigmoid 1/(1 + exp(-x)),"
              + " hard-sigmoid-half (x/2 clipped to [0, 1]) or relu6 (x clipped to [0, 6]).")
  @Nullable Activation activation;

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description = "Energy-based output: activation, linear (the program's) or identity.")
  @Nullable OutputType output;

  @Option(
      names = "--clamp",
      arity = "1",
      paramLabel = "BOOL",
      description = "Clip energy-based states to [0, 1].")
  @Nullable Boolean clamp;

  @Option(
      names = "--estimate",
      paramLabel = "NAME",
      description = "one-sided, random-sign or centered.")
  @Nullable EstimateType estimate;

  @Option(
      names = "--init",
      paramLabel = "NAME",
      description =
          "Initial weights: fan-in-uniform (the authors', the default; biases too), glorot-uniform"
              + " or orthogonal (biases zero).")
  @Nullable String init;

  @Option(
      names = "--init-gain",
      split = ",",
      paramLabel = "X",
      description =
          "Factor of the initial weights, above 0: one for all, or one a connection in the order of"
              + " --lr (default: 1).")
  @Nullable List<Double> initGain;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training set.")
  @Nullable Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "Samples an update.")
  @Nullable Integer batch;

  @Option(
      names = "--lr",
      split = ",",
      paramLabel = "X",
      description = "Learning rates, one a connection, output side first: 0.04,0.08.")
  @Nullable List<Double> lr;

  @Mixin final LearningOptions learning = new LearningOptions();

  @Option(names = "--seed", paramLabel = "N", description = "Of weights, order and signs.")
  @Nullable Long seed;

  @Option(names = "--limit", paramLabel = "N", description = "Use the first N training samples.")
  @Nullable Integer limit;

  @Option(
      names = "--validation",
      paramLabel = "N",
      description = "Hold out N training samples and measure on them instead of the test set.")
  @Nullable Integer validation;

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
    ObjectNode node = Configs.JSON.createObjectNode();
    put(node, "data", data);
    put(node, "transpose", transpose);
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
    put(node, "epochs", epochs);
    put(node, "batch", batch);
    put(node, "seed", seed);
    put(node, "limit", limit);
    put(node, "validation", validation);
    put(node, "hidden", model.hidden);
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
