package org.eqprop.bptt.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.tensor.Rows;

/**
 * The last K steps of a free phase: for step t = 0 … K−1 the states before and after it, the inputs
 * a within it and what the connections remembered in it.
 *
 * <p>Of a steady state one step is kept, which stands for all K.
 */
final class Trajectory {
  private final Network network;
  private final int steps;
  private final int stored;
  private final Stack s;
  private final Stack u;
  private final Stack a;

  /** memories[t][c]: what connection c remembered in step t. */
  private final List<List<Memory>> memories = new ArrayList<>();

  private Trajectory(Network network, int steps, int stored, int samples) {
    this.network = network;
    this.steps = steps;
    this.stored = stored;
    s = new Stack(network, stored + 1, samples);
    u = network.dynamics().separateFeed() ? new Stack(network, stored + 1, samples) : s;
    a = new Stack(network, stored, samples);
    for (int t = 0; t < stored; t++) {
      memories.add(
          network.connections().stream()
              .map(c -> c.source().input() ? Memory.NONE : c.newMemory(samples))
              .toList());
    }
  }

  /** Room for K different steps. */
  static Trajectory of(Network network, int steps, int samples) {
    return new Trajectory(network, steps, steps, samples);
  }

  /** Room for one step that stands for K. */
  static Trajectory steady(Network network, int steps, int samples) {
    return new Trajectory(network, steps, 1, samples);
  }

  /** K. */
  int steps() {
    return steps;
  }

  /** Steps that there is room for: K, or 1 of a steady state. */
  int stored() {
    return stored;
  }

  /** Where step t is stored. */
  int place(int t) {
    return Math.min(t, stored - 1);
  }

  /** Makes the steps that are stored, from {@code state}, and keeps them. */
  void run(Relaxation relaxation, State state, int from, int to) {
    for (int t = 0; t < stored; t++) {
      keep(t, state, from, to);
      relaxation.gather(state, from, to);
      for (int n = 0; n < network.depth(); n++) {
        Layer layer = network.layers().get(n);
        a.at(t, layer).copy(relaxation.input(layer), from, to);
      }
      for (int c = 0; c < network.connections().size(); c++) {
        if (!network.connections().get(c).source().input()) {
          memories.get(t).get(c).copy(state.memory(c), from, to);
        }
      }
      relaxation.advance(state, from, to);
    }
    keep(stored, state, from, to);
  }

  private void keep(int t, State state, int from, int to) {
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      s.at(t, layer).copy(state.s(layer), from, to);
      if (u != s) {
        u.at(t, layer).copy(state.u(layer), from, to);
      }
    }
  }

  /** residual[r] = the largest change of a unit of sample r in the last step. */
  void measure(Kernels k, float[] residual, int from, int to) {
    Arrays.fill(residual, from, to, 0f);
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      k.largestChange(s(steps - 1, layer), end(layer), residual, from, to);
    }
  }

  /** The states before step t. */
  Rows s(int t, Layer layer) {
    return s.at(place(t), layer);
  }

  /** The states after step t. */
  Rows after(int t, Layer layer) {
    return s.at(place(t) + 1, layer);
  }

  /** The states at the end. */
  Rows end(Layer layer) {
    return s.at(stored, layer);
  }

  /** What the layer fed before step t. */
  Rows u(int t, Layer layer) {
    return u.at(place(t), layer);
  }

  /** What the layer fed before each step that is stored, one below the other; then at the end. */
  Rows u(Layer layer) {
    return u.all(layer);
  }

  /** The input within step t. */
  Rows a(int t, Layer layer) {
    return a.at(place(t), layer);
  }

  /** What connection {@code c} remembered in step t; nothing if its source is clamped. */
  Memory memory(int t, int c) {
    return memories.get(place(t)).get(c);
  }

  /** Whether a connection has no memory, so that rows of several steps can be taken together. */
  boolean memoryless(int c) {
    return memories.get(0).get(c).equals(Memory.NONE);
  }
}
