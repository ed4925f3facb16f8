package org.eqprop.core.learn;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.TooLargeException;

/**
 * The free phase of each sample starts at the sample's own last steady state, the first one at s =
 * 0. Scellier and Bengio (2017) keep the states so.
 */
public final class WarmStarts implements Starts {
  private final List<Layer> layers;
  private final List<Rows> states = new ArrayList<>();

  /**
   * Room for the states of {@code samples} samples: {@link #bytes}.
   *
   * @param network the network
   * @param samples number of samples
   * @throws TooLargeException if the states of a layer do not fit into an array
   */
  public WarmStarts(Network network, int samples) {
    this.layers = network.layers().subList(0, network.depth());
    for (Layer layer : layers) {
      states.add(Rows.allocate(samples, layer.size()));
    }
  }

  /**
   * {@return the bytes that the states of {@code samples} samples take: 4 for each unit but the
   * input's}
   *
   * @param network the network
   * @param samples number of samples
   */
  public static long bytes(Network network, int samples) {
    return network.layers().subList(0, network.depth()).stream()
        .mapToLong(layer -> (long) samples * Rows.padded(layer.size()) * Float.BYTES)
        .sum();
  }

  @Override
  public void begin(int[] samples, Relaxation relaxation, State state, int from, int to) {
    for (int n = 0; n < layers.size(); n++) {
      Rows kept = states.get(n);
      Rows s = state.s(layers.get(n));
      for (int r = from; r < to; r++) {
        s.copyRow(r, kept, samples[r]);
      }
    }
    relaxation.resume(state, from, to);
  }

  @Override
  public void keep(int[] samples, State steady, int from, int to) {
    for (int n = 0; n < layers.size(); n++) {
      Rows kept = states.get(n);
      Rows s = steady.s(layers.get(n));
      for (int r = from; r < to; r++) {
        kept.copyRow(samples[r], s, r);
      }
    }
  }

  @Override
  public List<Rows> memory() {
    return List.copyOf(states);
  }
}
