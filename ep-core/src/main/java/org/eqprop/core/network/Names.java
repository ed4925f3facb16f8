package org.eqprop.core.network;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that a model file can tell the names and options of a network. */
final class Names {
  private Names() {}

  /**
   * Checks the name of a layer or connection.
   *
   * @param kind {@code layer}
   * @throws IllegalArgumentException if it is empty or has a space in it
   */
  static void check(String kind, String name) {
    if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException(
          "The name of a "
              + kind
              + " is '"
              + name.replaceAll("\\R", "?")
              + "'; it must not be empty or have spaces.");
    }
  }

  /**
   * Checks the options that make a connection again.
   *
   * @throws IllegalArgumentException if a key or value has a space in it, or a key an =
   */
  static void checkOptions(Connection connection) {
    for (Map.Entry<String, String> option : connection.options().entrySet()) {
      String key = option.getKey();
      String value = option.getValue();
      if (key.isEmpty()
          || key.indexOf('=') >= 0
          || (key + value).chars().anyMatch(Character::isWhitespace)) {
        throw new IllegalArgumentException(
            "The connection "
                + connection.name()
                + " has the option '"
                + key
                + "' = '"
                + value
                + "'; neither may have spaces, and the first no =.");
      }
    }
  }

  /**
   * Checks that each tensor has a name of its own.
   *
   * @throws IllegalArgumentException if two have one
   */
  static void checkTensors(List<Parameter> parameters) {
    Set<String> names = new HashSet<>();
    for (Parameter parameter : parameters) {
      check("tensor", parameter.name());
      if (!names.add(parameter.name())) {
        throw new IllegalArgumentException(
            "Two tensors of the network have the name '"
                + parameter.name()
                + "'; give the connection of that name another one.");
      }
    }
  }
}
