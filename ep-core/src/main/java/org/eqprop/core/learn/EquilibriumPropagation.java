package org.eqprop.core.learn;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Randomness;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Division;
import org.eqprop.core.settle.Drive;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * Equilibrium propagation (Eq. 9, 14, 16): settle freely, settle nudged, and take the difference of
 * ∂Φ/∂θ between the two, divided by β and averaged over the batch.
 *
 * <p>The difference of two products is taken as u_t^β u_s^β − u_t^* u_s^* = (u_t^β − u_t^*) u_s^β +
 * u_t^* (u_s^β − u_s^*): the same, without subtracting large numbers, and half the work for a
 * clamped source. Where the connection remembers positions, which may differ between the phases,
 * the two products are taken as they are.
 *
 * <p>Samples settle as a {@link Division} has it; the sum over samples is then taken weight tile by
 * weight tile, so that it always runs in the same order.
 */
public final class EquilibriumPropagation implements GradientEstimator {
  /** The name in options. */
  public static final String NAME = "ep";

  private final Network network;
  private final Context context;
  private final Kernels kernels;
  private final Phases phases;
  private final Relaxation relaxation;
  private final Drive drive;
  private final Division division;

  /** s* of the free phase. */
  private final State free;

  /** The end of the phase with nudge +β. */
  private final State plus;

  /** The end of the phase with nudge −β if the estimate is centered, else {@link #free}. */
  private final State minus;

  /** (u⁺ − u⁻) / βB or, centered, / 2βB. */
  private final List<Rows> change = new ArrayList<>();

  /** For the target of each connection that remembers, else null. */
  private final @Nullable Terms[] terms;

  /** The two phases' u of one layer, both with the factor and sign of their part of the sum. */
  private record Terms(Rows plus, Rows minus, Rows zero) {}

  private final Cost.Reading cost;
  private final Outcome outcome;
  private final float[] response;
  private final Randomness sign;
  private final Context.Task load = this::load;
  private final Context.Task clamp = this::clamp;
  private final Context.Task settle = this::settle;
  private @Nullable Minibatch batch;
  private float beta;
  private float scale;

  /** An estimator for batches of at most {@code capacity} samples. */
  public EquilibriumPropagation(Network network, Context context, Phases phases, int capacity) {
    this.network = network;
    this.context = context;
    this.kernels = context.learnerKernels();
    this.phases = phases;
    this.relaxation = new Relaxation(network, kernels, capacity, phases.settling());
    this.drive = new Drive(relaxation, context);
    this.division = Division.of(relaxation, context);
    this.free = relaxation.newState();
    this.plus = relaxation.newState();
    this.minus = centered() ? relaxation.newState() : free;
    for (int n = 0; n < network.depth(); n++) {
      change.add(Rows.allocate(capacity, network.layers().get(n).size()));
    }
    this.terms = new @Nullable Terms[network.depth()];
    for (Connection connection : network.connections()) {
      int n = connection.target().index();
      if (connection.remembers() && terms[n] == null) {
        int size = connection.target().size();
        Rows zero = Rows.allocate(capacity, size);
        terms[n] = new Terms(Rows.allocate(capacity, size), Rows.allocate(capacity, size), zero);
      }
    }
    this.cost = network.cost().reading(capacity);
    this.outcome = new Outcome(capacity);
    this.response = new float[capacity];
    this.sign = new Randomness(phases.seed(), Randomness.Stream.SIGN, 0);
  }

  private boolean centered() {
    return phases.estimate() == Phases.Estimate.CENTERED;
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public void settle(Minibatch samples) {
    batch = samples;
    beta = (float) phases.beta();
    if (phases.estimate() == Phases.Estimate.RANDOM_SIGN) {
      sign.restart(phases.seed(), Randomness.Stream.SIGN, samples.number());
      beta = sign.nextLong() < 0 ? -beta : beta;
    }
    scale = 1f / ((centered() ? 2 : 1) * beta * samples.count());
    context.run(load);
    context.run(clamp);
    division.run(context, settle);
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
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      if (!free.isFinite(layer, count)
          || !plus.isFinite(layer, count)
          || !minus.isFinite(layer, count)) {
        return layer;
      }
    }
    return network.output();
  }

  /** s* of the free phase of the last batch. */
  public State free() {
    return free;
  }

  /** The end of the last batch's nudged phase (with +β, if there are two). */
  public State nudged() {
    return plus;
  }

  private void load(int worker, int workers) {
    Minibatch samples = batch();
    int from = Context.share(samples.count(), worker, workers);
    int to = Context.share(samples.count(), worker + 1, workers);
    samples.load(relaxation.x(), from, to);
    relaxation.begin(from, to);
  }

  private void clamp(int worker, int workers) {
    drive.add(free, batch().count(), worker, workers);
  }

