package org.eqprop.bptt.learn;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.tensor.Rows;

/**
 * Rows of every layer at several moments, one moment after the other: a moment can be had by
 * itself, and all together as one long matrix.
 */
final class Stack {
  private final List<Rows> all = new ArrayList<>();
  private final List<List<Rows>> moments = new ArrayList<>();

  /** Zeros for {@code moments} moments of {@code samples} samples. */
  Stack(Network network, int moments, int samples) {
    for (int n = 0; n < network.depth(); n++) {
      Rows rows = Rows.allocate(moments * samples, network.layers().get(n).size());
      List<Rows> slices = new ArrayList<>();
      for (int t = 0; t < moments; t++) {
        slices.add(rows.slice(t * samples, (t + 1) * samples));
      }
      all.add(rows);
      this.moments.add(slices);
    }
  }

  /** One row a sample at moment {@code t}. */
  Rows at(int t, Layer layer) {
    return moments.get(layer.index()).get(t);
  }

  /** The rows of all moments. */
  Rows all(Layer layer) {
    return all.get(layer.index());
  }
}
