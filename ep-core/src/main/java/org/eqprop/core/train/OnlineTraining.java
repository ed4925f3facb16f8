package org.eqprop.core.train;

import java.util.Map;
import java.util.concurrent.CancellationException;
import org.eqprop.core.internal.event.Events;
import org.eqprop.core.internal.event.Probe;
import org.eqprop.core.learn.DivergenceException;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.LivePredictor;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Optimizer;
import org.eqprop.core.learn.Outcome;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.learn.Updater;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;
import org.eqprop.core.store.Model;

/**
 * Trains by equilibrium propagation on samples that come one at a time, an update for each. Made by
 * {@link Training#online}. It allocates nothing but in {@link #snapshot}, and works on the calling
 * thread.
 *
 * <p>Thread-safe: a call waits for the one before. Others predict meanwhile with a {@link
 * LivePredictor} of a {@link #snapshot}.
 */
public final class OnlineTraining implements AutoCloseable {
  private static final int[] FIRST = {0};

  private final Context context = new Context(1);
  private final Network network;
  private final Phases phases;
  private final LatestSample sample;
  private final Minibatch batch;
  private final EquilibriumPropagation learner;
  private final Updater updater;
  private final Probe probe = Events.batches(context.kernels().name());
  private boolean closed;

  OnlineTraining(Network network, int inputSize, int classes, Phases phases, Optimizer rule) {
    this.network = network;
    this.phases = phases;
    this.sample = new LatestSample(inputSize, classes);
    Trainer.checkFit(network, sample);
    this.batch = new Minibatch(sample, 1);
    this.learner = new EquilibriumPropagation(network, context, phases, 1);
    this.updater = new Updater(network, context, rule);
  }

  /**
   * Learns from one sample.
   *
   * @param input one value for each input unit; copied
   * @param label its class, from 0 on
   * @return the class that the network gave it before this update: compare it with the label to
   *     measure how well it does on what it has not seen
   * @throws IllegalArgumentException if there is another number of values, one is not finite, or
   *     there is no such class; then nothing is learned
   * @throws DivergenceException if a state is not finite any more; the update is not made
   * @throws CancellationException if the thread was interrupted; it still is, and nothing is
   *     learned
   * @throws IllegalStateException if this is closed
   */
  public synchronized int learn(float[] input, int label) {
    sample.set(input, label);
    return learn();
  }

  /**
   * Learns from one sample with a target of any values.
   *
   * @param input one value for each input unit; copied
   * @param target y, one value for each output unit; copied
   * @return the place of the largest output before this update
   * @throws IllegalArgumentException if there is another number of values, or one is not finite;
   *     then nothing is learned
   * @throws DivergenceException if a state is not finite any more; the update is not made
   * @throws CancellationException if the thread was interrupted; it still is, and nothing is
   *     learned
   * @throws IllegalStateException if this is closed
   */
  public synchronized int learn(float[] input, float[] target) {
    sample.set(input, target);
    return learn();
  }

  private int learn() {
    if (closed) {
      throw new IllegalStateException("The training is closed; make a new one.");
    }
    Epochs.requireNotInterrupted();
    batch.select(FIRST, 0, 1, updater.step());
    Object event = probe.begin();
    learner.learn(batch, updater);
    Outcome outcome = learner.outcome();
    if (event != null) {
      int errors = outcome.predicted(0) == batch.label(0) ? 0 : 1;
      probe.end(
          event,
          new Probe.Facts(1, outcome.steps(0), outcome.residual(0), outcome.loss(0), errors));
    }
    learner.requireFinite(1);
    return outcome.predicted(0);
  }

  /**
   * The loss ℓ of the last sample before its update; 0 before the first one.
   *
   * @return the loss; not finite where the last call threw
   */
  public synchronized float loss() {
    return learner.outcome().loss(0);
  }

  /**
   * Number of updates so far.
   *
   * @return at least 0
   */
  public synchronized long updates() {
    return updater.step();
  }

  /**
   * A model with a copy of the network as it is now, which learning does not change any more.
   *
   * @return the model, with the steps and the settling of the training
   * @throws DivergenceException if a weight is not finite any more
   */
  public synchronized Model snapshot() {
    Checks.requireFinite(network);
    return new Model(network.copy(), phases.t(), phases.settling(), Map.of());
  }

  /** Ends the training; the network stays as it is. */
  @Override
  public synchronized void close() {
    closed = true;
    context.close();
  }
}
