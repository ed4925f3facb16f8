package org.eqprop.core.settle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.tensor.Rows;

/** What each step of a relaxation computes: made once, so that steps allocate nothing. */
final class Plan {
  private final Network network;
  private final List<Connection> connections;
  private final List<Pull> pulls = new ArrayList<>();
  private final List<Stage> stages;
  private final List<Stage> nudgedStages;

  /** The first stages of a nudged phase, as far as they differ from those that follow. */
  private final List<Stage> onset;

  /** One directed use of a connection within a step, and where its sum starts. */
  record Pull(Connection connection, int number, boolean up, Rows base, Rows out) {
    Layer layer() {
      return up ? connection.target() : connection.source();
    }
  }

  /**
   * Layers that step together, with what their inputs are made of.
   *
   * @param backward the pulls with the last layer's first; those of one layer keep their order, and
   *     all do where a connection remembers what its other direction found
   */
  record Stage(List<Layer> layers, List<Pull> pulls, List<Pull> backward) {}

  /**
   * The plan for layers whose inputs start from {@code drive} and go to {@code inputs}.
   *
   * @param connections the network's, or replicas of them, in its order
   * @throws IllegalArgumentException if the schedule needs another kind of network, or a layer has
   *     no neighbour but the input
   */
  Plan(
      Network network,
      List<Connection> connections,
      Settling settling,
      List<Rows> drive,
      List<Rows> inputs) {
    this.network = network;
    this.connections = connections;
    pull(drive, inputs);
    this.stages = stages(settling.schedule());
    boolean turns = network.dynamics().epsilon() == 1;
    this.nudgedStages = turns ? stages : stages(Settling.Schedule.SYNCHRONOUS);
    this.onset = settling.tolerance() > 0 ? onset() : List.of();
  }

  /** A step of all layers together. */
  List<Pull> pulls() {
    return pulls;
  }

  /** The stages of a free phase, to be gone through in turn. */
  List<Stage> stages() {
    return stages;
  }

  /** Step {@code t} of a nudged phase, from 0 on. */
  Stage nudged(int t) {
    return t < onset.size() ? onset.get(t) : nudgedStages.get(t % nudgedStages.size());
  }

  private void pull(List<Rows> drive, List<Rows> inputs) {
    boolean[] started = new boolean[network.depth()];
    for (int c = 0; c < connections.size(); c++) {
      Connection connection = connections.get(c);
      if (!connection.source().input()) {
        for (boolean up : new boolean[] {true, false}) {
          int n = (up ? connection.target() : connection.source()).index();
          Rows base = started[n] ? inputs.get(n) : drive.get(n);
          started[n] = true;
          pulls.add(new Pull(connection, c, up, base, inputs.get(n)));
        }
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

  /**
   * The stages of a schedule.
   *
   * @throws IllegalArgumentException if the schedule needs another kind of network
   */
  List<Stage> stages(Settling.Schedule schedule) {
    return Stages.of(network, schedule).stream().map(this::stage).toList();
  }

  private Stage stage(List<Layer> layers) {
    boolean ordered = connections.stream().anyMatch(Connection::remembers);
    return new Stage(layers, of(layers), of(ordered ? layers : layers.reversed()));
  }

  /** The pulls of some layers, layer by layer. */
  private List<Pull> of(List<Layer> layers) {
    return layers.stream()
        .flatMap(layer -> pulls.stream().filter(pull -> pull.layer().equals(layer)))
        .toList();
  }

  /**
   * After a free phase that has settled the nudge is the only news, and it travels one connection a
   * step: layers that it cannot have reached stay as they are.
   */
  private List<Stage> onset() {
    int[] distance = Stages.distances(network);
    int farthest = Arrays.stream(distance).filter(d -> d != Stages.FAR).max().orElse(0);
    List<Stage> first = new ArrayList<>();
    for (int t = 0; t < farthest; t++) {
      int reached = t;
      List<Layer> layers = nudgedStages.get(t % nudgedStages.size()).layers();
      first.add(stage(layers.stream().filter(l -> distance[l.index()] <= reached).toList()));
    }
    return first;
  }
}