  private void settle(int worker, int workers) {
    Minibatch samples = batch();
    int from = Context.share(samples.count(), worker, workers);
    int to = Context.share(samples.count(), worker + 1, workers);
    samples.begin(relaxation, free, from, to);
    division.free(free, phases.t(), samples.count(), worker, workers);
    samples.keep(free, from, to);
    Rows output = free.s(network.output());
    Rows scores = cost.scores(kernels, output, from, to);
    outcome.record(cost, scores, samples.y(), relaxation, from, to);
    cost.keep(kernels, 1f / samples.count(), samples.y(), output, from, to);
    plus.copy(free, from, to);
    division.nudged(plus, phases.k(), beta, samples.y(), samples.count(), worker, workers);
    if (centered()) {
      minus.copy(free, from, to);
      division.nudged(minus, phases.k(), -beta, samples.y(), samples.count(), worker, workers);
    }
    for (int r = from; r < to; r++) {
      response[r] = 0f;
    }
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      kernels.difference(scale, plus.u(layer), minus.u(layer), change.get(n), from, to);
      kernels.largestChange(minus.s(layer), plus.s(layer), response, from, to);
      Terms own = terms[n];
      if (own != null) {
        kernels.difference(scale, plus.u(layer), own.zero, own.plus, from, to);
        kernels.difference(-scale, minus.u(layer), own.zero, own.minus, from, to);
      }
    }
  }

  /** One outer product for a clamped source, two otherwise, besides update and refresh. */
  @Override
  public long work(int c) {
    List<Connection> connections = network.connections();
    return c == connections.size() || connections.get(c).source().input() ? 1 : 2;
  }

  @Override
  public void gradient(int c, int first, int end, Sink sink) {
    if (c == network.connections().size()) {
      cost.gradient(kernels, batch().count(), first, end, sink);
      return;
    }
    Connection connection = network.connections().get(c);
    int count = batch().count();
    Rows targetChange = change.get(connection.target().index());
    if (connection.source().input() && !connection.remembers()) {
      Rows x = plus.u(connection.source());
      connection.bottomUpGradient(
          kernels, targetChange, x, plus.memory(c), count, first, end, sink);
      connection.biasGradient(kernels, targetChange, count, first, end, sink);
      return;
    }
    Terms own = terms[connection.target().index()];
    if (connection.learnsFromFreeState()) {
      vectorField(connection, c, count, first, end);
    } else if (connection.remembers() && own != null) {
      bothProducts(connection, c, own, count, first, end);
    } else {
      differences(connection, c, count, first, end);
    }
    connection.biasGradient(kernels, targetChange, count, first, end, Sink.STORE);
    connection.drain(kernels, first, end, sink);
  }

  /** (u_t⁺ − u_t⁻) u_s⁺ + u_t⁻ (u_s⁺ − u_s⁻). */
  private void differences(Connection connection, int c, int count, int first, int end) {
    Layer target = connection.target();
    Layer source = connection.source();
    Rows u = plus.u(source);
    Memory memory = plus.memory(c);
    connection.bottomUpGradient(
        kernels, change.get(target.index()), u, memory, count, first, end, Sink.STORE);
    Rows moved = change.get(source.index());
    Memory before = minus.memory(c);
    connection.topDownGradient(
        kernels, minus.u(target), moved, before, count, first, end, Sink.STORE);
  }

  /** (u_t⁺ − u_t⁻) u_s* and u_t* (u_s⁺ − u_s⁻), at the positions of the free phase. */
  private void vectorField(Connection connection, int c, int count, int first, int end) {
    Layer target = connection.target();
    Layer source = connection.source();
    Memory memory = free.memory(c);
    Rows moved = change.get(target.index());
    connection.bottomUpGradient(
        kernels, moved, free.u(source), memory, count, first, end, Sink.STORE);
    Rows other = change.get(source.index());
    connection.topDownGradient(
        kernels, free.u(target), other, memory, count, first, end, Sink.STORE);
  }

  /** u_t⁺ u_s⁺ − u_t⁻ u_s⁻, each product at the positions of its own state. */
  private void bothProducts(
      Connection connection, int c, Terms own, int count, int first, int end) {
    Rows u = plus.u(connection.source());
    Rows before = minus.u(connection.source());
    connection.bottomUpGradient(
        kernels, own.plus, u, plus.memory(c), count, first, end, Sink.STORE);
    connection.bottomUpGradient(
        kernels, own.minus, before, minus.memory(c), count, first, end, Sink.ADD);
  }

  private Minibatch batch() {
    Minibatch samples = batch;
    if (samples == null) {
      throw new IllegalStateException("settle has not been called.");
    }
    return samples;
  }

  /** Makes estimators named {@value #NAME}. */
  public static final class Provider implements Learner.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public GradientEstimator create(Network network, Context context, Phases phases, int capacity) {
      return new EquilibriumPropagation(network, context, phases, capacity);
    }
  }
}
