package org.eqprop.examples.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eqprop.examples.data.DataIdentity;
import org.eqprop.examples.data.FoundData;
import org.jspecify.annotations.Nullable;

/**
 * What determines a run's weights, as its checkpoint remembers it.
 *
 * @param config the configuration without the number of epochs and the place of the data
 * @param data the parts of the data's identity
 */
record RunIdentity(ObjectNode config, Map<String, String> data) {
  private static final String CONFIG_NOTE = "config";
  private static final String DATA_NOTE = "data.";

  /** Entries that do not change the weights, or where the data only is. */
  private static final List<String> OTHERS =
      List.of(
          "epochs", "data", "dataPath", "dataSha256", "track-gradient", "patience", "snapshots");

  /** What a run with this configuration and data is. */
  static RunIdentity of(Config config, FoundData found) {
    return new RunIdentity(decisive(config), found.identity().parts());
  }

  /** The entries that determine the weights; data is known by its parts. */
  private static ObjectNode decisive(Config config) {
    ObjectNode tree = Configs.JSON.valueToTree(config);
    tree.remove(OTHERS);
    ObjectNode sorted = Configs.JSON.createObjectNode();
    Map<String, JsonNode> entries = new TreeMap<>();
    tree.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    sorted.setAll(entries);
    return sorted;
  }

  /** Adds it to the notes of a checkpoint, with the place of the data for people. */
  void describe(Map<String, String> notes, Config config) {
    ObjectNode written = this.config.deepCopy();
    LearningDefaults.simplify(written);
    try {
      notes.put(
          CONFIG_NOTE,
          Configs.JSON
              .writer()
              .without(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(written));
    } catch (JsonProcessingException thrown) {
      throw new IllegalStateException(thrown);
    }
    data.forEach((part, digest) -> notes.put(DATA_NOTE + part, digest));
    notes.put("data-sha256", new DataIdentity("", data).sha256());
    if (!config.source().dataPath().isEmpty()) {
      notes.put("data-path", config.source().dataPath());
    }
  }

  /**
   * Reads it from the notes of a checkpoint.
   *
   * @return null if an older version has written it, which did not note it, or it is damaged
   */
  static @Nullable RunIdentity read(Map<String, String> notes) {
    Map<String, String> data = new TreeMap<>();
    notes.forEach(
        (name, value) -> {
          if (name.startsWith(DATA_NOTE)) {
            data.put(name.substring(DATA_NOTE.length()), value);
          }
        });
    try {
      JsonNode config = Configs.JSON.readTree(notes.getOrDefault(CONFIG_NOTE, ""));
      if (!(config instanceof ObjectNode object)) {
        return null;
      }
      LearningDefaults.complete(object);
      object.remove(OTHERS);
      return new RunIdentity(object, data);
    } catch (JsonProcessingException damaged) {
      return null;
    }
  }

  /** Says which entries are others in {@code now}: {@code seed is 2 and was 1}; empty if none. */
  String configChanges(RunIdentity now) {
    List<String> changes = new ArrayList<>();
    config
        .properties()
        .forEach(
            entry -> {
              JsonNode current = now.config.path(entry.getKey());
              if (!current.toString().equals(entry.getValue().toString())) {
                changes.add(entry.getKey() + " is " + current + " and was " + entry.getValue());
              }
            });
    return String.join(", ", changes);
  }

  /** Whether an entry of the configuration is another in {@code now}. */
  boolean differs(RunIdentity now, String entry) {
    return !config.path(entry).equals(now.config.path(entry));
  }

  /** Says which parts of the data are others in {@code now}; empty if none. */
  String dataChanges(RunIdentity now) {
    return new DataIdentity("", data).differences(now.data);
  }
}
