package org.eqprop.core.network;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a network was made of, so that another one like it can be made.
 *
 * @param cost makes the cost of the output layer
 */
record Plan(List<Layer> layers, List<Link> links, Dynamics dynamics, Function<Layer, Cost> cost) {
  /** A connection that was asked for. */
  record Link(
      String name,
      int target,
      int source,
      Connection.Provider provider,
      Map<String, String> options) {}

  /**
   * Checks what a network is made of.
   *
   * @throws IllegalArgumentException if it has no input or a layer nothing connects to
   */
  static void check(List<Layer> layers, List<Connection> connections) {
    if (layers.size() < 2 || !layers.get(layers.size() - 1).input()) {
      throw new IllegalArgumentException("A network needs an output layer and an input.");
    }
    for (Layer layer : layers) {
      if (connections.stream()
          .noneMatch(c -> c.target().equals(layer) || c.source().equals(layer))) {
        throw new IllegalArgumentException("Nothing connects to layer " + layer.name() + ".");
      }
    }
  }

  /**
   * Checks the ends of a connection.
   *
   * @throws IllegalArgumentException if there are no such layers, or the source is not nearer the
   *     input
   */
  static void checkEnds(String name, int target, int source, int layers) {
    if (target < 0 || target >= source || source >= layers) {
      throw new IllegalArgumentException(
          "Connection "
              + name
              + " goes from layer "
              + source
              + " to layer "
              + target
              + "; the source must be nearer the input and both must exist.");
    }
  }

  /** A network of this plan, its parameters zero. */
  Network build() {
    Network.Builder builder = new Network.Builder(dynamics);
    for (Layer layer : layers) {
      if (layer.input()) {
        builder.input(layer.name(), layer.shape(), layer.activation());
      } else {
        builder.layer(layer.name(), layer.shape(), layer.activation());
      }
    }
    for (Link link : links) {
      builder.connect(link.name(), link.target(), link.source(), link.provider(), link.options());
    }
    return builder.cost(cost).build();
  }

  /**
   * Copies the values of parameters.
   *
   * @param alike whether the same providers made both networks, with the same options: then their
   *     arrays have the same order
   * @throws IllegalArgumentException if the networks' parameters have other names or shapes
   * @throws IllegalStateException if both networks have the same parameter
   */
  void copyParameters(Network from, Network to, boolean alike) {
    List<Parameter> sources = from.parameters();
    List<Parameter> targets = to.parameters();
    if (sources.size() != targets.size()) {
      throw new IllegalArgumentException(
          "The network has "
              + targets.size()
              + " parameters, but the other one has "
              + sources.size()
              + ".");
    }
    for (int p = 0; p < sources.size(); p++) {
      check(sources.get(p), targets.get(p), from.equals(to));
    }
    for (int p = 0; p < sources.size(); p++) {
      if (alike) {
        float[] values = sources.get(p).data();
        System.arraycopy(values, 0, targets.get(p).data(), 0, values.length);
      } else {
        targets.get(p).read(sources.get(p).write());
      }
    }
  }

  private static void check(Parameter source, Parameter target, boolean itself) {
    if (!source.name().equals(target.name()) || !source.shape().equals(target.shape())) {
      throw new IllegalArgumentException(
          "The network's parameter "
              + target.name()
              + " is "
              + target.shape()
              + ", but the other one's is "
              + source.name()
              + " "
              + source.shape()
              + ".");
    }
    if (!itself && Objects.equals(source, target)) {
      throw new IllegalStateException(
          "Both networks have the same parameter "
              + source.name()
              + "; a connection and a read-out must be new for each network.");
    }
  }
}
