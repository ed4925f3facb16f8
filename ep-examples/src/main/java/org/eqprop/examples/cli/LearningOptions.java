package org.eqprop.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.settle.Schedule;
import org.eqprop.examples.reproduce.MethodChoice;
import org.eqprop.examples.reproduce.PaperRow;
import org.eqprop.examples.run.Convention;
import org.eqprop.examples.run.ConvolutionType;
import org.eqprop.examples.run.CostType;
import org.eqprop.examples.run.DecayType;
import org.eqprop.examples.run.EstimateType;
import org.eqprop.examples.run.LibraryNames;
import org.eqprop.examples.run.ModeType;
import org.eqprop.examples.run.NormaliseType;
import org.eqprop.examples.run.NudgeType;
import org.eqprop.examples.run.OptimizerType;
import org.eqprop.examples.run.OutputType;
import org.eqprop.examples.run.Precision;
import org.eqprop.examples.run.RateScheduleType;
import org.eqprop.examples.run.Setting;
import org.eqprop.examples.run.StartType;
import org.eqprop.examples.run.UntiedRule;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of cost, optimizer, learning rates and untied weights (docs/learning.md). */
final class LearningOptions {
  @Option(
      names = "--cost",
      paramLabel = "NAME",
      description =
          "squared-error (the paper's, the default), or cross-entropy. With cross-entropy a"
              + " softmax read-out of the last hidden layer takes the place of the output layer,"
              + " and the first of --lr is the read-out's. Then --nudge is inside and the preset's"
              + " learning rates are multiplied by 2.5, unless you give others.")
  @Nullable CostType cost;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description =
          "sgd (the paper's, the default), momentum, nesterov, adam or adamw. Without --lr, each"
              + " learning rate is 0.001 with adam and adamw, and the preset's times 1 - momentum"
              + " with momentum and nesterov.")
  @Nullable OptimizerType optimizer;

  @Option(
      names = "--optimizer-momentum",
      paramLabel = "X",
      description =
          "Momentum of the optimizers momentum and nesterov; at least 0, below 1 (default: 0.9).")
  @Nullable Double momentum;

  @Option(
      names = "--adam-beta1",
      paramLabel = "X",
      description =
          "Share of its old value that the running mean of the gradients keeps in each update of"
              + " adam and adamw; at least 0, below 1 (default: 0.9).")
  @Nullable Double beta1;

  @Option(
      names = "--adam-beta2",
      paramLabel = "X",
      description = "The same for the running mean of the squared gradients (default: 0.999).")
  @Nullable Double beta2;

  @Option(
      names = "--adam-epsilon",
      paramLabel = "X",
      description =
          "Added to the denominator of the update of adam and adamw, so that it stays finite;"
              + " above 0 (default: 1e-8).")
  @Nullable Double epsilon;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description =
          "Strength of the pull of weights and biases towards 0; at least 0 (default: 0; 0.01 with"
              + " adamw).")
  @Nullable Double weightDecay;

  @Option(
      names = "--decay",
      paramLabel = "NAME",
      description =
          "Where the weight decay acts: coupled (in the gradient, the default) or decoupled (on"
              + " the weights themselves, as always with adamw).")
  @Nullable DecayType decay;

  @Option(
      names = "--lr-schedule",
      paramLabel = "NAME",
      description =
          "How the learning rates change over the epochs: constant (the default), step,"
              + " exponential or cosine.")
  @Nullable RateScheduleType schedule;

  @Option(
      names = "--lr-step",
      paramLabel = "EPOCHS",
      description =
          "step: epochs from one fall of the learning rates to the next (default: 10). cosine:"
              + " epochs until the learning rates reach their last value (default: all epochs).")
  @Nullable Double step;

  @Option(
      names = "--lr-factor",
      paramLabel = "X",
      description =
          "Factor on the learning rates, above 0 (cosine: at least 0), at most 1. step: at each"
              + " fall (default: 0.1). exponential: in each epoch (default: 0.95). cosine: at the"
              + " end (default: 0).")
  @Nullable Double factor;

  @Option(
      names = "--warm-up",
      paramLabel = "EPOCHS",
      description =
          "Over this many epochs at the start the learning rates rise from 0 to their values"
              + " (default: 0, no rise).")
  @Nullable Double warmUp;

  @Option(
      names = "--untied",
      paramLabel = "NAME",
      description =
          "Whether a connection between two layers that step has weights of its own in each"
              + " direction (docs/learning.md): none (no, the default), or the rule by which they"
              + " learn, vector-field or kolen-pollack.")
  @Nullable UntiedRule untied;

  @Option(
      names = "--track-gradient",
      paramLabel = "every=N",
      converter = Every.class,
      description =
          "At every Nth update, compare the gradient with BPTT's and with the exact one, layer by"
              + " layer: gradient.csv and a plot (docs/methods.md). Such an update takes a few"
              + " times as long (default: none).")
  @Nullable Integer trackGradient;

  /** Reads {@code every=100}, or 100. */
  static final class Every implements CommandLine.ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      String number = text.startsWith("every=") ? text.substring("every=".length()) : text;
      if (!number.matches("[1-9][0-9]{0,8}")) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is not a number of updates from 1 to 999999999; write every=100, for example");
      }
      return Integer.valueOf(number);
    }
  }

  /** Has a command line read the names of these settings. */
  static void register(CommandLine line) {
    line.registerConverter(Activation.class, name -> named(LibraryNames::activation, name));
    line.registerConverter(Convention.class, name -> named(Convention::of, name));
    line.registerConverter(ConvolutionType.class, name -> named(ConvolutionType::of, name));
    line.registerConverter(CostType.class, name -> named(CostType::of, name));
    line.registerConverter(EstimateType.class, name -> named(EstimateType::of, name));
    line.registerConverter(MethodChoice.class, name -> named(MethodChoice::of, name));
    line.registerConverter(ModeType.class, name -> named(ModeType::of, name));
    line.registerConverter(NormaliseType.class, name -> named(NormaliseType::of, name));
    line.registerConverter(NudgeType.class, name -> named(NudgeType::of, name));
    line.registerConverter(OutputType.class, name -> named(OutputType::of, name));
    line.registerConverter(PaperRow.class, name -> named(PaperRow::of, name));
    line.registerConverter(Precision.class, name -> named(Precision::of, name));
    line.registerConverter(StartType.class, name -> named(StartType::of, name));
    line.registerConverter(Schedule.class, name -> named(LibraryNames::schedule, name));
    line.registerConverter(Setting.class, name -> named(Setting::of, name));
    line.registerConverter(OptimizerType.class, name -> named(OptimizerType::of, name));
    line.registerConverter(DecayType.class, name -> named(DecayType::of, name));
    line.registerConverter(RateScheduleType.class, name -> named(RateScheduleType::of, name));
    line.registerConverter(UntiedRule.class, name -> named(UntiedRule::of, name));
  }

  private static <E> E named(Function<String, E> of, String name) {
    try {
      return of.apply(name);
    } catch (UsageException unknown) {
      throw new TypeConversionException(unknown.getMessage());
    }
  }

  /** Adds what was given, by the names of a configuration. */
  void put(ObjectNode node) {
    HyperOptions.put(node, "cost", cost);
    HyperOptions.put(node, "optimizer", optimizer);
    HyperOptions.put(node, "optimizer-momentum", momentum);
    HyperOptions.put(node, "adam-beta1", beta1);
    HyperOptions.put(node, "adam-beta2", beta2);
    HyperOptions.put(node, "adam-epsilon", epsilon);
    HyperOptions.put(node, "weight-decay", weightDecay);
    HyperOptions.put(node, "decay", decay);
    HyperOptions.put(node, "lr-schedule", schedule);
    HyperOptions.put(node, "lr-step", step);
    HyperOptions.put(node, "lr-factor", factor);
    HyperOptions.put(node, "warm-up", warmUp);
    HyperOptions.put(node, "untied", untied);
    HyperOptions.put(node, "track-gradient", trackGradient);
  }
}
