package org.eqprop.core.learn;

import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Randomness;
import org.eqprop.core.settle.Context;

/**
 * Trains: for each batch of a random order, settle; then gradient, update and refresh, tile by
 * tile.
 *
 * <p>The order of an epoch is a function of the seed and the epoch's number, so training can stop
 * after any batch and go on from there, in another process, to the same weights bit for bit.
 */
public final class Trainer {
  private final Network network;
  private final Context context;
  private final GradientEstimator estimator;
  private final Optimizer optimizer;
  private final Minibatch batch;
  private final int batchSize;
  private final long seed;
  private final int[] order;
  private final Randomness shuffle;
  private final TileShares shares;
  private final Context.Task update = this::update;

  /**
   * A trainer of {@code network} on {@code samples}.
   *
   * @throws IllegalArgumentException if the samples do not fit the network or the batch size
   */
  public Trainer(
      Network network,
      Context context,
      GradientEstimator estimator,
      Optimizer optimizer,
      Samples samples,
      int batchSize,
      long seed) {
    checkFit(network, samples);
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
    this.network = network;
    this.context = context;
    this.estimator = estimator;
    this.optimizer = optimizer;
    this.batch = new Minibatch(samples, batchSize);
    this.batchSize = batchSize;
    this.seed = seed;
    this.order = new int[samples.size()];
    this.shuffle = new Randomness(seed, Randomness.Stream.ORDER, 0);
    this.shares = new TileShares(network, context.threads(), estimator::work);
  }

  /**
   * Checks that samples have the network's input and output sizes.
   *
   * @throws IllegalArgumentException if not
   */
  public static void checkFit(Network network, Samples samples) {
    if (network.input().size() != samples.inputSize()
        || network.output().size() != samples.classes()) {
      throw new IllegalArgumentException(
          "The network takes "
              + network.input().size()
              + " inputs and gives "
              + network.output().size()
              + " classes, but the data has "
              + samples.inputSize()
              + " inputs and "
              + samples.classes()
              + " classes.");
    }
  }

  /** Batches an epoch has; the last one may be short. */
  public int batches() {
    return (order.length + batchSize - 1) / batchSize;
  }

  /**
   * Trains on batches {@code firstBatch} on of epoch {@code epoch}, both from 0.
   *
   * @param totals added to
   * @return the number of the next batch: {@link #batches()} if the epoch is complete
   * @throws DivergenceException if a state is not finite any more; the update is not made
   */
  public int train(int epoch, int firstBatch, Totals totals, Listener listener) {
    shuffle.restart(seed, Randomness.Stream.ORDER, epoch);
    shuffle.permute(order);
    for (int b = firstBatch; b < batches(); b++) {
      int first = b * batchSize;
      int count = Math.min(batchSize, order.length - first);
      batch.select(order, first, count, (long) epoch * batches() + b);
      estimator.settle(batch);
      checkFinite();
      context.run(update);
      totals.add(batch, estimator.outcome());
      if (!listener.batchDone(b + 1, batches(), totals)) {
        return b + 1;
      }
    }
    return batches();
  }

  private void checkFinite() {
    float sum = 0f;
    for (int r = 0; r < batch.count(); r++) {
      sum += estimator.outcome().loss(r) + estimator.outcome().residual(r) + estimator.response(r);
    }
    if (!(Math.abs(sum) < Float.POSITIVE_INFINITY)) {
      Layer layer = estimator.firstNotFinite(batch.count());
      throw new DivergenceException(
          "The states of layer "
              + layer.name()
              + " are no longer finite; use smaller learning rates, beta or epsilon.");
    }
  }

  /** Gradient, update and derived forms of a worker's tiles, some at a time. */
  private void update(int worker, int workers) {
    for (int c = 0; c < network.connections().size(); c++) {
      Connection connection = network.connections().get(c);
      int stride = connection.tilesAtOnce();
      int end = shares.end(c, worker);
      for (int tile = shares.first(c, worker); tile < end; tile += stride) {
        update(c, connection, tile, Math.min(tile + stride, end));
      }
    }
  }

  private void update(int c, Connection connection, int first, int end) {
    optimizer.update(context.kernels(), estimator, c, first, end);
    connection.refresh(context.kernels(), first, end);
  }
}
