package org.eqprop.examples.run;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Untied;
import org.jspecify.annotations.Nullable;

/** The angles between the weights of both directions, where they are apart. */
final class Angles {
  private Angles() {}

  /** The angles of a network, in order of its connections; null if it has none. */
  static @Nullable List<Double> of(Network network) {
    List<Double> angles = new ArrayList<>();
    for (Connection connection : network.connections()) {
      if (connection instanceof Untied both && !both.hasPhi()) {
        angles.add(both.angle());
      }
    }
    return angles.isEmpty() ? null : angles;
  }
}
