package org.eqprop.core.learn;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Division;
import org.eqprop.core.settle.Drive;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * The free phase of a batch, with which contrastive estimates begin: clamp the input, settle to s*,
 * and note what the cost makes of it.
 */
public final class FirstPhase {
  private final Context context;
  private final Kernels kernels;
  private final Network network;
  private final int steps;
  private final Relaxation relaxation;
  private final Drive drive;
  private final Division division;
  private final State free;
  private final Cost.Reading cost;
  private final Outcome outcome;
  private final Context.Task load = this::load;
  private final Context.Task begin = this::begin;
  private final Context.Task clamp = this::clamp;
  private @Nullable Minibatch batch;

  /**
   * The free phase of batches of at most {@code capacity} samples.
   *
   * @param network the network
   * @param context the threads that work
   * @param t T, at most as many steps
   * @param settling how the free phase is gone through
   * @param capacity the most samples that a batch has, at least 1
   * @throws IllegalArgumentException if the solver needs another kind of network
   */
  public FirstPhase(Network network, Context context, int t, Settling settling, int capacity) {
    this.network = network;
    this.context = context;
    this.kernels = context.learnerKernels();
    this.steps = t;
    this.relaxation = new Relaxation(network, kernels, capacity, settling);
    this.drive = new Drive(relaxation, context);
    this.division = Division.of(relaxation, context);
    this.free = relaxation.newState();
    this.cost = network.cost().reading(capacity);
    this.outcome = new Outcome(capacity);
  }

  /** {@return where the network settles} */
  public Relaxation relaxation() {
    return relaxation;
  }

  /** {@return how the workers share the phases} */
  public Division division() {
    return division;
  }

  /** {@return s* of the last batch} */
  public State free() {
    return free;
  }

  /** {@return what the last free phase gave} */
  public Outcome outcome() {
    return outcome;
  }

  /**
   * Clamps the input of a batch, before {@link #run}.
   *
   * @param samples the batch
   * @throws IllegalArgumentException if the batch has too many samples, or a value is not finite
   */
  public void prepare(Minibatch samples) {
    if (samples.count() > relaxation.samples()) {
      throw new IllegalArgumentException(
          "The batch has "
              + samples.count()
              + " samples, but the learner was made for "
              + relaxation.samples()
              + " at most.");
    }
    batch = samples;
    context.run(load);
    samples.requireFinite();
    context.run(clamp);
  }

  /** Computes the drive of the batch anew, after the weights have changed. */
  public void renewDrive() {
    context.run(begin);
    context.run(clamp);
  }

  /**
   * The worker's share of the free phase, in a region of {@link Division#run}.
   *
   * @param readOut the factor of the read-out's gradient: 1/B for the mean over B samples
   * @param worker number of the worker, from 0
   * @param workers number of workers, at least 1
   */
  public void run(float readOut, int worker, int workers) {
    Minibatch samples = batch();
    int from = Context.share(samples.count(), worker, workers);
    int to = Context.share(samples.count(), worker + 1, workers);
    samples.begin(relaxation, free, from, to);
    division.free(free, steps, samples.count(), worker, workers);
    samples.keep(free, from, to);
    Rows output = free.s(network.output());
    Rows scores = cost.scores(kernels, output, from, to);
    outcome.record(cost, scores, samples.y(), relaxation, from, to);
    cost.keep(kernels, readOut, samples.y(), output, from, to);
  }

  /**
   * The read-out's gradient, for {@link Gradients#gradient}.
   *
   * @param first first tile, inclusive
   * @param end last tile, exclusive
   * @param sink where the gradient goes
   */
  public void readOutGradient(int first, int end, Sink sink) {
    cost.gradient(kernels, batch().count(), first, end, sink);
  }

  /**
   * {@return the batch that was prepared last}
   *
   * @throws IllegalStateException if there is none
   */
  public Minibatch batch() {
    Minibatch samples = batch;
    if (samples == null) {
      throw new IllegalStateException("settle has not been called.");
    }
    return samples;
  }

  private void load(int worker, int workers) {
    Minibatch samples = batch();
    int from = Context.share(samples.count(), worker, workers);
    int to = Context.share(samples.count(), worker + 1, workers);
    samples.load(relaxation.x(), from, to);
    relaxation.begin(from, to);
  }

  private void begin(int worker, int workers) {
    Minibatch samples = batch();
    int from = Context.share(samples.count(), worker, workers);
    int to = Context.share(samples.count(), worker + 1, workers);
    relaxation.begin(from, to);
  }

  private void clamp(int worker, int workers) {
    drive.add(free, batch().count(), worker, workers);
  }
}
