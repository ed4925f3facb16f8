package org.eqprop.core.cost;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.ScalarActivation;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Memory;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates {@link CrossEntropy}. The softmax of a row is taken after its largest value was
 * subtracted, by the same operations whatever the kernels, so that it has the same bits everywhere.
 * No exponential is below 2⁻⁶⁴, so no loss is infinite: with n classes it is 44.4 + ln n at most.
 */
final class SoftmaxReading implements Cost.Reading {
  private final Dense readOut;

  /** p of the last {@link #scores}. */
  private final Rows p;

  /** The same within {@link #pull}: a nudged phase must not overwrite the scores. */
  private final Rows pulled;

  /** scale·(y − p) of the samples that were kept. */
  private final Rows kept;

  private final Rows keptStates;

  SoftmaxReading(Dense readOut, int outputSize, int samples) {
    this.readOut = readOut;
    int classes = readOut.target().size();
    p = Rows.allocate(samples, classes);
    pulled = Rows.allocate(samples, classes);
    kept = Rows.allocate(samples, classes);
    keptStates = Rows.allocate(samples, outputSize);
  }

  @Override
  public Rows scores(Kernels k, Rows s, int from, int to) {
    softmax(k, s, p, from, to);
    return p;
  }

  @Override
  public float loss(Rows scores, Rows y, int row) {
    double sum = 0;
    for (int c = 0; c < scores.size(); c++) {
      float target = y.get(row, c);
      if (target != 0f) {
        sum -= target * StrictMath.log(scores.get(row, c));
      }
    }
    return (float) sum;
  }

  @Override
  public void pull(
      Kernels k, float scale, Rows y, Rows s, @Nullable Rows base, Rows out, int from, int to) {
    softmax(k, s, pulled, from, to);
    k.difference(scale, y, pulled, pulled, from, to);
    Rows start = base;
    if (start == null) {
      out.clear(from, to);
      start = out;
    }
    readOut.topDown(k, pulled, start, out, Memory.NONE, from, to);
  }

  @Override
  public void keep(Kernels k, float scale, Rows y, Rows s, int from, int to) {
    softmax(k, s, kept, from, to);
    k.difference(scale, y, kept, kept, from, to);
    keptStates.copy(s, from, to);
  }

  @Override
  public void gradient(Kernels k, int count, int firstTile, int endTile, Sink sink) {
    readOut.bottomUpGradient(k, kept, keptStates, Memory.NONE, count, firstTile, endTile, sink);
    readOut.biasGradient(k, kept, count, firstTile, endTile, sink);
  }

  private void softmax(Kernels k, Rows s, Rows out, int from, int to) {
    out.clear(from, to);
    readOut.addBias(out, from, to);
    readOut.bottomUp(k, s, out, out, Memory.NONE, from, to);
    float[] z = out.data();
    for (int r = from; r < to; r++) {
      int row = out.index(r, 0);
      softmax(z, row, row + out.size());
    }
  }

  private static void softmax(float[] z, int from, int to) {
    float largest = z[from];
    for (int i = from + 1; i < to; i++) {
      largest = z[i] > largest ? z[i] : largest;
    }
    float sum = 0f;
    for (int i = from; i < to; i++) {
      z[i] = ScalarActivation.exp(z[i] - largest);
      sum += z[i];
    }
    for (int i = from; i < to; i++) {
      z[i] /= sum;
    }
  }
}
