package org.eqprop.bench;

import org.eqprop.conv.ConvPool;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;

/** How many floating-point operations the algorithm needs: a multiply-add counts as two. */
public final class Work {
  private Work() {}

  /**
   * What an update of equilibrium propagation needs: the input's drive once, both directions of
   * every other connection T + K times, the gradient once. Of a transposed convolution only the
   * winners count, a quarter of the map with pooling by two.
   */
  public static double update(Network network, int t, int k, int batch) {
    double once = 0;
    double repeated = 0;
    for (Connection connection : network.connections()) {
      double up = bottomUp(connection);
      once += connection.source().input() ? up : 0;
      once += topDown(connection);
      repeated += connection.source().input() ? 0 : up + topDown(connection);
    }
    return batch * (once + repeated * (t + k));
  }

  /** What a prediction of one sample needs: the input's drive once, and T steps. */
  public static double prediction(Network network, int t) {
    double all = 0;
    for (Connection connection : network.connections()) {
      double step = bottomUp(connection) + topDown(connection);
      all += connection.source().input() ? bottomUp(connection) : t * step;
    }
    return all;
  }

  /** What the bottom-up pass of one sample needs. */
  public static double bottomUp(Connection connection) {
    return connection instanceof ConvPool convolution
        ? 2.0 * convolution.convolution().outputSize() * convolution.convolution().filterSize()
        : dense(connection);
  }

  /** What the top-down pass of one sample needs, and its part of the gradient. */
  public static double topDown(Connection connection) {
    return connection instanceof ConvPool convolution
        ? 2.0 * connection.target().size() * convolution.convolution().filterSize()
        : dense(connection);
  }

  private static double dense(Connection connection) {
    return 2.0 * connection.source().size() * connection.target().size();
  }
}
