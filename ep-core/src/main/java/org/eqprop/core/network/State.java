package org.eqprop.core.network;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.tensor.Rows;

/**
 * The states of all layers for a batch of samples, and what the connections remember.
 *
 * <p>In the prototypical setting u and s of a layer are the same rows. The input's s and u are set
 * when a batch is clamped and shared by all states of a relaxation.
 */
public final class State {
  private final List<Rows> s = new ArrayList<>();
  private final List<Rows> u = new ArrayList<>();
  private final List<Memory> memories = new ArrayList<>();
  private final Network network;

  /**
   * A zero state.
   *
   * @param network the network whose layers have states
   * @param samples rows of each layer
   * @param x the input's rows
   * @param fedInput what the input feeds; {@code x} itself in the prototypical setting
   */
  public State(Network network, int samples, Rows x, Rows fedInput) {
    this.network = network;
    boolean separate = network.dynamics().separateFeed();
    for (int n = 0; n < network.depth(); n++) {
      Rows rows = Rows.allocate(samples, network.layers().get(n).size());
      s.add(rows);
      u.add(separate ? Rows.allocate(samples, rows.size()) : rows);
    }
    s.add(x);
    u.add(fedInput);
    for (Connection connection : network.connections()) {
      memories.add(connection.newMemory(samples));
    }
  }

  /**
   * {@return the states of a layer}
   *
   * @param layer a layer of the network
   */
  public Rows s(Layer layer) {
    return s.get(layer.index());
  }

  /**
   * {@return what a layer feeds to its neighbours}
   *
   * @param layer a layer of the network
   */
  public Rows u(Layer layer) {
    return u.get(layer.index());
  }

  /**
   * {@return what connection number {@code c} remembers}
   *
   * @param c number of the connection, from 0
   */
  public Memory memory(int c) {
    return memories.get(c);
  }

  /**
   * {@return whether all states of a layer are finite in the first {@code count} rows}
   *
   * @param layer a layer of the network
   * @param count rows to look at, from the first on
   */
  public boolean isFinite(Layer layer, int count) {
    Rows rows = s(layer);
    for (int r = 0; r < count; r++) {
      for (int c = 0; c < rows.size(); c++) {
        if (!Float.isFinite(rows.get(r, c))) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Copies rows {@code from} to {@code to} (exclusive) of all but the input.
   *
   * @param other copied from
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void copy(State other, int from, int to) {
    for (int n = 0; n < network.depth(); n++) {
      s.get(n).copy(other.s.get(n), from, to);
      if (u.get(n) != s.get(n)) {
        u.get(n).copy(other.u.get(n), from, to);
      }
    }
    for (int c = 0; c < memories.size(); c++) {
      memories.get(c).copy(other.memories.get(c), from, to);
    }
  }

  /**
   * Exchanges two samples in all that steps: the input and what its connections remember stay,
   * because nothing reads or changes them while layers step.
   *
   * @param one a row
   * @param other another row
   */
  public void swap(int one, int other) {
    for (int n = 0; n < network.depth(); n++) {
      s.get(n).swap(one, other);
      if (u.get(n) != s.get(n)) {
        u.get(n).swap(one, other);
      }
    }
    for (int c = 0; c < memories.size(); c++) {
      if (!network.connections().get(c).source().input()) {
        memories.get(c).swap(one, other);
      }
    }
  }
}
