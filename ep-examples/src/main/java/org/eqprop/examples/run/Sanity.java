package org.eqprop.examples.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eqprop.core.learn.DivergenceException;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Trainable;

/** Tells trainings that cannot be meant from those that are only not good yet. */
final class Sanity {
  /**
   * Above this mean loss a training has diverged: outputs are about 14 away from targets of 0 and
   * 1, where outputs of zero have a loss of ½.
   */
  private static final double LARGEST_LOSS = 100;

  /** A free phase has not settled if so many samples still move. */
  private static final double MANY = 0.5;

  /** So many saturated hidden states explain why nothing is learned. */
  private static final double NEARLY_ALL = 0.9;

  /** With fewer samples an error can be that of a guess by chance. */
  private static final int FEWEST_SAMPLES = 50;

  /** Before so many updates a network need not have learned anything. */
  private static final int FEWEST_UPDATES = 500;

  private Sanity() {}

  /**
   * Checks a mean loss.
   *
   * @throws DivergenceException if it is beyond any sense
   */
  static void checkLoss(double loss) {
    if (loss > LARGEST_LOSS) {
      throw new DivergenceException(
          text(
              "The training has diverged: the loss is %.1e, where outputs of zero have 0.5; use"
                  + " smaller learning rates, beta or epsilon.",
              loss));
    }
  }

  /**
   * Checks the weights. The last update of an epoch, or before a checkpoint, has no next batch that
   * would notice.
   *
   * @throws DivergenceException if one is not finite any more
   */
  static void checkWeights(Network network) {
    for (Connection connection : network.connections()) {
      checkWeights(connection, "into layer " + connection.target().name());
    }
    Trainable readOut = network.cost().readOut();
    if (readOut != null) {
      checkWeights(readOut, "of the read-out");
    }
  }

  private static void checkWeights(Trainable trainable, String what) {
    for (Parameter parameter : trainable.parameters()) {
      for (float value : parameter.data()) {
        if (!Float.isFinite(value)) {
          throw new DivergenceException(
              "The weights " + what + " are no longer finite; use smaller learning rates.");
        }
      }
    }
  }

  /**
   * What is wrong after an epoch.
   *
   * @param states of the samples that were measured
   * @param line the epoch's metrics
   * @param updates made since the beginning
   * @return nothing for a sound training
   */
  static List<Warning> judge(Config config, EndStates states, EpochMetrics line, long updates) {
    List<Warning> warnings = new ArrayList<>();
    if (states.unsettled() > MANY) {
      warnings.add(
          new Warning(
              "unsettled",
              text(
                  "The free phase has not settled: after its last step (T = %d) %.0f %% of the"
                      + " samples still move by %.1f or more, the mean residual is %.2f, so the"
                      + " updates are no gradients; use a larger T, or smaller learning rates.",
                  config.t(), 100 * states.unsettled(), EndStates.UNSETTLED, line.residual())));
    }
    if (states.samples() >= FEWEST_SAMPLES && states.errorOfGuess() > 0) {
      judgeError(states, line, updates, warnings);
    }
    return warnings;
  }

  private static void judgeError(
      EndStates states, EpochMetrics line, long updates, List<Warning> warnings) {
    double guess = states.errorOfGuess();
    double deviation = Math.sqrt(guess * (1 - guess) / states.samples());
    int only = states.onlyPrediction();
    if (only < 0 && line.error() / 100 < guess - 2 * deviation) {
      return;
    }
    String finding =
        only >= 0
            ? text("it predicts class %d for all %d samples", only, states.samples())
            : text(
                "its error of %.2f %% is no better than a guess (%.2f %%)",
                line.error(), 100 * guess);
    if (states.saturated() >= NEARLY_ALL) {
      warnings.add(
          new Warning(
              "stuck",
              text(
                  "The network no longer learns: %s, and %.0f %% of its hidden states are at the"
                      + " ends of their range, where nothing moves them; use smaller learning"
                      + " rates.",
                  finding, 100 * states.saturated())));
    } else if (updates >= FEWEST_UPDATES) {
      warnings.add(
          new Warning(
              "guessing",
              text(
                  "The network has learned nothing: after %d updates %s; use other learning rates,"
                      + " a larger T, or look at the data's labels.",
                  updates, finding)));
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // private, and called with literals only
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
