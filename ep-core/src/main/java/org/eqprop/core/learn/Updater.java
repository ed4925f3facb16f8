package org.eqprop.core.learn;

import java.util.List;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Trainable;
import org.eqprop.core.settle.Context;
import org.jspecify.annotations.Nullable;

/**
 * Changes a network's parameters: gradient, update and derived forms, tile by tile, the workers of
 * a context dividing the tiles among them. Results do not depend on the number of workers.
 */
public final class Updater {
  private final Network network;
  private final Context context;
  private final Optimizer.Bound optimizer;
  private final Context.Task task = this::update;
  private @Nullable TileShares shares;
  private @Nullable Gradients gradients;
  private long step;

  /**
   * An updater of {@code network}.
   *
   * @param network the network that learns
   * @param context the threads that update
   * @param optimizer makes updates
   * @throws IllegalArgumentException if the optimizer's settings do not fit the network
   */
  public Updater(Network network, Context context, Optimizer optimizer) {
    this.network = network;
    this.context = context;
    this.optimizer = optimizer.bind(network);
  }

  /** {@return the number of updates made so far, in the whole run} */
  public long step() {
    return step;
  }

  /** {@return what the optimizer remembers, for checkpoints} */
  public List<StateTensor> state() {
    return optimizer.state();
  }

  /**
   * Goes on from a checkpoint, whose {@link #state()} has been read.
   *
   * @param updates the {@link #step()} then, at least 0
   * @throws IllegalArgumentException if it is negative
   */
  public void resume(long updates) {
    if (updates < 0) {
      throw new IllegalArgumentException(
          "The number of updates is " + updates + "; it must be at least 0.");
    }
    step = updates;
  }

  /**
   * Makes one update of all parameters.
   *
   * @param some the gradients
   */
  public void update(Gradients some) {
    gradients = some;
    if (shares == null) {
      shares = new TileShares(network, context.threads(), some::work);
    }
    optimizer.begin(step);
    context.run(task);
    step++;
  }

  private void update(int worker, int workers) {
    Gradients some = gradients;
    TileShares known = shares;
    if (some == null || known == null) {
      throw new IllegalStateException("There are no gradients.");
    }
    int last = workers == 1 ? context.threads() - 1 : worker;
    List<Trainable> trainables = network.trainables();
    for (int c = 0; c < trainables.size(); c++) {
      Trainable trainable = trainables.get(c);
      int stride = trainable.tilesAtOnce();
      int end = known.end(c, last);
      for (int tile = known.first(c, worker); tile < end; tile += stride) {
        update(some, c, trainable, tile, Math.min(tile + stride, end));
      }
    }
  }

  private void update(Gradients some, int c, Trainable trainable, int first, int end) {
    Sink sink = optimizer.sink(c);
    some.gradient(c, first, end, sink);
    if (sink == Sink.STORE) {
      List<Parameter> parameters = trainable.parameters();
      for (int p = 0; p < parameters.size(); p++) {
        Parameter parameter = parameters.get(p);
        optimizer.update(context.kernels(), c, p, parameter.start(first), parameter.start(end));
      }
    }
    trainable.refresh(context.kernels(), first, end);
  }
}
