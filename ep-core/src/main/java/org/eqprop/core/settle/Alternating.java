package org.eqprop.core.settle;

import java.util.List;
import java.util.Map;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;

/** Steps of size ε, every other layer at a time ({@link Schedule#ALTERNATING}). */
public record Alternating() implements Solver {
  /** The name in files and options. */
  public static final String NAME = "alternating";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }

  @Override
  public List<List<Layer>> groups(Network network) {
    return Schedule.ALTERNATING.groups(network);
  }

  static Alternating read(Options options) {
    options.check();
    return new Alternating();
  }
}
