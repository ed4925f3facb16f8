package org.eqprop.core.learn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.State;
import org.eqprop.core.network.Untied;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.tensor.Rows;

/**
 * Free phases start where a feed-forward network predicts their end: f_n = σ(Σ W_n·f_{n+1} + b_n),
 * f of the input is x. It does not learn; {@link PredictedStarts} has it learn.
 */
public final class ForwardStart implements Starts {
  private final Network network;
  private final Kernels kernels;
  private final List<Rows> f = new ArrayList<>();
  private final List<Memory> memories = new ArrayList<>();

  /**
   * Starts for batches of at most {@code capacity} samples.
   *
   * @param predictor as {@link #forward} makes it, its weights ready for {@code kernels}
   * @param kernels the kernels to calculate with
   * @param capacity the most samples of a batch
   */
  public ForwardStart(Network predictor, Kernels kernels, int capacity) {
    this.network = predictor;
    this.kernels = kernels;
    for (Layer layer : network.layers()) {
      f.add(Rows.allocate(capacity, layer.size()));
    }
    for (Connection connection : network.connections()) {
      memories.add(connection.newMemory(capacity));
    }
  }

  /**
   * The layers and connections of a network, in one direction and with weights of their own.
   *
   * @param settling the network that settles
   * @return a new network, its parameters zero
   */
  public static Network forward(Network settling) {
    Network.Builder builder = new Network.Builder(new Prototypical(1, Prototypical.Nudge.OUTSIDE));
    for (Layer layer : settling.layers()) {
      if (layer.input()) {
        builder.input(layer.name(), layer.shape(), layer.activation());
      } else {
        builder.layer(layer.name(), layer.shape(), layer.activation());
      }
    }
    for (Connection connection : settling.connections()) {
      Map<String, String> options = new HashMap<>(connection.options());
      String type = options.getOrDefault(Untied.OF, connection.type());
      if (connection.type().equals(Untied.TYPE)) {
        options.keySet().removeAll(List.of(Untied.OF, Untied.RULE));
      }
      builder.connect(
          connection.name(),
          connection.target().index(),
          connection.source().index(),
          type,
          options);
    }
    return builder.build();
  }

  @Override
  public void begin(int[] samples, Relaxation relaxation, State state, int from, int to) {
    f.get(network.depth()).copy(relaxation.x(), from, to);
    for (int n = network.depth() - 1; n >= 0; n--) {
      Layer layer = network.layers().get(n);
      Rows rows = f.get(n);
      rows.clear(from, to);
      for (int c = 0; c < network.connections().size(); c++) {
        Connection connection = network.connections().get(c);
        if (connection.target().index() == n) {
          Rows source = f.get(connection.source().index());
          connection.addBias(rows, from, to);
          connection.bottomUp(kernels, source, rows, rows, memories.get(c), from, to);
        }
      }
      kernels.activate(layer.activation(), rows, rows, from, to);
      state.s(layer).copy(rows, from, to);
    }
    relaxation.resume(state, from, to);
  }

  /** What it predicted last, layer by layer, a row for each sample. */
  List<Rows> f() {
    return f;
  }

  @Override
  public void keep(int[] samples, State steady, int from, int to) {}

  @Override
  public List<Rows> memory() {
    return List.of();
  }

  @Override
  public Starts unseen(int capacity) {
    return new ForwardStart(network, kernels, capacity);
  }
}
