package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A layer of a network from a file, as it is written there.
 *
 * @param name what connections call it
 * @param shape units, or channels, rows and columns; null if the data says it
 * @param activation null if it is the configuration's
 */
record LayerEntry(String name, @Nullable Shape shape, @Nullable Activation activation) {
  /** Units that a layer has at most. */
  static final int MOST_UNITS = 1 << 24;

  private static final String NAME = "name";
  private static final String UNITS = "units";
  private static final String SHAPE = "shape";
  private static final String ACTIVATION = "activation";
  private static final List<String> KEYS = List.of(NAME, UNITS, SHAPE, ACTIVATION);

  /** Of a run's configuration. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static LayerEntry of(JsonNode node) {
    return read(new EntryReader("layers", node));
  }

  /**
   * What is written.
   *
   * @throws EntryException in one sentence, if it is no layer
   */
  static LayerEntry read(EntryReader reader) {
    reader.onlyKeys(KEYS);
    String name = reader.layerName(NAME);
    return new LayerEntry(name, shape(reader.called(name)), activation(reader.called(name)));
  }

  private static @Nullable Shape shape(EntryReader reader) {
    JsonNode units = reader.get(UNITS);
    JsonNode list = reader.get(SHAPE);
    if (units != null && list != null) {
      throw reader.refuse(SHAPE, " has units and a shape; keep one of the two.");
    }
    if (units != null) {
      return Shape.of(reader.whole(UNITS, units, MOST_UNITS));
    }
    if (list == null) {
      return null;
    }
    if (!list.isArray() || (list.size() != 1 && list.size() != 3)) {
      throw reader.refuse(
          SHAPE,
          " has the shape " + list + "; write channels, rows and columns, as in [32, 4, 4].");
    }
    int[] dimensions = new int[list.size()];
    double product = 1;
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = reader.whole(SHAPE, list.get(i), MOST_UNITS);
      product *= dimensions[i];
    }
    if (product > MOST_UNITS) {
      throw reader.refuse(
          SHAPE,
          String.format(
              Locale.ROOT, " has %.0f units; a layer has at most %d.", product, MOST_UNITS));
    }
    return Shape.of(dimensions);
  }

  private static @Nullable Activation activation(EntryReader reader) {
    String name = reader.text(ACTIVATION);
    if (name == null) {
      return null;
    }
    try {
      return Activation.of(name);
    } catch (IllegalArgumentException unknown) {
      List<String> names = new ArrayList<>();
      for (Activation activation : Activation.values()) {
        names.add(activation.id());
      }
      throw reader.refuse(
          ACTIVATION,
          " has the activation '"
              + name
              + "'; choose one of "
              + String.join(", ", names)
              + "."
              + Names.suggestion(name, names));
    }
  }

  /** As in a file. */
  @JsonValue
  ObjectNode json() {
    ObjectNode node = Configs.JSON.createObjectNode().put(NAME, name);
    if (shape != null && shape.rank() == 1) {
      node.put(UNITS, shape.size());
    } else if (shape != null) {
      ArrayNode list = node.putArray(SHAPE);
      for (int dimension : shape.toArray()) {
        list.add(dimension);
      }
    }
    if (activation != null) {
      node.put(ACTIVATION, activation.id());
    }
    return node;
  }

  /** The layer for people: {@code hidden 256}, or {@code output}. */
  String description() {
    return shape == null ? name : name + " " + shape;
  }
}
