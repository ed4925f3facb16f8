package org.eqprop.core.settle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.jspecify.annotations.Nullable;

/** Divides a network's layers into the groups that step together. */
final class Stages {
  /** The distance of a layer that no path leads to. */
  static final int FAR = Integer.MAX_VALUE;

  private Stages() {}

  /**
   * The layers in the groups of a schedule, in the order in which a phase goes through them.
   *
   * @throws IllegalArgumentException if the network is no chain of two kinds of layers and the
   *     schedule needs one
   */
  static List<List<Layer>> of(Network network, Schedule schedule) {
    List<Layer> all = network.layers().subList(0, network.depth());
    if (schedule == Schedule.SYNCHRONOUS) {
      return List.of(all);
    }
    int[] distance = distances(network);
    Connection inside = withinGroup(network, distance);
    if (inside != null) {
      throw new IllegalArgumentException(
          "The alternating schedule needs a network whose layers fall into two groups without"
              + " connections inside; layers "
              + inside.target().index()
              + " and "
              + inside.source().index()
              + " are in a loop of odd length.");
    }
    List<Layer> even = new ArrayList<>();
    List<Layer> odd = new ArrayList<>();
    for (Layer layer : all) {
      (distance[layer.index()] % 2 == 0 ? even : odd).add(layer);
    }
    return odd.isEmpty() ? List.of(even) : List.of(even, odd);
  }

  /** Each layer's distance from the output, along connections between layers that step. */
  static int[] distances(Network network) {
    int[] distance = new int[network.depth()];
    Arrays.fill(distance, FAR);
    distance[0] = 0;
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Connection connection : network.connections()) {
        if (!connection.source().input()) {
          changed |= spread(distance, connection.target().index(), connection.source().index());
          changed |= spread(distance, connection.source().index(), connection.target().index());
        }
      }
    }
    return distance;
  }

  private static boolean spread(int[] distance, int from, int to) {
    if (distance[from] == FAR || distance[to] <= distance[from] + 1) {
      return false;
    }
    distance[to] = distance[from] + 1;
    return true;
  }

  /** Whether the alternating schedule has two groups of this network's layers. */
  static boolean fallIntoTwo(Network network) {
    boolean connected = network.connections().stream().anyMatch(c -> !c.source().input());
    return connected && withinGroup(network, distances(network)) == null;
  }

  /** A connection between two layers that would step together, if there is one. */
  private static @Nullable Connection withinGroup(Network network, int[] distance) {
    for (Connection connection : network.connections()) {
      if (!connection.source().input()) {
        int target = distance[connection.target().index()];
        int source = distance[connection.source().index()];
        if (target % 2 == source % 2) {
          return connection;
        }
      }
    }
    return null;
  }
}
