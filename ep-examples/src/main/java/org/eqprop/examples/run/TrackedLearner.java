package org.eqprop.examples.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eqprop.bptt.gdu.Alignment;
import org.eqprop.bptt.learn.BackpropThroughTime;
import org.eqprop.bptt.learn.RecurrentBackprop;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.learn.GradientEstimator;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Outcome;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.learn.Updater;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Trainable;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Settling;

/**
 * A learner whose gradient is compared from time to time with that of backpropagation through K
 * steps, and with that of recurrent backpropagation with many terms, which is the exact one where
 * the state is steady. It learns the same bits as without.
 */
final class TrackedLearner implements Learner {
  /** Terms of the series for the exact gradient, by K, and at least so many. */
  private static final int TIMES = 10;

  private static final int LEAST_TERMS = 200;

  private final GradientEstimator learner;
  private final int every;
  private final GradientEstimator bptt;
  private final GradientEstimator exact;
  private final Minibatch same;
  private final Consumer<List<GradientRow>> heard;

  /**
   * A tracked learner.
   *
   * @param config says at which updates: those whose number is a multiple of its track-gradient
   * @param heard told the rows of each look
   * @throws UsageException if it cannot be tracked
   */
  TrackedLearner(
      Learner learner,
      Config config,
      Context context,
      Samples samples,
      Consumer<List<GradientRow>> heard) {
    check(config.method(), learner, config);
    Network network = learner.network();
    Phases phases = config.phases();
    int terms = Math.max(LEAST_TERMS, TIMES * phases.k());
    Phases many =
        new Phases(
            phases.t(), terms, phases.beta(), phases.estimate(), phases.seed(), phases.settling());
    this.learner = (GradientEstimator) learner;
    this.every = config.trackGradient();
    this.same = new Minibatch(samples, config.batch());
    this.heard = heard;
    this.exact = new RecurrentBackprop(network, context, many, config.batch());
    this.bptt = new BackpropThroughTime(network, context, phases, config.batch());
  }

  /**
   * Checks that a learner can be tracked.
   *
   * @param method its name
   * @throws UsageException if it has no gradient, or BPTT cannot go back K steps
   */
  static void check(String method, Learner learner, Config config) {
    if (!(learner instanceof GradientEstimator)) {
      throw new UsageException(
          "track-gradient is "
              + config.trackGradient()
              + ", but the method "
              + method
              + " has no gradient of a batch: it changes the weights while it settles; leave it"
              + " out.");
    }
    boolean exact = config.settlingMode().settling().equals(Settling.EXACT);
    if (exact && config.k() > config.t()) {
      throw new UsageException(
          "track-gradient compares with backprop through the last K steps, but K is "
              + config.k()
              + " and T "
              + config.t()
              + "; make K smaller or T larger, or leave track-gradient out.");
    }
  }

  @Override
  public Network network() {
    return learner.network();
  }

  @Override
  public void learn(Minibatch batch, Updater updater) {
    if (batch.number() % every != 0) {
      learner.learn(batch, updater);
      return;
    }
    learner.settle(batch);
    learner.requireFinite(batch.count());
    List<float[]> own = gradients(learner);
    same.select(batch);
    bptt.settle(same);
    List<float[]> through = gradients(bptt);
    exact.settle(same);
    heard.accept(rows(batch.number(), own, through, gradients(exact)));
    updater.update(learner);
  }

  private List<float[]> gradients(GradientEstimator of) {
    List<Trainable> trainables = network().trainables();
    for (int c = 0; c < trainables.size(); c++) {
      of.gradient(c, 0, trainables.get(c).tiles(), Sink.STORE);
    }
    return network().parameters().stream().map(Parameter::writeGradient).toList();
  }

  private List<GradientRow> rows(
      long update, List<float[]> own, List<float[]> through, List<float[]> whole) {
    List<GradientRow> rows = new ArrayList<>();
    rows.add(
        new GradientRow(
            update,
            GradientRow.ALL,
            Alignment.of(wide(own), wide(through)),
            Alignment.of(wide(own), wide(whole))));
    for (int p = 0; p < own.size(); p++) {
      double[] values = wide(own.subList(p, p + 1));
      rows.add(
          new GradientRow(
              update,
              network().parameters().get(p).name(),
              Alignment.of(values, wide(through.subList(p, p + 1))),
              Alignment.of(values, wide(whole.subList(p, p + 1)))));
    }
    return rows;
  }

  private static double[] wide(List<float[]> parts) {
    double[] all = new double[parts.stream().mapToInt(part -> part.length).sum()];
    int i = 0;
    for (float[] part : parts) {
      for (float value : part) {
        all[i++] = value;
      }
    }
    return all;
  }

  @Override
  public Outcome outcome() {
    return learner.outcome();
  }

  @Override
  public float response(int row) {
    return learner.response(row);
  }

  @Override
  public Layer firstNotFinite(int count) {
    return learner.firstNotFinite(count);
  }
}
