package org.eqprop.core.relax;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;

/**
 * Lets a network settle: the free phase (T steps from s = 0) and the nudged phase (K steps from
 * s*), for a range of samples at a time. All layers step together from the state at time t.
 *
 * <p>Holds what a phase needs besides the state: the input's drive W·x + b, which is constant while
 * x is clamped and therefore computed once, and each layer's input a. Disjoint ranges of samples
 * may run on different threads; nothing allocates after construction.
 */
public final class Relaxation {
  private final Network network;
  private final Kernels k;
  private final Dynamics dynamics;
  private final int samples;
  private final Rows x;
  private final Rows fedInput;
  private final List<Rows> drive = new ArrayList<>();
  private final List<Rows> inputs = new ArrayList<>();
  private final List<Rows> before = new ArrayList<>();
  private final Rows scratch;
  private final List<Pull> pulls = new ArrayList<>();
  private final float[] residual;

  /** One directed use of a connection within a step, and where its sum starts. */
  private record Pull(Connection connection, int number, boolean up, Rows base, Rows out) {}

  /** Buffers for {@code samples} samples of {@code network}. */
  public Relaxation(Network network, Kernels kernels, int samples) {
    this.network = network;
    this.k = kernels;
    this.dynamics = network.dynamics();
    this.samples = samples;
    this.x = Rows.allocate(samples, network.input().size());
    this.fedInput = dynamics.separateFeed() ? Rows.allocate(samples, network.input().size()) : x;
    for (int n = 0; n < network.depth(); n++) {
      int size = network.layers().get(n).size();
      drive.add(Rows.allocate(samples, size));
      inputs.add(Rows.allocate(samples, size));
      before.add(Rows.allocate(samples, size));
    }
    this.scratch = Rows.allocate(samples, network.output().size());
    this.residual = new float[samples];
    planStep();
  }

  private void planStep() {
    boolean[] started = new boolean[network.depth()];
    for (int c = 0; c < network.connections().size(); c++) {
      Connection connection = network.connections().get(c);
      if (!connection.source().input()) {
        addPull(connection, c, true, connection.target(), started);
        addPull(connection, c, false, connection.source(), started);
      }
    }
    for (int n = 0; n < network.depth(); n++) {
      if (!started[n]) {
        throw new IllegalArgumentException(
            "Layer "
                + network.layers().get(n).name()
                + " has no neighbour but the input, so there is nothing to settle.");
      }
    }
  }

  private void addPull(
      Connection connection, int number, boolean up, Layer layer, boolean[] started) {
    int n = layer.index();
    Rows base = started[n] ? inputs.get(n) : drive.get(n);
    started[n] = true;
    pulls.add(new Pull(connection, number, up, base, inputs.get(n)));
  }

  /** The network that settles. */
  public Network network() {
    return network;
  }

  /** Number of samples that there are rows for. */
  public int samples() {
    return samples;
  }

  /** The input's rows, to be filled before {@link #clamp}. */
  public Rows x() {
    return x;
  }

  /** Each sample's largest change of a unit in the last step of {@link #free}. */
  public float[] residual() {
    return residual;
  }

  /** A layer's input a, as {@link #gather} left it. */
  public Rows input(Layer layer) {
    return inputs.get(layer.index());
  }

  /** A new state for this relaxation's samples. */
  public State newState() {
    return new State(network, samples, x, fedInput);
  }

  /** Takes over {@link #x()}: computes the drive b + W·x of samples {@code from} to {@code to}. */
  public void clamp(State state, int from, int to) {
    if (dynamics.separateFeed()) {
      dynamics.feed(k, network.input(), x, fedInput, from, to);
    }
    for (int n = 0; n < network.depth(); n++) {
      drive.get(n).clear(from, to);
    }
    for (int c = 0; c < network.connections().size(); c++) {
      Connection connection = network.connections().get(c);
      Rows sum = drive.get(connection.target().index());
      connection.addBias(sum, from, to);
      if (connection.source().input()) {
        connection.bottomUp(k, fedInput, sum, sum, state.memory(c), from, to);
      }
    }
  }

  /** Sets the state to s = 0, where every free phase starts. */
  public void reset(State state, int from, int to) {
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      state.s(layer).clear(from, to);
      if (dynamics.separateFeed()) {
        dynamics.feed(k, layer, state.s(layer), state.u(layer), from, to);
      }
    }
  }

  /**
   * The free phase: {@code steps} steps from where the state is; the last one is measured into
   * {@link #residual()}.
   */
  public void free(State state, int steps, int from, int to) {
    for (int t = 0; t < steps - 1; t++) {
      step(state, from, to);
    }
    for (int n = 0; n < network.depth(); n++) {
      before.get(n).copy(state.s(network.layers().get(n)), from, to);
    }
    step(state, from, to);
    measure(state, from, to);
  }

  private void measure(State state, int from, int to) {
    for (int r = from; r < to; r++) {
      residual[r] = 0f;
    }
    for (int n = 0; n < network.depth(); n++) {
      k.largestChange(before.get(n), state.s(network.layers().get(n)), residual, from, to);
    }
  }

  /** The nudged phase: {@code steps} steps with nudge β towards {@code y}. */
  public void nudged(State state, int steps, float beta, Rows y, int from, int to) {
    for (int t = 0; t < steps; t++) {
      nudgedStep(state, beta, y, from, to);
    }
  }

  /** One free step of all layers. */
  public void step(State state, int from, int to) {
    gather(state, from, to);
    advance(state, from, to);
  }

  /** The second half of a free {@link #step}: from the gathered inputs, which it may overwrite. */
  public void advance(State state, int from, int to) {
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      dynamics.step(k, layer, inputs.get(n), state.s(layer), state.u(layer), from, to);
    }
  }

  /** One step of all layers, the output nudged with β (of either sign) towards {@code y}. */
  public void nudgedStep(State state, float beta, Rows y, int from, int to) {
    gather(state, from, to);
    Layer output = network.output();
    dynamics.nudgedStep(
        k, output, beta, y, scratch, inputs.get(0), state.s(output), state.u(output), from, to);
    for (int n = 1; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      dynamics.step(k, layer, inputs.get(n), state.s(layer), state.u(layer), from, to);
    }
  }

  /** The first half of a step: a_n = ∂Φ/∂u_n for all layers, from the state as it is. */
  public void gather(State state, int from, int to) {
    for (int i = 0; i < pulls.size(); i++) {
      Pull pull = pulls.get(i);
      Connection c = pull.connection;
      Memory memory = state.memory(pull.number);
      if (pull.up) {
        c.bottomUp(k, state.u(c.source()), pull.base, pull.out, memory, from, to);
      } else {
        c.topDown(k, state.u(c.target()), pull.base, pull.out, memory, from, to);
      }
    }
  }
}
