package org.eqprop.core.train;

import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Evaluator;
import org.eqprop.core.learn.Listener;
import org.eqprop.core.learn.Optimizer;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;
import org.jspecify.annotations.Nullable;

/** Passes over samples, with measurements and listeners. */
final class Epochs {
  private final Network network;
  private final Phases phases;
  private final Optimizer rule;
  private final int batch;
  private final int threads;
  private final Heard heard;

  /** Whether the listener of batches has ended the training. */
  private boolean stopped;

  /** Who is told. */
  record Heard(Listener onBatch, Consumer<EpochSummary> onEpoch, Predicate<EpochSummary> until) {}

  Epochs(Network network, Phases phases, Optimizer rule, int batch, int threads, Heard heard) {
    this.network = network;
    this.phases = phases;
    this.rule = rule;
    this.batch = batch;
    this.threads = threads;
    this.heard = heard;
  }

  /** Trains the network. */
  void run(Samples samples, @Nullable Samples test, int epochs, long seed) {
    try (Context context = new Context(threads)) {
      var learner = new EquilibriumPropagation(network, context, phases, batch);
      var trainer = new Trainer(network, context, learner, rule, samples, batch, seed);
      Evaluator evaluator =
          test == null
              ? null
              : new Evaluator(network, context, phases.t(), phases.settling(), test);
      for (int epoch = 0; epoch < epochs; epoch++) {
        Totals totals = new Totals();
        stopped = false;
        trainer.train(epoch, 0, totals, this::goesOn);
        if (stopped) {
          return;
        }
        double error = evaluator == null ? Double.NaN : error(evaluator);
        EpochSummary summary =
            new EpochSummary(
                epoch + 1, epochs, totals.loss(), totals.error(), error, totals.steps());
        heard.onEpoch().accept(summary);
        if (heard.until().test(summary)) {
          return;
        }
      }
    }
  }

  private static double error(Evaluator evaluator) {
    Totals totals = new Totals();
    evaluator.evaluate(
        totals,
        (done, batches, sums) -> {
          requireNotInterrupted();
          return true;
        });
    return totals.error();
  }

  private boolean goesOn(int done, int batches, Totals totals) {
    requireNotInterrupted();
    stopped = !heard.onBatch().batchDone(done, batches, totals);
    return !stopped;
  }

  /**
   * Checks the thread.
   *
   * @throws CancellationException if it was interrupted
   */
  static void requireNotInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("The training was interrupted.");
    }
  }
}
