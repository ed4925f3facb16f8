package org.eqprop.examples.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eqprop.core.learn.ContinualPropagation;
import org.eqprop.examples.data.Dataset;
import org.eqprop.examples.run.Config;
import org.eqprop.examples.run.EpochMetrics;
import org.eqprop.examples.run.Setting;

/** What {@code ep train} says about a configuration and an epoch. */
final class TrainWords {
  /** What every terminal has. */
  private static final int COLUMNS = 80;

  private TrainWords() {}

  /** All layers for people, input side first: {@code 784-512-10}. */
  static String layers(Config config, Dataset data) {
    if (!config.graph().isEmpty()) {
      return config.layers();
    }
    if (!config.convolutions().isEmpty()) {
      return "input " + data.shape() + ", " + config.layers() + ", output " + data.classes();
    }
    List<Integer> sizes = new ArrayList<>();
    sizes.add(data.shape().tensor().size());
    sizes.addAll(config.hidden().reversed());
    sizes.add(data.classes());
    return sizes.stream().map(Object::toString).collect(Collectors.joining("-"));
  }

  /** How many samples are trained on, and of how many. */
  static String samples(Config config, int all) {
    int first = config.limit() == 0 ? all : Math.min(config.limit(), all);
    String of = first == all ? all + " samples" : "the first " + first + " of " + all + " samples";
    return config.validation() == 0
        ? of
        : text(
            "%d of %s, %d held out for validation",
            first - config.validation(), of, config.validation());
  }

  /**
   * A warning where the nudged phase stops between two moves of neighbours: with ε = 1 a layer of a
   * prototypical network moves in every other step only. Empty otherwise.
   */
  static String oddSteps(Config config) {
    boolean inTurn = config.setting() == Setting.PROTOTYPICAL && config.epsilon() == 1;
    boolean nudged = !config.methods().stream().allMatch(ContinualPropagation.NAME::equals);
    if (!inTurn || !nudged || config.k() % 2 == 0) {
      return "";
    }
    return text(
        "K is %d and epsilon 1: a nudged layer then moves in every other step, and with an odd K"
            + " half of the layers have moved once more than their neighbours; take K %d, or a"
            + " smaller epsilon.",
        config.k(), config.k() + 1);
  }

  /**
   * An epoch in a line of at most 80 letters: what has no room is left out, the last first. All of
   * it is in the metrics. Angles have a line of their own.
   */
  static List<String> epoch(Config config, EpochMetrics m) {
    List<String> parts = new ArrayList<>();
    parts.add(text("train %6.2f %%", m.trainError()));
    parts.add(text("%s %6.2f %%", config.measured().word(), m.error()));
    parts.add(text("loss %.4f", m.loss()));
    if (m.steps() < config.t()) {
      parts.add(text("steps %.1f", m.steps()));
    }
    parts.add(text("residual %.0e", m.residual()));
    parts.add(text("%.0f/s", m.samplesPerSecond()));
    StringBuilder line = new StringBuilder(text("epoch %3d/%d", m.epoch(), config.epochs()));
    for (String part : parts) {
      if (line.length() + 2 + part.length() <= COLUMNS) {
        line.append("  ").append(part);
      }
    }
    List<Double> angles = m.angles();
    return angles == null
        ? List.of(line.toString())
        : List.of(
            line.toString(),
            angles.stream()
                .map(angle -> text("%.1f", angle))
                .collect(Collectors.joining(", ", "  angles ", " degrees")));
  }

  @SuppressWarnings("AnnotateFormatMethod") // private, and called with literals only
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
