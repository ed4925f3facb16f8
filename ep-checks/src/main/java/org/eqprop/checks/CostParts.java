package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Trainable;
import org.eqprop.core.settle.Context;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * That threads may evaluate a cost at the same time, each for its own rows; that what is not a
 * number stays so; and that none of it allocates.
 */
final class CostParts {
  private static final int SAMPLES = 6;
  private static final int ROW = 1;
  private static final float SCALE = 0.7f;

  private final Cost cost;
  private final @Nullable Trainable readOut;
  private final Random random = new Random(53);
  private final Rows s;
  private final Rows y;
  private final Rows base;
  private final Rows out;
  private final float[] losses = new float[SAMPLES];

  CostParts(Cost cost) {
    this.cost = cost;
    readOut = cost.readOut();
    int size = cost.classes();
    if (readOut != null) {
      size = readOut.fanIn();
      for (Parameter parameter : readOut.parameters()) {
        parameter.read(Values.array(parameter.shape().size(), random));
      }
      readOut.refresh(KernelsSelector.kernels(), 0, readOut.tiles());
    }
    s = Values.rows(SAMPLES, size, random);
    y = Rows.allocate(SAMPLES, cost.classes());
    for (int r = 0; r < SAMPLES; r++) {
      y.set(r, random.nextInt(cost.classes()), 1);
    }
    base = Values.rows(SAMPLES, size, random);
    out = Rows.allocate(SAMPLES, size);
  }

  void check() {
    checkThreads();
    checkNaN(KernelsSelector.kernels());
    checkNaN(new ScalarKernels());
    checkAllocation();
  }

  private void checkThreads() {
    Kernels kernels = KernelsSelector.kernels();
    Cost.Reading reading = cost.reading(SAMPLES);
    Rows scores = reading.scores(kernels, s, 0, SAMPLES);
    evaluate(kernels, reading, 0, SAMPLES);
    float[] expectedScores = Values.flat(scores);
    float[] expectedPull = Values.flat(out);
    float[] expectedLosses = losses.clone();
    Threads.assertRight(
        "the loss and pull of a cost",
        (worker, threads) -> {
          int from = Context.share(SAMPLES, worker, Threads.COUNT);
          int to = Context.share(SAMPLES, worker + 1, Threads.COUNT);
          Rows found = evaluate(kernels, reading, from, to);
          boolean right = Values.same(found, expectedScores, from, to);
          for (int r = from; r < to; r++) {
            right &= Float.compare(losses[r], expectedLosses[r]) == 0;
          }
          threads.didPiece(worker);
          return right && Values.same(out, expectedPull, from, to);
        });
  }

  private Rows evaluate(Kernels kernels, Cost.Reading reading, int from, int to) {
    Rows scores = reading.scores(kernels, s, from, to);
    for (int r = from; r < to; r++) {
      losses[r] = reading.loss(scores, y, r);
    }
    reading.keep(kernels, SCALE, y, s, from, to);
    reading.pull(kernels, SCALE, y, s, base, out, from, to);
    return scores;
  }

  /** States that are NaN have a loss and a pull that are NaN. */
  private void checkNaN(Kernels kernels) {
    Cost.Reading reading = cost.reading(SAMPLES);
    Rows broken = Rows.allocate(SAMPLES, s.size());
    broken.copy(s, 0, SAMPLES);
    Values.fill(broken, ROW, Float.NaN);
    Rows scores = reading.scores(kernels, broken, 0, SAMPLES);
    assertThat(reading.loss(scores, y, ROW)).as("loss of states that are NaN").isNaN();
    reading.pull(kernels, SCALE, y, broken, null, out, 0, SAMPLES);
    for (int i = 0; i < s.size(); i++) {
      assertThat(out.get(ROW, i)).as("pull %d of states that are NaN", i).isNaN();
    }
    Rows brokenBase = Rows.allocate(SAMPLES, s.size());
    Values.fill(brokenBase, ROW, Float.NaN);
    reading.pull(kernels, SCALE, y, s, brokenBase, out, 0, SAMPLES);
    for (int i = 0; i < s.size(); i++) {
      assertThat(out.get(ROW, i)).as("pull %d on a base that is NaN", i).isNaN();
    }
  }

  private void checkAllocation() {
    Kernels plain = new ScalarKernels();
    Cost.Reading reading = cost.reading(SAMPLES);
    Rows scores = reading.scores(plain, s, 0, SAMPLES);
    Allocation.assertNone("scores of a cost", () -> reading.scores(plain, s, 0, SAMPLES));
    Allocation.assertNone("loss of a cost", () -> losses[0] = reading.loss(scores, y, 0));
    Allocation.assertNone(
        "pull of a cost",
        () -> {
          reading.pull(plain, SCALE, y, s, null, out, 0, SAMPLES);
          reading.pull(plain, SCALE, y, s, base, out, 0, SAMPLES);
        });
    Allocation.assertNone("keep of a cost", () -> reading.keep(plain, SCALE, y, s, 0, SAMPLES));
    if (readOut != null) {
      int tiles = readOut.tiles();
      Sink.Axpy sink = new Sink.Axpy(0.01f);
      Allocation.assertNone(
          "gradient of a cost",
          () -> {
            reading.gradient(plain, SAMPLES, 0, tiles, Sink.STORE);
            reading.gradient(plain, SAMPLES, 0, tiles, sink);
          });
    }
  }
}
