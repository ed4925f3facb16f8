package org.eqprop.examples.reproduce;

import java.util.List;
import java.util.Locale;
import org.eqprop.examples.run.Names;

/** Which methods a user wants. */
public enum MethodChoice {
  /** Equilibrium propagation only. */
  EP(Method.EP),
  /** Backpropagation through time only. */
  BPTT(Method.BPTT),
  /** Each of them. */
  BOTH(Method.EP, Method.BPTT);

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Method> methods;

  MethodChoice(Method... methods) {
    this.methods = List.of(methods);
  }

  /**
   * The value named {@code name}.
   *
   * @throws org.eqprop.examples.run.UsageException if there is none, with the nearest name
   */
  public static MethodChoice of(String name) {
    return Names.constant("method", values(), MethodChoice::id, name);
  }

  /** The methods, in the paper's order. */
  public List<Method> methods() {
    return methods;
  }

  private String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
