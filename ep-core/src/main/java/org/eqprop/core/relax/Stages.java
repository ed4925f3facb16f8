package org.eqprop.core.relax;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Settling;

/** Divides a network's layers into the groups that step together. */
final class Stages {
  private static final int NONE = -1;

  private Stages() {}

  /**
   * The layers in the groups of a schedule, in the order in which a phase goes through them.
   *
   * @throws IllegalArgumentException if the network is no chain of two kinds of layers and the
   *     schedule needs one
   */
  static List<List<Layer>> of(Network network, Settling.Schedule schedule) {
    List<Layer> all = network.layers().subList(0, network.depth());
    if (schedule == Settling.Schedule.SYNCHRONOUS) {
      return List.of(all);
    }
    int[] colour = colours(network);
    List<Layer> even = new ArrayList<>();
    List<Layer> odd = new ArrayList<>();
    for (Layer layer : all) {
      (colour[layer.index()] == 0 ? even : odd).add(layer);
    }
    return odd.isEmpty() ? List.of(even) : List.of(even, odd);
  }

  /** Distance from the output modulo 2, along connections between layers that step. */
  private static int[] colours(Network network) {
    int[] colour = new int[network.depth()];
    Arrays.fill(colour, NONE);
    colour[0] = 0;
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Connection connection : network.connections()) {
        if (!connection.source().input()) {
          changed |= spread(colour, connection.target().index(), connection.source().index());
          changed |= spread(colour, connection.source().index(), connection.target().index());
        }
      }
    }
    return colour;
  }

  private static boolean spread(int[] colour, int from, int to) {
    if (colour[from] == NONE) {
      return false;
    }
    if (colour[to] == colour[from]) {
      throw new IllegalArgumentException(
          "The alternating schedule needs a network whose layers fall into two groups without"
              + " connections inside; layers "
              + from
              + " and "
              + to
              + " are in a loop of odd length.");
    }
    boolean fresh = colour[to] == NONE;
    colour[to] = 1 - colour[from];
    return fresh;
  }
}
