package own.parts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.learn.GradientEstimator;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Outcome;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.tensor.Rows;

/**
 * One-sided equilibrium propagation as the formula has it (Eq. 9): the products of the nudged phase
 * less those of the free phase, divided by β and by the batch. The vector-field rule of untied
 * weights multiplies both with the free phase's state of the other side.
 */
public final class TwoProducts implements GradientEstimator {
  private final Network network;
  private final Context context;
  private final Phases phases;
  private final Relaxation relaxation;
  private final State free;
  private final State nudged;
  private final List<Rows> plus = new ArrayList<>();
  private final List<Rows> minus = new ArrayList<>();
  private final Cost.Reading cost;
  private final Outcome outcome;
  private final float[] response;
  private final Context.Task task = this::settle;
  private Minibatch batch;

  /**
   * An estimator for batches of at most {@code capacity} samples.
   *
   * @throws IllegalArgumentException if the estimate is not one-sided
   */
  public TwoProducts(Network network, Context context, Phases phases, int capacity) {
    this.network = network;
    this.context = context;
    this.phases = phases;
    if (phases.estimate() != Phases.Estimate.ONE_SIDED) {
      throw new IllegalArgumentException(
          "It has one nudged phase with +beta; choose the estimate one-sided.");
    }
    relaxation = new Relaxation(network, context.kernels(), capacity, phases.settling());
    free = relaxation.newState();
    nudged = relaxation.newState();
    for (int n = 0; n < network.depth(); n++) {
      int size = network.layers().get(n).size();
      plus.add(Rows.allocate(capacity, size));
      minus.add(Rows.allocate(capacity, size));
    }
    cost = network.cost().reading(capacity);
    outcome = new Outcome(capacity);
    response = new float[capacity];
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public void settle(Minibatch samples) {
    batch = samples;
    context.run(task);
  }

  private void settle(int worker, int workers) {
    int from = Context.share(batch.count(), worker, workers);
    int to = Context.share(batch.count(), worker + 1, workers);
    batch.load(relaxation.x(), from, to);
    relaxation.begin(from, to);
    relaxation.clamp(free, from, to);
    batch.begin(relaxation, free, from, to);
    relaxation.free(free, phases.t(), from, to);
    batch.keep(free, from, to);
    Rows output = free.s(network.output());
    Rows scores = cost.scores(context.kernels(), output, from, to);
    outcome.record(cost, scores, batch.y(), relaxation, from, to);
    cost.keep(context.kernels(), 1f / batch.count(), batch.y(), output, from, to);
    nudged.copy(free, from, to);
    float beta = (float) phases.beta();
    relaxation.nudged(nudged, phases.k(), beta, batch.y(), from, to);
    Arrays.fill(response, from, to, 0f);
    float scale = 1 / (beta * batch.count());
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      context.kernels().largestChange(free.s(layer), nudged.s(layer), response, from, to);
      scale(scale, nudged.u(layer), plus.get(n), from, to);
      scale(-scale, free.u(layer), minus.get(n), from, to);
    }
  }

  private static void scale(float scale, Rows u, Rows out, int from, int to) {
    for (int r = from; r < to; r++) {
      for (int i = 0; i < u.size(); i++) {
        out.set(r, i, scale * u.get(r, i));
      }
    }
  }

  @Override
  public Outcome outcome() {
    return outcome;
  }

  @Override
  public float response(int row) {
    return response[row];
  }

  @Override
  public Layer firstNotFinite(int count) {
    return network.layers().stream()
        .limit(network.depth())
        .filter(layer -> !nudged.isFinite(layer, count))
        .findFirst()
        .orElse(network.output());
  }

  @Override
  public void gradient(int c, int first, int end, Sink sink) {
    int count = batch.count();
    if (c == network.connections().size()) {
      cost.gradient(context.kernels(), count, first, end, sink);
      return;
    }
    Connection connection = network.connections().get(c);
    Layer source = connection.source();
    int n = connection.target().index();
    boolean fromFree = connection.learnsFromFreeState();
    State other = fromFree ? free : nudged;
    up(connection, plus.get(n), other.u(source), other.memory(c), first, end, Sink.STORE);
    up(connection, minus.get(n), free.u(source), free.memory(c), first, end, Sink.ADD);
    if (fromFree) {
      Rows target = free.u(connection.target());
      down(connection, target, plus.get(source.index()), free.memory(c), first, end, Sink.STORE);
      down(connection, target, minus.get(source.index()), free.memory(c), first, end, Sink.ADD);
    }
    connection.biasGradient(context.kernels(), plus.get(n), count, first, end, Sink.STORE);
    connection.biasGradient(context.kernels(), minus.get(n), count, first, end, Sink.ADD);
    connection.drain(context.kernels(), first, end, sink);
  }

  private void up(Connection c, Rows t, Rows s, Memory memory, int first, int end, Sink sink) {
    c.bottomUpGradient(context.kernels(), t, s, memory, batch.count(), first, end, sink);
  }

  private void down(Connection c, Rows t, Rows s, Memory memory, int first, int end, Sink sink) {
    c.topDownGradient(context.kernels(), t, s, memory, batch.count(), first, end, sink);
  }

  @Override
  public long work(int c) {
    return 2;
  }

  /** Makes such estimators. */
  public static final class Provider implements Learner.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String name() {
      return "two-products";
    }

    @Override
    public Learner create(Network network, Context context, Phases phases, int capacity) {
      return new TwoProducts(network, context, phases, capacity);
    }
  }
}
