package org.eqprop.examples.run;

import java.util.List;
import org.eqprop.core.learn.Evaluator;
import org.eqprop.core.learn.Listener;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Outcome;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.tensor.Rows;

/**
 * Counts, while an {@link Evaluator} measures, what tells a network that learns from one that
 * cannot.
 */
final class EndStates implements Listener {
  /** A unit that changes by this much in the last step of a free phase has not settled. */
  static final float UNSETTLED = 0.1f;

  /** A state this near to an end of σ's range is saturated: σ' is below four times this. */
  private static final float END = 1e-6f;

  /** So many samples tell the share of saturated states; more would take time. */
  private static final int SAMPLES = 200;

  private final Evaluator evaluator;
  private final List<Layer> hidden;
  private final int[] predicted;
  private final int[] labels;
  private int samples;
  private int unsettled;
  private long states;
  private long saturated;

  /** Counts what {@code evaluator} measures of {@code network}. */
  EndStates(Evaluator evaluator, Network network) {
    this.evaluator = evaluator;
    int first = network.cost().readOut() == null ? 1 : 0;
    hidden = network.layers().subList(first, network.depth());
    predicted = new int[network.cost().classes()];
    labels = new int[predicted.length];
  }

  @Override
  public boolean batchDone(int done, int batches, Totals totals) {
    Minibatch batch = evaluator.batch();
    Outcome outcome = evaluator.outcome();
    if (samples < SAMPLES) {
      hidden.forEach(layer -> countStates(layer, batch.count()));
    }
    for (int r = 0; r < batch.count(); r++) {
      predicted[outcome.predicted(r)]++;
      labels[batch.label(r)]++;
      unsettled += outcome.residual(r) >= UNSETTLED ? 1 : 0;
    }
    samples += batch.count();
    return true;
  }

  private void countStates(Layer layer, int count) {
    Rows rows = evaluator.state().s(layer);
    float low = layer.activation().low() + END;
    float high = layer.activation().high() - END;
    for (int r = 0; r < count; r++) {
      for (int c = 0; c < rows.size(); c++) {
        float s = rows.get(r, c);
        saturated += s < low || s > high ? 1 : 0;
      }
    }
    states += (long) count * rows.size();
  }

  /** Number of samples. */
  int samples() {
    return samples;
  }

  /** Share of the samples that still move at the end of their free phase, 0 to 1. */
  double unsettled() {
    return (double) unsettled / samples;
  }

  /** Share of the hidden states that are at an end of their range, 0 to 1. */
  double saturated() {
    return states == 0 ? 0 : (double) saturated / states;
  }

  /** The class that every sample is predicted to be, or −1 if there are several. */
  int onlyPrediction() {
    for (int c = 0; c < predicted.length; c++) {
      if (predicted[c] == samples) {
        return c;
      }
    }
    return -1;
  }

  /** The error of always giving the most frequent class, 0 to 1. */
  double errorOfGuess() {
    int most = 0;
    for (int count : labels) {
      most = Math.max(most, count);
    }
    return 1 - (double) most / samples;
  }
}
