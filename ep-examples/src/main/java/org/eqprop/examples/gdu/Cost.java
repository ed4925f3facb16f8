package org.eqprop.examples.gdu;

import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;
import org.eqprop.core.tensor.Shape;

/**
 * About how long the parts of a comparison take, in nanoseconds of one thread: what progress is
 * measured in.
 *
 * @param freeStep a step of the free phase, for each sample
 * @param batchStep a step of both gradients of a batch
 * @param sampleStep a step of both gradients of one sample
 * @param settings how many of them there are
 */
record Cost(long freeStep, long batchStep, long sampleStep, GduSettings settings) {
  /** Nanoseconds for a product and sum in float64. */
  private static final double PRODUCT = 0.12;

  /** Nanoseconds for a product and sum in float32. */
  private static final double FLOAT32_PRODUCT = 0.03;

  /** Nanoseconds for a unit's step. */
  private static final double UNIT = 20;

  /** Nanoseconds for the sums over steps that a parameter has. */
  private static final double PARAMETER = 12;

  static Cost of(GduSettings settings, GduData data) {
    Network network = settings.network(data);
    long hidden = 0;
    long all = 0;
    long parameters = 0;
    for (Connection connection : network.connections()) {
      long products = products(connection, settings.convolutions().poolStride());
      hidden += connection.source().input() ? 0 : products;
      all += products;
      parameters += connection.parameters().get(0).shape().size();
    }
    long units = network.layers().stream().mapToLong(layer -> layer.size()).sum();
    double product = settings.isFloat32() ? FLOAT32_PRODUCT : PRODUCT;
    double free = 2 * product * hidden + UNIT * units;
    double gradients = 5 * free + 2 * PRODUCT * all;
    return new Cost(
        1 + (long) free,
        (long) (settings.batch() * gradients + PARAMETER * parameters),
        (long) (gradients + PARAMETER * parameters),
        settings);
  }

  /** Products of a pass: every filter meets every position of the map before it is pooled. */
  private static long products(Connection connection, int step) {
    Shape weight = connection.parameters().get(0).shape();
    int cells = connection.target().size() / weight.dimension(0);
    return (long) weight.size() * (weight.rank() == 2 ? 1 : (long) cells * step * step);
  }

  /** Everything. */
  long total() {
    long comparisons = settings.k() * (batchStep + settings.batch() * sampleStep);
    return settings.batches() * (phase() + comparisons);
  }

  /** A sweep over so many β. */
  long sweep(int betas) {
    return phase() + (long) betas * settings.k() * batchStep;
  }

  private long phase() {
    return (long) settings.t() * settings.batch() * freeStep;
  }
}
