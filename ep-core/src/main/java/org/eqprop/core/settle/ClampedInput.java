package org.eqprop.core.settle;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;

/**
 * The input x and each layer's drive W·x + b, which is constant while x is clamped and therefore
 * computed once.
 */
final class ClampedInput {
  private final Network network;
  private final Kernels k;
  private final Rows x;
  private final Rows fed;
  private final List<Rows> drive = new ArrayList<>();

  ClampedInput(Network network, Kernels kernels, int samples) {
    this.network = network;
    this.k = kernels;
    int size = network.input().size();
    this.x = Rows.allocate(samples, size);
    this.fed = network.dynamics().separateFeed() ? Rows.allocate(samples, size) : x;
    for (int n = 0; n < network.depth(); n++) {
      drive.add(Rows.allocate(samples, network.layers().get(n).size()));
    }
  }

  Rows x() {
    return x;
  }

  /** What the input feeds. */
  Rows fed() {
    return fed;
  }

  /** The drive of each layer. */
  List<Rows> drive() {
    return drive;
  }

  /** The drive of a layer. */
  Rows drive(Layer layer) {
    return drive.get(layer.index());
  }

  /** All of the drive but W·x. */
  void begin(int from, int to) {
    if (network.dynamics().separateFeed()) {
      network.dynamics().feed(k, network.input(), x, fed, from, to);
    }
    for (int n = 0; n < network.depth(); n++) {
      drive.get(n).clear(from, to);
    }
    for (int c = 0; c < network.connections().size(); c++) {
      Connection connection = network.connections().get(c);
      connection.addBias(drive(connection.target()), from, to);
    }
  }

  /** The whole drive. */
  void clamp(State state, int from, int to) {
    begin(from, to);
    for (int c = 0; c < network.connections().size(); c++) {
      Connection connection = network.connections().get(c);
      if (connection.source().input()) {
        Rows sum = drive(connection.target());
        connection.bottomUp(k, fed, sum, sum, state.memory(c), from, to);
      }
    }
  }
}
