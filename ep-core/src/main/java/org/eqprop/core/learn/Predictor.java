package org.eqprop.core.learn;

import java.util.Objects;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Steps;
import org.eqprop.core.tensor.Rows;

/**
 * Predicts one sample at a time on the calling thread, without allocating: for embedding. Not
 * thread-safe; predictors of one network may work side by side while it is not trained.
 */
public final class Predictor {
  private final Network network;
  private final int steps;
  private final Relaxation relaxation;
  private final State state;
  private final Kernels kernels;
  private final Cost.Reading cost;
  private Rows scores;

  /**
   * A predictor that settles as the paper has it.
   *
   * @param steps T, steps of the free phase
   * @throws IllegalArgumentException if {@code steps} is not from 1 to {@link Steps#MOST}
   */
  public Predictor(Network network, Kernels kernels, int steps) {
    this(network, kernels, steps, Settling.EXACT);
  }

  /**
   * A predictor.
   *
   * @param steps T, steps of the free phase
   * @param settling how the free phase is gone through: as in training
   * @throws IllegalArgumentException if {@code steps} is not from 1 to {@link Steps#MOST}
   */
  public Predictor(Network network, Kernels kernels, int steps, Settling settling) {
    Steps.check("steps", steps);
    this.network = network;
    this.steps = steps;
    this.relaxation = new Relaxation(network, kernels, 1, settling);
    this.kernels = kernels;
    this.state = relaxation.newState();
    this.cost = network.cost().reading(1);
    this.scores = cost.scores(kernels, state.s(network.output()), 0, 1);
  }

  /**
   * Settles with {@code input} clamped.
   *
   * @param input one value for each input unit, read from {@code offset} on
   * @return the class with the largest score
   * @throws IllegalArgumentException if there are not enough values, or one is not finite
   */
  public int predict(float[] input, int offset) {
    int size = network.input().size();
    if (offset < 0) {
      throw new IllegalArgumentException("The offset is " + offset + "; it must be at least 0.");
    }
    if (input.length - offset < size) {
      throw new IllegalArgumentException(
          "The network takes " + size + " inputs, got " + (input.length - offset) + ".");
    }
    checkFinite(input, offset, size);
    Rows x = relaxation.x();
    System.arraycopy(input, offset, x.data(), x.index(0, 0), size);
    relaxation.clamp(state, 0, 1);
    relaxation.reset(state, 0, 1);
    relaxation.free(state, steps, 0, 1);
    int best = 0;
    scores = cost.scores(kernels, state.s(network.output()), 0, 1);
    for (int c = 1; c < classes(); c++) {
      best = score(c) > score(best) ? c : best;
    }
    return best;
  }

  private static void checkFinite(float[] input, int offset, int size) {
    for (int i = 0; i < size; i++) {
      if (!Float.isFinite(input[offset + i])) {
        throw new IllegalArgumentException(
            "The value "
                + i
                + " of the input is "
                + input[offset + i]
                + ", which is no finite number.");
      }
    }
  }

  /** Number of classes. */
  public int classes() {
    return scores.size();
  }

  /**
   * The score of class {@code c} after the last {@link #predict}: the output unit, or the
   * probability if the cost is cross-entropy. Before the first one it means nothing.
   *
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public float score(int c) {
    Objects.checkIndex(c, scores.size());
    return scores.get(0, c);
  }

  /** Steps that the last prediction took. */
  public int stepsTaken() {
    return relaxation.steps()[0];
  }

  /**
   * Whether the last prediction has converged: its residual is below the tolerance or, if the
   * tolerance is 0, its last step changed nothing.
   */
  public boolean converged() {
    return relaxation.converged(0);
  }

  /** Largest change of a unit in the last step: how settled the prediction is. */
  public float residual() {
    return relaxation.residual()[0];
  }
}
