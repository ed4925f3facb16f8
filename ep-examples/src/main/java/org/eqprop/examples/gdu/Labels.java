package org.eqprop.examples.gdu;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;

/** What parameters are called in figures: {@code W01}, {@code W1x}, {@code b0}. */
final class Labels {
  private final List<String> labels = new ArrayList<>();

  Labels(Network network) {
    for (Connection connection : network.connections()) {
      String target = Integer.toString(connection.target().index());
      String source =
          connection.source().input() ? "x" : Integer.toString(connection.source().index());
      boolean alone =
          network.connections().stream()
                  .filter(other -> other.target().equals(connection.target()))
                  .count()
              == 1;
      for (Parameter parameter : connection.parameters()) {
        boolean bias = parameter.shape().rank() == 1;
        labels.add((bias ? "b" : "W") + target + (bias && alone ? "" : source));
      }
    }
  }

  /** The label of parameter {@code p}, counted connection by connection. */
  String of(int p) {
    return labels.get(p);
  }
}
