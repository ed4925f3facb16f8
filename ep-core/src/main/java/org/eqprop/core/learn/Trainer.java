package org.eqprop.core.learn;

import org.eqprop.core.internal.event.Events;
import org.eqprop.core.internal.event.Probe;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Randomness;
import org.eqprop.core.settle.Context;

/**
 * Trains: has a {@link Learner} learn from each batch, in a random order.
 *
 * <p>The order of an epoch is a function of the seed and the epoch's number, so training can stop
 * after any batch and go on from there, in another process, to the same weights bit for bit.
 */
public final class Trainer {
  private final Learner learner;
  private final Updater updater;
  private final Minibatch batch;
  private final int batchSize;
  private final long seed;
  private final Starts starts;
  private final int[] order;
  private final Randomness shuffle;
  private final Probe probe;

  /**
   * A trainer of {@code network} on {@code samples}.
   *
   * @param network the network
   * @param context the workers that make the updates: the learner's
   * @param learner made for {@code network} and for batches of at least {@code batchSize} samples
   * @param optimizer makes updates of them
   * @param samples what the network learns from
   * @param batchSize samples per update, from 1 to the number of samples
   * @param seed of the order of the samples
   * @throws IllegalArgumentException if the samples do not fit the network or the batch size, or
   *     the learner is of another network
   */
  public Trainer(
      Network network,
      Context context,
      Learner learner,
      Optimizer optimizer,
      Samples samples,
      int batchSize,
      long seed) {
    this(network, context, learner, optimizer, samples, batchSize, seed, Starts.ZERO);
  }

  /**
   * The same, where free phases start as {@code starts} says.
   *
   * @param network the network
   * @param context the threads that work
   * @param learner gives the gradients
   * @param optimizer makes updates of them
   * @param samples what the network learns from
   * @param batchSize samples of an update, at least 1
   * @param seed of the order of the samples
   * @param starts made for {@code network} and for as many samples
   * @throws IllegalArgumentException if the samples do not fit the network or the batch size, or
   *     the learner is of another network
   */
  public Trainer(
      Network network,
      Context context,
      Learner learner,
      Optimizer optimizer,
      Samples samples,
      int batchSize,
      long seed,
      Starts starts) {
    checkFit(network, samples);
    if (!learner.network().equals(network)) {
      throw new IllegalArgumentException(
          "The learner is of another network; make one for the network that is trained.");
    }
    if (batchSize < 1 || batchSize > samples.size()) {
      throw new IllegalArgumentException(
          "The batch size is "
              + batchSize
              + "; with "
              + samples.size()
              + " training samples it must be from 1 to "
              + samples.size()
              + ".");
    }
    this.learner = learner;
    this.updater = new Updater(network, context, optimizer);
    this.batch = new Minibatch(samples, batchSize, starts);
    this.batchSize = batchSize;
    this.seed = seed;
    this.starts = starts;
    this.order = new int[samples.size()];
    this.shuffle = new Randomness(seed, Randomness.Stream.ORDER, 0);
    this.probe = Events.batches(context.kernels().name());
    Events.kernels("training", context.kernels().name());
    ShortBatch.rehearse(context, samples.size() % batchSize);
  }

  /**
   * Checks that there are samples, and that they have the network's input and output sizes.
   *
   * @param network the network
   * @param samples what the network learns from
   * @throws IllegalArgumentException if not
   */
  public static void checkFit(Network network, Samples samples) {
    if (samples.size() < 1) {
      throw new IllegalArgumentException("There are no samples; give at least one.");
    }
    if (network.input().size() != samples.inputSize()
        || network.cost().classes() != samples.classes()) {
      throw new IllegalArgumentException(
          "The network takes "
              + network.input().size()
              + " inputs and gives "
              + network.cost().classes()
              + " classes, but the data has "
              + samples.inputSize()
              + " inputs and "
              + samples.classes()
              + " classes.");
    }
  }

  /**
   * Makes the updates, and knows what a checkpoint must hold of them.
   *
   * @return the updater
   */
  public Updater updater() {
    return updater;
  }

  /** {@return where free phases start} */
  public Starts starts() {
    return starts;
  }

  /** {@return the batches an epoch has; the last one may be short} */
  public int batches() {
    return (order.length + batchSize - 1) / batchSize;
  }

  /**
   * Trains on batches {@code firstBatch} on of epoch {@code epoch}, both from 0.
   *
   * @param epoch number of the epoch, from 0
   * @param firstBatch number of the first batch, from 0
   * @param totals added to
   * @param listener told of each batch; training stops early if it returns false
   * @return the number of the next batch: {@link #batches()} if the epoch is complete
   * @throws IllegalArgumentException if there is no such epoch or batch, a label is no class, a
   *     value is not finite, or the learner was made for smaller batches
   * @throws IllegalStateException if the context is closed
   * @throws DivergenceException if a state is not finite any more; the update is not made
   */
  public int train(int epoch, int firstBatch, Totals totals, Listener listener) {
    if (epoch < 0 || firstBatch < 0 || firstBatch > batches()) {
      throw new IllegalArgumentException(
          "Epoch "
              + epoch
              + " and batch "
              + firstBatch
              + " were asked for; epochs are counted from 0, and batches are 0 to "
              + batches()
              + ".");
    }
    shuffle.restart(seed, Randomness.Stream.ORDER, epoch);
    shuffle.permute(order);
    for (int b = firstBatch; b < batches(); b++) {
      int first = b * batchSize;
      int count = Math.min(batchSize, order.length - first);
      batch.select(order, first, count, (long) epoch * batches() + b);
      Object event = probe.begin();
      learner.learn(batch, updater);
      if (event != null) {
        probe.end(event, facts());
      }
      batch.requireFinite();
      learner.requireFinite(count);
      requireBegun();
      starts.learn(count);
      totals.add(batch, learner.outcome());
      if (!listener.batchDone(b + 1, batches(), totals)) {
        return b + 1;
      }
    }
    return batches();
  }

  private Probe.Facts facts() {
    Totals totals = new Totals();
    totals.add(batch, learner.outcome());
    float largest = 0;
    for (int r = 0; r < batch.count(); r++) {
      largest = Math.max(largest, learner.outcome().residual(r));
    }
    int errors = Math.toIntExact(totals.errors());
    return new Probe.Facts(batch.count(), totals.steps(), largest, totals.loss(), errors);
  }

  private void requireBegun() {
    if (!starts.equals(Starts.ZERO) && !batch.hasBegun()) {
      throw new IllegalStateException(
          "The learner does not call Minibatch.begin, so its free phases cannot start elsewhere"
              + " than at zero.");
    }
  }
}
