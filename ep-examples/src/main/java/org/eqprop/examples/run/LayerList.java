package org.eqprop.examples.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code layers = [784, 512, 10]} in a file: the sizes of all layers of a fully connected network,
 * input side first, as the option {@code --layers} has them. Layers that are tables describe a
 * network of another kind.
 */
final class LayerList {
  private static final int FEWEST = 3;

  private LayerList() {}

  /** The sizes, or null if there is no such list. */
  static @Nullable List<Integer> of(ObjectNode entries) {
    JsonNode layers = entries.path(GraphEntries.LAYERS);
    if (!isList(layers)) {
      return null;
    }
    List<Integer> sizes = new ArrayList<>();
    layers.forEach(size -> sizes.add(size.intValue()));
    return List.copyOf(sizes);
  }

  private static boolean isList(JsonNode layers) {
    return layers.isArray() && layers.path(0).isNumber();
  }

  /**
   * Puts the sizes of the hidden layers in the place of the list.
   *
   * @param given the file's entries; modified
   * @param overruled whether the command line has other hidden layers
   * @param place where an entry stands
   * @throws UsageException in one sentence, if it is no list of sizes or there are hidden layers
   *     too
   */
  static void replace(ObjectNode given, boolean overruled, UnaryOperator<String> place) {
    JsonNode layers = given.path(GraphEntries.LAYERS);
    if (!isList(layers)) {
      return;
    }
    boolean sizes =
        layers.valueStream().allMatch(size -> size.canConvertToInt() && size.isIntegralNumber());
    if (!sizes || layers.size() < FEWEST) {
      throw new UsageException(
          "In "
              + place.apply(GraphEntries.LAYERS)
              + ", layers is "
              + layers
              + "; write the sizes of all layers, the input's first, as in [784, 512, 10], or"
              + " [[layers]] above the table of each.");
    }
    for (String other : List.of("hidden", "channels", GraphEntries.CONNECTIONS)) {
      if (given.path(other).size() > 0) {
        throw new UsageException(
            "In "
                + place.apply(other)
                + ", "
                + other
                + " and layers both say what the layers are; keep one.");
      }
    }
    given.remove(GraphEntries.LAYERS);
    if (!overruled) {
      ArrayNode hidden = given.putArray("hidden");
      for (int i = layers.size() - 2; i > 0; i--) {
        hidden.add(layers.get(i));
      }
    }
  }
}
