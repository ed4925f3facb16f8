package org.eqprop.core.learn;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * The difference of ∂Φ/∂θ between two states, summed over a batch, for every connection: what
 * contrastive estimates are made of (Eq. 9, 14, 16).
 *
 * <p>The difference of two products is taken as u_t⁺ u_s⁺ − u_t⁻ u_s⁻ = (u_t⁺ − u_t⁻) u_s⁺ + u_t⁻
 * (u_s⁺ − u_s⁻): the same, without subtracting large numbers, and half the work for a clamped
 * source. Where the connection remembers positions, which may differ between the states, the two
 * products are taken as they are.
 *
 * <p>Samples are taken range by range; the sum over samples is then taken weight tile by weight
 * tile, so that it always runs in the same order.
 */
public final class PhaseDifference {
  private final Network network;
  private final Kernels kernels;
  private final State free;
  private final State plus;
  private final State minus;

  /** scale·(u⁺ − u⁻). */
  private final List<Rows> change = new ArrayList<>();

  /** For the target of each connection that remembers, else null. */
  private final @Nullable Terms[] terms;

  /** The two states' u of one layer, both with the factor and sign of their part of the sum. */
  private record Terms(Rows plus, Rows minus, Rows zero) {}

  /**
   * The difference between two states of a network.
   *
   * @param network the network
   * @param kernels the kernels to calculate with
   * @param free s*, which the vector-field rule reads
   * @param plus the state whose ∂Φ/∂θ is added
   * @param minus the state whose ∂Φ/∂θ is subtracted
   * @param capacity rows of the states
   */
  public PhaseDifference(
      Network network, Kernels kernels, State free, State plus, State minus, int capacity) {
    this.network = network;
    this.kernels = kernels;
    this.free = free;
    this.plus = plus;
    this.minus = minus;
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
  }

  /**
   * Takes the states of rows {@code from} to {@code to} (exclusive) as they are. Disjoint ranges
   * may be of different threads.
   *
   * @param scale the factor of the difference: 1/βB for the mean over B samples
   * @param response set to each row's largest |s⁺ − s⁻|
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void take(float scale, float[] response, int from, int to) {
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

  /**
   * {@return the first layer with a state that is not finite in rows 0 to {@code count}, or the
   * output}
   *
   * @param count rows to look at, from the first on
   */
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

  /**
   * {@return one outer product for a clamped source, two otherwise: {@link Gradients#work}}
   *
   * @param c number of the connection
   */
  public long work(int c) {
    List<Connection> connections = network.connections();
    return c == connections.size() || connections.get(c).source().input() ? 1 : 2;
  }

  /**
   * Gives the difference of connection number {@code c}, not the read-out, to a sink, as {@link
   * Gradients#gradient} asks for it.
   *
   * @param c number of the connection
   * @param count rows that were taken
   * @param first first tile, inclusive
   * @param end last tile, exclusive
   * @param sink where the gradient goes
   */
  public void gradient(int c, int count, int first, int end, Sink sink) {
    Connection connection = network.connections().get(c);
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
}
