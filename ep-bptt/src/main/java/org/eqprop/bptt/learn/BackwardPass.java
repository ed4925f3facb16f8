package org.eqprop.bptt.learn;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.tensor.Rows;

/**
 * The way back through a {@link Trajectory}: −∂L/∂s of each state and −∂L/∂a of each input, for a
 * range of samples at a time.
 *
 * <p>The inputs of a step are a_target += W(u_source) and a_source += Wᵀ(u_target). Backward, with
 * δ = −∂L/∂a, the adjoints of the connection's own operators: −∂L/∂u_source += Wᵀ(δ_target) and
 * −∂L/∂u_target += W(δ_source), the latter with the positions that the step found.
 */
final class BackwardPass {
  private final Network network;
  private final Kernels k;
  private final StepBack stepBack;
  private final Trajectory kept;

  /** −∂L/∂s of the state that the pass has come to. */
  private final List<Rows> gradient = new ArrayList<>();

  /** −∂L/∂u of that state; the same rows where u is s. */
  private final List<Rows> fed = new ArrayList<>();

  private final List<Rows> zero = new ArrayList<>();
  private final List<Rows> sum = new ArrayList<>();
  private final Stack delta;
  private final List<Push> pushes = new ArrayList<>();

  /** Gradients by the u of layers that nothing reads but the cost. */
  private final List<Rows> untouched = new ArrayList<>();

  /** One directed use of a connection within a step, backward, and where its sum starts. */
  private record Push(Connection connection, int number, boolean up, Rows base, Rows out) {}

  BackwardPass(Network network, Kernels kernels, Trajectory kept, int samples) {
    this.network = network;
    this.k = kernels;
    this.kept = kept;
    this.stepBack = StepBack.of(network.dynamics());
    this.delta = new Stack(network, kept.stored(), samples);
    boolean separate = network.dynamics().separateFeed();
    for (int n = 0; n < network.depth(); n++) {
      int size = network.layers().get(n).size();
      Rows rows = Rows.allocate(samples, size);
      gradient.add(rows);
      fed.add(separate ? Rows.allocate(samples, size) : rows);
      zero.add(Rows.allocate(samples, size));
      sum.add(Rows.allocate(samples, size));
    }
    planStep(separate || stepBack.forgets());
  }

  private void planStep(boolean fromZero) {
    boolean[] started = new boolean[network.depth()];
    for (int c = 0; c < network.connections().size(); c++) {
      Connection connection = network.connections().get(c);
      if (!connection.source().input()) {
        addPush(connection, c, false, connection.source(), started, fromZero);
        addPush(connection, c, true, connection.target(), started, fromZero);
      }
    }
    for (int n = 0; n < network.depth(); n++) {
      if (fromZero && !started[n]) {
        untouched.add(fed.get(n));
      }
    }
  }

  private void addPush(
      Connection connection,
      int number,
      boolean up,
      Layer layer,
      boolean[] started,
      boolean fromZero) {
    int n = layer.index();
    Rows base = fromZero && !started[n] ? zero.get(n) : fed.get(n);
    started[n] = true;
    pushes.add(new Push(connection, number, up, base, fed.get(n)));
  }

  /**
   * Goes back through the whole trajectory, from L = Σ ℓ(s⁰, y) · scale at its end.
   *
   * @param scale 1/B for the mean over B samples
   */
  void run(Cost.Reading cost, Rows y, float scale, int from, int to) {
    Rows end = kept.end(network.output());
    cost.pull(k, scale, y, end, null, gradient.get(0), from, to);
    for (int n = 1; n < network.depth(); n++) {
      gradient.get(n).clear(from, to);
    }
    for (int t = kept.steps() - 1; t >= 0; t--) {
      split(t, from, to);
      if (t > 0) {
        push(t, from, to);
      }
    }
  }

  /** δ of step t, its sum over steps so far, and what stays in each layer. */
  private void split(int t, int from, int to) {
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      Rows rows = delta(t, layer);
      stepBack.split(k, layer, kept, t, zero.get(n), gradient.get(n), rows, from, to);
      Rows base = t == kept.steps() - 1 ? zero.get(n) : sum.get(n);
      k.activateBack(Activation.IDENTITY, 1f, rows, rows, rows, base, sum.get(n), from, to);
    }
  }

  /** What passes through the connections in step t. */
  private void push(int t, int from, int to) {
    for (int i = 0; i < untouched.size(); i++) {
      untouched.get(i).clear(from, to);
    }
    for (int i = 0; i < pushes.size(); i++) {
      Push push = pushes.get(i);
      Connection c = push.connection;
      Memory memory = kept.memory(t, push.number);
      if (push.up) {
        c.topDownAdjoint(k, delta(t, c.source()), push.base, push.out, memory, from, to);
      } else {
        c.bottomUpAdjoint(k, delta(t, c.target()), push.base, push.out, memory, from, to);
      }
    }
    for (int n = 0; n < network.depth(); n++) {
      if (fed.get(n) != gradient.get(n)) {
        Layer layer = network.layers().get(n);
        stepBack.addFed(k, layer, kept, t, fed.get(n), gradient.get(n), from, to);
      }
    }
  }

  /** −∂L/∂a of step t; of a steady state that of the step to which the pass has come. */
  Rows delta(int t, Layer layer) {
    return delta.at(kept.place(t), layer);
  }

  /** −∂L/∂a of each step that is stored, one below the other. */
  Rows delta(Layer layer) {
    return delta.all(layer);
  }

  /** −∂L/∂a summed over the steps: as if the same parameter added to each. */
  Rows sum(Layer layer) {
    return sum.get(layer.index());
  }

  /** response[r] = max(response[r], the largest |∂L/∂a| of sample r in the oldest step). */
  void measure(float[] response, int from, int to) {
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      k.largestChange(zero.get(n), delta.at(0, layer), response, from, to);
    }
  }
}
