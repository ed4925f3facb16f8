package org.eqprop.core.settle;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * One step of some layers or all, in two halves: gather each layer's input a = ∂Φ/∂u from the state
 * as it is, then advance the states from the inputs.
 *
 * <p>A step has connections (the network's or replicas of them) and the kernels that read their
 * weights. Steps of one relaxation share the inputs, in which disjoint ranges of rows are of
 * different threads. Nothing allocates after construction.
 */
final class Step {
  private final Network network;
  private final Dynamics dynamics;
  private final Kernels k;
  private final List<Rows> drive;
  private final List<Rows> inputs;
  private final Rows scratch;
  private final Cost.Reading cost;
  private final List<Pull> pulls;
  private final boolean ordered;

  /** Kernels of the rounds that go through the weights in ascending order. */
  private final Kernels forth;

  /** Kernels of the rounds in between, which go through them in descending order. */
  private final Kernels back;

  /** Layers that step together, with what their inputs are made of. */
  record Stage(List<Layer> layers, List<Pull> pulls, List<Pull> backward) {}

  /**
   * The steps of a network, with buffers of their own.
   *
   * @param drive where the input of each layer starts
   * @throws IllegalArgumentException if a layer has no neighbour but the input
   */
  Step(Network network, Kernels kernels, List<Rows> drive, int samples) {
    this(
        network,
        kernels,
        drive,
        inputs(network, samples),
        Rows.allocate(samples, network.output().size()),
        network.cost().reading(samples),
        network.connections(),
        kernels);
  }

  private Step(
      Network network,
      Kernels kernels,
      List<Rows> drive,
      List<Rows> inputs,
      Rows scratch,
      Cost.Reading cost,
      List<Connection> connections,
      Kernels products) {
    this.network = network;
    this.dynamics = network.dynamics();
    this.k = kernels;
    this.drive = drive;
    this.inputs = inputs;
    this.scratch = scratch;
    this.cost = cost;
    this.pulls = Pull.all(network, connections, drive, inputs);
    this.ordered = connections.stream().anyMatch(Connection::remembers);
    this.forth = products;
    this.back = products.backward();
  }

  private static List<Rows> inputs(Network network, int samples) {
    List<Rows> inputs = new ArrayList<>();
    for (int n = 0; n < network.depth(); n++) {
      inputs.add(Rows.allocate(samples, network.layers().get(n).size()));
    }
    return inputs;
  }

  /**
   * The same steps with other weights or kernels, on the same buffers.
   *
   * @param connections the network's, or replicas of them, in its order
   * @param products the kernels that gather
   */
  Step with(List<Connection> connections, Kernels products) {
    return new Step(network, k, drive, inputs, scratch, cost, connections, products);
  }

  /** The network that steps. */
  Network network() {
    return network;
  }

  /** Whether a connection remembers what its other direction found. */
  boolean remembers() {
    return ordered;
  }

  /** A layer's input a, as the last gathering left it. */
  Rows input(Layer layer) {
    return inputs.get(layer.index());
  }

  /**
   * Layers that step together. Going backward, the pulls of the last layer are first and those of
   * one layer keep their order; all do where a connection remembers what its other direction found.
   */
  Stage stage(List<Layer> layers) {
    return new Stage(layers, of(layers), of(ordered ? layers : layers.reversed()));
  }

  /** The stages of a solver's round, in turn. */
  List<Stage> stages(List<List<Layer>> groups) {
    return groups.stream().map(this::stage).toList();
  }

  /** The pulls of some layers, layer by layer. */
  private List<Pull> of(List<Layer> layers) {
    return layers.stream()
        .flatMap(layer -> pulls.stream().filter(pull -> pull.layer().equals(layer)))
        .toList();
  }

  /** Gathers the inputs of all layers. */
  void gather(State state, int from, int to) {
    gather(pulls, forth, state, from, to);
  }

  /** Gathers the inputs of a stage in round {@code round}. */
  void gather(Stage stage, State state, int round, int from, int to) {
    if (round % 2 == 0) {
      gather(stage.pulls, forth, state, from, to);
    } else {
      gather(stage.backward, back, state, from, to);
    }
  }

  private static void gather(List<Pull> some, Kernels kernels, State state, int from, int to) {
    for (int i = 0; i < some.size(); i++) {
      some.get(i).gather(kernels, state, from, to);
    }
  }

  /**
   * Advances a layer from its gathered input, which it may overwrite.
   *
   * @param size the step's size: ε, or ω in its place
   * @param drift what the step adds besides, or null
   */
  void advance(Layer layer, State state, double size, @Nullable Rows drift, int from, int to) {
    Rows a = inputs.get(layer.index());
    dynamics.step(k, layer, size, a, drift, state.s(layer), state.u(layer), from, to);
  }

  /** Advances all layers by a step of size ε. */
  void advance(State state, int from, int to) {
    for (int n = 0; n < network.depth(); n++) {
      advance(network.layers().get(n), state, dynamics.epsilon(), null, from, to);
    }
  }

  /** Advances some layers by a step of size ε. */
  void advance(List<Layer> layers, State state, int from, int to) {
    for (int n = 0; n < layers.size(); n++) {
      advance(layers.get(n), state, dynamics.epsilon(), null, from, to);
    }
  }

  /** Advances some layers, the output nudged with β (of either sign) towards {@code y}. */
  void advanceNudged(List<Layer> layers, State state, float beta, Rows y, int from, int to) {
    for (int n = 0; n < layers.size(); n++) {
      Layer layer = layers.get(n);
      if (layer.index() == 0) {
        advanceNudged(state, beta, y, from, to);
      } else {
        advance(layer, state, dynamics.epsilon(), null, from, to);
      }
    }
  }

  private void advanceNudged(State state, float beta, Rows y, int from, int to) {
    Layer output = network.output();
    dynamics.nudgedStep(
        k,
        output,
        cost,
        beta,
        y,
        scratch,
        inputs.get(0),
        state.s(output),
        state.u(output),
        from,
        to);
  }
}
