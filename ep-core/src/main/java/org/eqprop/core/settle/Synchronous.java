package org.eqprop.core.settle;

import java.util.Map;

/** The paper's steps: all layers together, of size ε (Eq. 7). */
public record Synchronous() implements Solver {
  /** The name in files and options. */
  public static final String NAME = "synchronous";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }

  static Synchronous read(Options options) {
    options.check();
    return new Synchronous();
  }
}
