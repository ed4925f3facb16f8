package org.eqprop.core.learn;

import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Division;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Steps;
import org.eqprop.core.tensor.Rows;

/** Measures loss and error of a network on a data set: the free phase for every sample. */
public final class Evaluator {
  /** Samples a worker settles at a time: two tall tiles of the matrix product. */
  private static final int SHARD = 20;

  private final Network network;
  private final Context context;
  private final int steps;
  private final Minibatch batch;
  private final int[] order;
  private final Relaxation relaxation;
  private final Division division;
  private final State state;
  private final Cost.Reading cost;
  private final Outcome outcome;
  private final Context.Task settle = this::settle;

  /**
   * An evaluator of {@code network} on {@code samples}, which settles as the paper has it.
   *
   * @param network the network
   * @param context the threads that work
   * @param steps T, steps of the free phase
   * @param samples what the network is measured on
   * @throws IllegalArgumentException if the samples do not fit the network, or {@code steps} is not
   *     from 1 to {@link Steps#MOST}
   */
  public Evaluator(Network network, Context context, int steps, Samples samples) {
    this(network, context, steps, Settling.EXACT, samples);
  }

  /**
   * An evaluator of {@code network} on {@code samples}.
   *
   * @param network the network
   * @param context the threads that work
   * @param steps T, steps of the free phase (the most, if there is a tolerance)
   * @param settling how the free phase is gone through: as in training
   * @param samples what the network is measured on
   * @throws IllegalArgumentException if the samples do not fit the network, or {@code steps} is not
   *     from 1 to {@link Steps#MOST}
   */
  public Evaluator(
      Network network, Context context, int steps, Settling settling, Samples samples) {
    this(network, context, steps, settling, samples, Starts.ZERO);
  }

  /**
   * The same, where free phases start as {@link Starts#unseen} of {@code starts} says.
   *
   * @param network the network
   * @param context the threads that work
   * @param steps T, steps of the free phase (the most, if there is a tolerance)
   * @param settling how the free phase is gone through: as in training
   * @param samples what the network is measured on
   * @param starts those of the training
   * @throws IllegalArgumentException if the samples do not fit the network, or {@code steps} is not
   *     from 1 to {@link Steps#MOST}
   */
  public Evaluator(
      Network network,
      Context context,
      int steps,
      Settling settling,
      Samples samples,
      Starts starts) {
    Steps.check("steps", steps);
    Trainer.checkFit(network, samples);
    this.network = network;
    this.context = context;
    this.steps = steps;
    int capacity = Math.min(SHARD * context.threads(), samples.size());
    this.batch = new Minibatch(samples, capacity, starts.unseen(capacity));
    this.order = new int[samples.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    this.relaxation = new Relaxation(network, context.kernels(), capacity, settling);
    this.division = Division.of(relaxation, context);
    this.state = relaxation.newState();
    this.cost = network.cost().reading(capacity);
    this.outcome = new Outcome(capacity);
  }

  /** {@return the samples that a listener has just heard of} */
  public Minibatch batch() {
    return batch;
  }

  /** {@return what their free phases gave, row by row of {@link #batch}} */
  public Outcome outcome() {
    return outcome;
  }

  /** {@return their steady states, row by row of {@link #batch}} Not to be changed. */
  public State state() {
    return state;
  }

  /**
   * Adds all samples to {@code totals}; false from the listener stops early.
   *
   * @param totals added to
   * @param listener is told of each batch, and says whether to go on
   * @throws IllegalArgumentException if a label is no class or a value is not finite
   */
  public void evaluate(Totals totals, Listener listener) {
    int capacity = relaxation.samples();
    int batches = (order.length + capacity - 1) / capacity;
    for (int b = 0; b < batches; b++) {
      batch.select(order, b * capacity, Math.min(capacity, order.length - b * capacity), b);
      division.run(context, settle);
      batch.requireFinite();
      totals.add(batch, outcome);
      if (!listener.batchDone(b + 1, batches, totals)) {
        return;
      }
    }
  }

  private void settle(int worker, int workers) {
    int from = Context.share(batch.count(), worker, workers);
    int to = Context.share(batch.count(), worker + 1, workers);
    batch.load(relaxation.x(), from, to);
    relaxation.clamp(state, from, to);
    batch.begin(relaxation, state, from, to);
    division.free(state, steps, batch.count(), worker, workers);
    Rows scores = cost.scores(context.kernels(), state.s(network.output()), from, to);
    outcome.record(cost, scores, batch.y(), relaxation, from, to);
  }
}
