package org.eqprop.core.learn;

import java.util.concurrent.atomic.AtomicBoolean;
import org.eqprop.core.internal.event.Events;
import org.eqprop.core.internal.event.Probe;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Steps;
import org.eqprop.core.tensor.Rows;

/** The free phase of some samples at a time and what the cost reads from it, without allocating. */
final class Prediction {
  private static final int[] NO_NUMBERS = {};

  private final Network network;
  private final Kernels kernels;
  private final int steps;
  private final Relaxation relaxation;
  private final State state;
  private final Cost.Reading cost;
  private final Probe probe;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final float[] strange;
  private final Starts starts;
  private Rows scores;

  Prediction(
      Network network, Kernels kernels, int steps, Settling settling, Starts starts, int capacity) {
    Steps.check("steps", steps);
    this.network = network;
    this.kernels = kernels;
    this.steps = steps;
    this.relaxation = new Relaxation(network, kernels, capacity, settling);
    this.state = relaxation.newState();
    this.cost = network.cost().reading(capacity);
    this.scores = cost.scores(kernels, state.s(network.output()), 0, capacity);
    this.strange = new float[capacity];
    this.starts = starts.unseen(capacity);
    this.probe = Events.predictions(kernels.name());
    Events.kernels("prediction", kernels.name());
  }

  int inputSize() {
    return network.input().size();
  }

  int classes() {
    return scores.size();
  }

  Kernels kernels() {
    return kernels;
  }

  Relaxation relaxation() {
    return relaxation;
  }

  /**
   * Begins a call.
   *
   * @throws IllegalStateException if another one is under way, on another thread then
   */
  void enter() {
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "Two threads use one predictor at once; give each thread its own, or take a"
              + " PredictorPool.");
    }
  }

  /** Records no events while {@code on}. */
  void silence(boolean on) {
    probe.silence(on);
  }

  /** Ends a call. */
  void leave() {
    busy.setRelease(false);
  }

  /**
   * Takes samples over into the first {@code count} rows.
   *
   * @param start where the call's first value is, from which values are counted
   * @param offset where the first sample begins
   * @throws IllegalArgumentException if a value is not finite
   */
  void take(float[] inputs, int start, int offset, int count) {
    Rows x = relaxation.x();
    int size = inputSize();
    for (int r = 0; r < count; r++) {
      System.arraycopy(inputs, offset + r * size, x.data(), x.index(r, 0), size);
      strange[r] = 0f;
    }
    // x − x is zero, but NaN where x is not finite
    kernels.largestChange(x, x, strange, 0, count);
    for (int r = 0; r < count; r++) {
      if (strange[r] != 0) {
        throw notFinite(inputs, start, offset + r * size);
      }
    }
  }

  private static IllegalArgumentException notFinite(float[] inputs, int start, int offset) {
    int i = offset;
    while (Float.isFinite(inputs[i])) {
      i++;
    }
    return new IllegalArgumentException(
        "The value "
            + (i - start)
            + " of the input is "
            + inputs[i]
            + ", which is no finite number.");
  }

  /** Lets the first {@code count} rows settle. */
  void settle(int count) {
    Object event = probe.begin();
    relaxation.clamp(state, 0, count);
    starts.begin(NO_NUMBERS, relaxation, state, 0, count);
    relaxation.free(state, steps, 0, count);
    scores = cost.scores(kernels, state.s(network.output()), 0, count);
    if (event != null) {
      probe.end(event, facts(count));
    }
  }

  private Probe.Facts facts(int count) {
    long taken = 0;
    float largest = 0;
    for (int r = 0; r < count; r++) {
      taken += relaxation.steps()[r];
      largest = Math.max(largest, relaxation.residual()[r]);
    }
    return new Probe.Facts(count, (double) taken / count, largest, Double.NaN, 0);
  }

  float score(int row, int c) {
    return scores.get(row, c);
  }

  void scores(int row, float[] destination, int offset) {
    System.arraycopy(scores.data(), scores.index(row, 0), destination, offset, scores.size());
  }

  /**
   * The class with the largest score, the first among equals.
   *
   * @throws DivergenceException if a score is not finite
   */
  int best(int row) {
    float sum = 0;
    for (int c = 0; c < classes(); c++) {
      sum += 0 * score(row, c);
    }
    if (sum != 0) {
      throw new DivergenceException(
          "The scores are not finite; the inputs, the weights or epsilon are too large.");
    }
    int best = 0;
    for (int c = 1; c < classes(); c++) {
      best = score(row, c) > score(row, best) ? c : best;
    }
    return best;
  }

  /**
   * Checks that there are values for one sample and no more.
   *
   * @throws IllegalArgumentException if not
   */
  void checkLength(float[] input) {
    if (input.length != inputSize()) {
      throw new IllegalArgumentException(
          "The network takes " + inputSize() + " inputs, got " + input.length + ".");
    }
  }

  static void checkRoom(String what, int length, int offset, long count) {
    if (offset < 0) {
      throw new IllegalArgumentException("The offset is " + offset + "; it must be at least 0.");
    }
    if (length - offset < count) {
      throw new IllegalArgumentException(
          "The network takes "
              + count
              + " "
              + what
              + ", got "
              + Math.max(0, length - offset)
              + ".");
    }
  }
}
