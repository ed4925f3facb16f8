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

  /** Whether all that was loaded is finite; other threads only ever set it to false. */
  private volatile boolean finite = true;

  /**
   * A batch of at most {@code capacity} samples.
   *
   * @param samples where samples come from
   * @param capacity the most samples that a batch has, at least 1
   */
  public Minibatch(Samples samples, int capacity) {
    this(samples, capacity, Starts.ZERO);
  }

  /**
   * A batch of at most {@code capacity} samples, whose free phases start as {@code starts} says.
   *
   * @param samples where samples come from
   * @param capacity the most samples that a batch has, at least 1
   * @param starts where free phases start
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
   * @param order numbers of samples
   * @param first first place in the order
   * @param length number of samples
   * @param updateNumber counts updates over the whole run, from 0; the random sign depends on it
   * @throws IllegalArgumentException if a label is no class, or a target is not finite
   */
  public void select(int[] order, int first, int length, long updateNumber) {
    count = length;
    number = updateNumber;
    begun = false;
    finite = true;
    for (int r = 0; r < length; r++) {
      indices[r] = order[first + r];
      labels[r] = label(samples, indices[r]);
      samples.copyTarget(indices[r], y.data(), y.index(r, 0));
      checkTarget(r);
    }
  }

  private void checkTarget(int r) {
    for (int c = 0; c < y.size(); c++) {
      if (!Float.isFinite(y.get(r, c))) {
        throw new IllegalArgumentException(
            "Value "
                + c
                + " of the target of sample "
                + indices[r]
                + " is "
                + y.get(r, c)
                + ", which is no finite number.");
      }
    }
  }

  /**
   * Selects what another batch of the same samples has.
   *
   * @param other the other batch
   */
  public void select(Minibatch other) {
    count = other.count;
    number = other.number;
    begun = false;
    finite = true;
    System.arraycopy(other.indices, 0, indices, 0, count);
    System.arraycopy(other.labels, 0, labels, 0, count);
    y.copy(other.y, 0, count);
  }

  private static int label(Samples samples, int i) {
    int label = samples.label(i);
    ArraySamples.checkLabel(i, label, samples.classes());
    return label;
  }

  /**
   * Copies the inputs of rows {@code from} to {@code to} (exclusive) into the same rows of x.
   *
   * @param x filled, one row a sample
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void load(Rows x, int from, int to) {
    for (int r = from; r < to; r++) {
      int start = x.index(r, 0);
      samples.copyInput(indices[r], x.data(), start);
      if (!isFinite(x.data(), start, start + samples.inputSize())) {
        finite = false;
      }
    }
  }

  /** Zero times a finite value is zero; the sums have no order between them, so they are fast. */
  private static boolean isFinite(float[] values, int from, int to) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      a += 0 * values[i];
      b += 0 * values[i + 1];
      c += 0 * values[i + 2];
      d += 0 * values[i + 3];
    }
    for (; i < to; i++) {
      a += 0 * values[i];
    }
    return a + b + c + d == 0;
  }

  /**
   * Checks the inputs that were loaded since the samples were selected.
   *
   * @throws IllegalArgumentException if a value is not finite, with its place
   */
  public void requireFinite() {
    if (finite) {
      return;
    }
    float[] values = new float[samples.inputSize()];
    for (int r = 0; r < count; r++) {
      samples.copyInput(indices[r], values, 0);
      CopiedInputs.checkFinite("input", indices[r], values);
    }
    throw new IllegalArgumentException("The samples change while they are read.");
  }

  /**
   * Sets the state of rows {@code from} to {@code to} (exclusive) to where their free phases start.
   * The input is clamped already.
   *
   * @param relaxation where the network settles
   * @param state set to where the free phase starts
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void begin(Relaxation relaxation, State state, int from, int to) {
    begun = true;
    starts.begin(indices, relaxation, state, from, to);
  }

  /**
   * Takes note of where the free phases of rows {@code from} to {@code to} (exclusive) ended.
   *
   * @param steady where the free phase ended
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void keep(State steady, int from, int to) {
    starts.keep(indices, steady, from, to);
  }

  /** {@return the number of samples} */
  public int count() {
    return count;
  }

  /** Whether {@link #begin} was called since the samples were selected. */
  boolean hasBegun() {
    return begun;
  }

  /** {@return the number of this update within the run, from 0} */
  public long number() {
    return number;
  }

  /**
   * {@return the class of row {@code r}}
   *
   * @param r a row, from 0
   */
  public int label(int r) {
    return labels[r];
  }

  /** {@return the targets, one-hot if the samples do not say otherwise} */
  public Rows y() {
    return y;
  }
}
