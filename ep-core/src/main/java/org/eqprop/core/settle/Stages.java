package org.eqprop.core.settle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;

/** Divides a network's layers into the groups that step together. */
final class Stages {
  /** The distance of a layer that no path leads to. */
  static final int FAR = Integer.MAX_VALUE;

  private Stages() {}

  /**
   * The layers in the groups of a schedule, in the order in which a phase goes through them. No two
   * layers of a group of {@link Schedule#ALTERNATING} are linked.
   */
  static List<List<Layer>> of(Network network, Schedule schedule) {
    List<Layer> all = network.layers().subList(0, network.depth());
    if (schedule == Schedule.SYNCHRONOUS) {
      return List.of(all);
    }
    int[] distance = distances(network);
    int[] group = isLinkedInside(network, distance) ? colours(network, distance) : parity(distance);
    List<List<Layer>> groups = new ArrayList<>();
    for (int g = 0; g <= Arrays.stream(group).max().orElse(0); g++) {
      int number = g;
      groups.add(all.stream().filter(layer -> group[layer.index()] == number).toList());
    }
    return List.copyOf(groups);
  }

  private static int[] parity(int[] distance) {
    return Arrays.stream(distance).map(d -> d % 2).toArray();
  }

  /**
   * The groups of a network with a loop of odd length: nearest the output first, each layer is in
   * the first group that none of its neighbours is in.
   */
  private static int[] colours(Network network, int[] distance) {
    int[] group = new int[distance.length];
    Arrays.fill(group, FAR);
    List<Layer> nearest =
        network.layers().subList(0, network.depth()).stream()
            .sorted(Comparator.comparingInt(layer -> distance[layer.index()]))
            .toList();
    for (Layer layer : nearest) {
      BitSet taken = new BitSet();
      for (Connection connection : network.connections()) {
        boolean down = connection.source().equals(layer);
        if (!connection.source().input() && (down || connection.target().equals(layer))) {
          Layer other = down ? connection.target() : connection.source();
          if (group[other.index()] != FAR) {
            taken.set(group[other.index()]);
          }
        }
      }
      group[layer.index()] = taken.nextClearBit(0);
    }
    return group;
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
    return connected && !isLinkedInside(network, distances(network));
  }

  /** Whether two layers are linked whose distances from the output are both even or both odd. */
  private static boolean isLinkedInside(Network network, int[] distance) {
    return network.connections().stream()
        .filter(c -> !c.source().input())
        .anyMatch(c -> distance[c.target().index()] % 2 == distance[c.source().index()] % 2);
  }
}
