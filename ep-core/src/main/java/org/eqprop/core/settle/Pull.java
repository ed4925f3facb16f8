package org.eqprop.core.settle;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;

/** A part of a layer's input a within a step. */
sealed interface Pull {
  /** The layer whose input it is a part of. */
  Layer layer();

  /** Adds its part, from the state as it is. */
  void gather(Kernels k, State state, int from, int to);

  /**
   * One use of a connection, in one direction.
   *
   * @param number of the connection
   * @param up whether it goes from the source to the target
   * @param base where the sum starts: the layer's drive, or what earlier pulls gave
   * @param out where the sum goes
   */
  record OfConnection(Connection connection, int number, boolean up, Rows base, Rows out)
      implements Pull {
    @Override
    public Layer layer() {
      return up ? connection.target() : connection.source();
    }

    @Override
    public void gather(Kernels k, State state, int from, int to) {
      Memory memory = state.memory(number);
      if (up) {
        connection.bottomUp(k, state.u(connection.source()), base, out, memory, from, to);
      } else {
        connection.topDown(k, state.u(connection.target()), base, out, memory, from, to);
      }
    }
  }

  /**
   * All of the input of a layer that has no neighbour but x: its drive.
   *
   * @param drive W·x + b
   * @param out a copy of it, which a step may overwrite
   */
  record OfDrive(Layer layer, Rows drive, Rows out) implements Pull {
    @Override
    public void gather(Kernels k, State state, int from, int to) {
      out.copy(drive, from, to);
    }
  }

  /**
   * All pulls of a network's step, the upward ones of a connection before the downward ones.
   *
   * @param connections the network's, or replicas of them, in its order
   * @param drive where the input of each layer starts
   * @param inputs where it goes
   */
  static List<Pull> all(
      Network network, List<Connection> connections, List<Rows> drive, List<Rows> inputs) {
    List<Pull> pulls = new ArrayList<>();
    boolean[] started = new boolean[network.depth()];
    for (int c = 0; c < connections.size(); c++) {
      Connection connection = connections.get(c);
      if (!connection.source().input()) {
        for (boolean up : new boolean[] {true, false}) {
          int n = (up ? connection.target() : connection.source()).index();
          Rows base = started[n] ? inputs.get(n) : drive.get(n);
          started[n] = true;
          pulls.add(new OfConnection(connection, c, up, base, inputs.get(n)));
        }
      }
    }
    for (int n = 0; n < network.depth(); n++) {
      if (!started[n]) {
        pulls.add(new OfDrive(network.layers().get(n), drive.get(n), inputs.get(n)));
      }
    }
    return List.copyOf(pulls);
  }
}
