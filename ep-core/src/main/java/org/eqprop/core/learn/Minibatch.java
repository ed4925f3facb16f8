package org.eqprop.core.learn;

import org.eqprop.core.network.State;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.tensor.Rows;

/**
 * The samples of one update: which they are, their targets y and, once {@link #load}ed, the inputs.
 * Reused from update to update.
 */
public final class Minibatch {
  private final Samples samples;
  private final Starts starts;
  private final int[] indices;
  private final int[] labels;
  private final Rows y;
  private int count;
  private long number;
  private boolean begun;

  /** A batch of at most {@code capacity} samples. */
  public Minibatch(Samples samples, int capacity) {
    this(samples, capacity, Starts.ZERO);
  }

  /**
   * A batch of at most {@code capacity} samples, whose free phases start as {@code starts} says.
   */
  public Minibatch(Samples samples, int capacity, Starts starts) {
    this.samples = samples;
    this.starts = starts;
    this.indices = new int[capacity];
    this.labels = new int[capacity];
    this.y = Rows.allocate(capacity, samples.classes());
  }

  /**
   * Selects {@code order[first]} to {@code order[first + length − 1]}.
   *
   * @param updateNumber counts updates over the whole run, from 0; the random sign depends on it
   * @throws IllegalArgumentException if a label is no class
   */
  public void select(int[] order, int first, int length, long updateNumber) {
    count = length;
    number = updateNumber;
    begun = false;
    for (int r = 0; r < length; r++) {
      indices[r] = order[first + r];
      labels[r] = label(samples, indices[r]);
      samples.copyTarget(indices[r], y.data(), y.index(r, 0));
    }
  }

  /** Selects what another batch of the same samples has. */
  public void select(Minibatch other) {
    count = other.count;
    number = other.number;
    begun = false;
    System.arraycopy(other.indices, 0, indices, 0, count);
    System.arraycopy(other.labels, 0, labels, 0, count);
    y.copy(other.y, 0, count);
  }

  private static int label(Samples samples, int i) {
    int label = samples.label(i);
    ArraySamples.checkLabel(i, label, samples.classes());
    return label;
  }

  /** Copies the inputs of rows {@code from} to {@code to} (exclusive) into the same rows of x. */
  public void load(Rows x, int from, int to) {
    for (int r = from; r < to; r++) {
      samples.copyInput(indices[r], x.data(), x.index(r, 0));
    }
  }

  /**
   * Sets the state of rows {@code from} to {@code to} (exclusive) to where their free phases start.
   * The input is clamped already.
   */
  public void begin(Relaxation relaxation, State state, int from, int to) {
    begun = true;
    starts.begin(indices, relaxation, state, from, to);
  }

  /** Takes note of where the free phases of rows {@code from} to {@code to} (exclusive) ended. */
  public void keep(State steady, int from, int to) {
    starts.keep(indices, steady, from, to);
  }

  /** Number of samples. */
  public int count() {
    return count;
  }

  /** Whether {@link #begin} was called since the samples were selected. */
  boolean hasBegun() {
    return begun;
  }

  /** Number of this update within the run, from 0. */
  public long number() {
    return number;
  }

  /** Class of row {@code r}. */
  public int label(int r) {
    return labels[r];
  }

  /** Targets, one-hot if the samples do not say otherwise. */
  public Rows y() {
    return y;
  }
}
