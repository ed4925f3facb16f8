package org.eqprop.core.settle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;

/** Each row's residual: the largest change of a unit in a step. */
final class Residuals {
  private final Kernels k;
  private final List<Rows> before = new ArrayList<>();
  private final float[] values;

  Residuals(Network network, Kernels kernels, int samples) {
    this.k = kernels;
    this.values = new float[samples];
    for (int n = 0; n < network.depth(); n++) {
      before.add(Rows.allocate(samples, network.layers().get(n).size()));
    }
  }

  /** One residual a row, as it was last measured. */
  float[] values() {
    return values;
  }

  /** Sets the residuals to zero, before a round is measured. */
  void clear(int from, int to) {
    Arrays.fill(values, from, to, 0f);
  }

  /** Keeps the states of layers that are about to step. */
  void remember(List<Layer> layers, State state, int from, int to) {
    for (int n = 0; n < layers.size(); n++) {
      Layer layer = layers.get(n);
      before.get(layer.index()).copy(state.s(layer), from, to);
    }
  }

  /** Raises the residuals to the largest change of the units of layers that have stepped. */
  void measure(List<Layer> layers, State state, int from, int to) {
    for (int n = 0; n < layers.size(); n++) {
      Layer layer = layers.get(n);
      k.largestChange(before.get(layer.index()), state.s(layer), values, from, to);
    }
  }

  /** Exchanges the residuals of two rows. */
  void swap(int one, int other) {
    float kept = values[one];
    values[one] = values[other];
    values[other] = kept;
  }
}
