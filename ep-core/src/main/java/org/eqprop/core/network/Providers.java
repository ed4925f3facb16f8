package org.eqprop.core.network;

import java.util.ServiceLoader;

/** Finds the types of connections and costs on the path. */
final class Providers {
  private Providers() {}

  /** All types of connections. */
  static Iterable<Connection.Provider> connections() {
    return ServiceLoader.load(Connection.Provider.class, Network.class.getClassLoader());
  }

  /**
   * The type of connections named {@code type}.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Connection.Provider connection(String type) {
    for (Connection.Provider provider : connections()) {
      if (provider.type().equals(type)) {
        return provider;
      }
    }
    throw new IllegalArgumentException(
        "There is no connection type '"
            + type
            + "'; put the jar that has it on the path, for ep by EP_PARTS.");
  }

  /**
   * The type of costs named {@code type}.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Cost.Provider cost(String type) {
    ServiceLoader<Cost.Provider> providers =
        ServiceLoader.load(Cost.Provider.class, Network.class.getClassLoader());
    for (Cost.Provider provider : providers) {
      if (provider.type().equals(type)) {
        return provider;
      }
    }
    throw new IllegalArgumentException(
        "There is no cost '"
            + type
            + "'; put the jar that has it on the path, for ep by EP_PARTS.");
  }
}
