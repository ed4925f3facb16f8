package org.eqprop.core.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.tensor.Rows;

/**
 * Free phases start where a feed-forward network predicts their end (initialised equilibrium
 * propagation, O'Connor, Gavves and Welling 2018). The predictor has the network's layers and
 * connections, upward only, with weights of its own: f_n = σ(Σ W_n·f_{n+1} + b_n), f of the input
 * is x. Each layer learns by a local rule to predict its own steady state from the layers before
 * it: ΔW_n = μ·(s*_n − f_n)·f_{n+1}ᵀ / (1 + ‖f_{n+1}‖²), the mean over the batch, starting at zero.
 */
public final class PredictedStarts implements Starts {
  /** μ. */
  private static final double RATE = 1;

  private final Network network;
  private final Context context;
  private final Kernels kernels;
  private final ForwardStart start;
  private final List<Rows> f;
  private final List<Rows> error = new ArrayList<>();
  private final List<Memory> memories = new ArrayList<>();
  private final List<Rows> zero = new ArrayList<>();
  private final List<Rows> parameters = new ArrayList<>();
  private final Updater updater;
  private final Gradients gradients = new LocalGradients();
  private final Context.Task scale = this::scale;
  private int count;

  /**
   * A predictor for a network that learns in batches of at most {@code capacity} samples.
   *
   * @param settling how free phases settle
   * @param context the workers that train
   * @param capacity the most samples that a batch has
   */
  public PredictedStarts(Network settling, Context context, int capacity) {
    this.network = ForwardStart.forward(settling);
    this.context = context;
    this.kernels = context.learnerKernels();
    this.start = new ForwardStart(network, kernels, capacity);
    this.f = start.f();
    for (Layer layer : network.layers()) {
      error.add(Rows.allocate(capacity, layer.size()));
      zero.add(Rows.allocate(capacity, layer.size()));
    }
    for (Connection connection : network.connections()) {
      memories.add(connection.newMemory(capacity));
    }
    for (Parameter parameter : network.parameters()) {
      parameters.add(Rows.allocate(1, parameter.shape().size()));
    }
    double[] rates = new double[network.trainables().size()];
    Arrays.fill(rates, RATE);
    this.updater = new Updater(network, context, new Sgd(rates));
    network.refresh(kernels);
  }

  @Override
  public void begin(int[] samples, Relaxation relaxation, State state, int from, int to) {
    start.begin(samples, relaxation, state, from, to);
  }

  @Override
  public Starts unseen(int capacity) {
    return start.unseen(capacity);
  }

  @Override
  public Optional<Network> predictor() {
    return Optional.of(network);
  }

  @Override
  public void keep(int[] samples, State steady, int from, int to) {
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      for (int r = from; r < to; r++) {
        float norm = 1f;
        for (int c = 0; c < network.connections().size(); c++) {
          Connection connection = network.connections().get(c);
          if (connection.target().index() == n) {
            norm += squared(f.get(connection.source().index()), r);
          }
        }
        kernels.difference(1f / norm, steady.s(layer), f.get(n), error.get(n), r, r + 1);
      }
    }
  }

  private static float squared(Rows rows, int row) {
    float sum = 0f;
    for (int i = 0; i < rows.size(); i++) {
      float value = rows.get(row, i);
      sum += value * value;
    }
    return sum;
  }

  @Override
  public void learn(int samples) {
    count = samples;
    context.run(scale);
    updater.update(gradients);
  }

  private void scale(int worker, int workers) {
    int from = Context.share(count, worker, workers);
    int to = Context.share(count, worker + 1, workers);
    for (int n = 0; n < network.depth(); n++) {
      kernels.difference(1f / count, error.get(n), zero.get(n), error.get(n), from, to);
    }
  }

  @Override
  public List<Rows> memory() {
    for (int p = 0; p < parameters.size(); p++) {
      float[] values = network.parameters().get(p).write();
      for (int i = 0; i < values.length; i++) {
        parameters.get(p).set(0, i, values[i]);
      }
    }
    return List.copyOf(parameters);
  }

  @Override
  public void restored() {
    for (int p = 0; p < parameters.size(); p++) {
      Rows rows = parameters.get(p);
      float[] values = new float[rows.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = rows.get(0, i);
      }
      network.parameters().get(p).read(values);
    }
    network.refresh(kernels);
  }

  /** Each layer's error times what it was predicted from. */
  private final class LocalGradients implements Gradients {
    @Override
    public void gradient(int c, int firstTile, int endTile, Sink sink) {
      Connection connection = network.connections().get(c);
      Rows target = error.get(connection.target().index());
      Rows source = f.get(connection.source().index());
      Memory memory = memories.get(c);
      boolean direct = connection.source().input() && !connection.remembers();
      Sink first = direct ? sink : Sink.STORE;
      connection.bottomUpGradient(
          kernels, target, source, memory, count, firstTile, endTile, first);
      connection.biasGradient(kernels, target, count, firstTile, endTile, first);
      if (!direct) {
        connection.drain(kernels, firstTile, endTile, sink);
      }
    }

    @Override
    public long work(int c) {
      return 1;
    }
  }
}
