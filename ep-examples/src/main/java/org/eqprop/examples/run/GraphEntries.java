package org.eqprop.examples.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries {@code [[layers]]} and {@code [[connections]]} of a configuration file, and what is
 * usual for a network that has them.
 */
final class GraphEntries {
  private static final String NETWORK = "network";
  static final String LAYERS = "layers";
  static final String CONNECTIONS = "connections";
  private static final String LR = "lr";

  /** The deepest preset. */
  private static final int DEEPEST = 3;

  private final ObjectNode given;
  private final ObjectNode options;

  private GraphEntries(ObjectNode given, ObjectNode options) {
    this.given = given;
    this.options = options;
  }

  /** Whether a configuration has a network of its own. */
  static boolean areIn(JsonNode tree) {
    return tree.has(LAYERS) || tree.has(CONNECTIONS);
  }

  /**
   * Brings what was given into the form of {@link Config}: the rates and gains of connections go
   * into the lists of all, and the network is called after its file.
   *
   * @param given entries of the file and of the command line; modified
   * @param options entries of the command line, which win
   * @throws UsageException in one sentence, if an entry cannot be what it is
   */
  static void prepare(ObjectNode given, ObjectNode options, Path file) {
    GraphEntries entries = new GraphEntries(given, options);
    entries.refuseOtherLayers();
    entries.read();
    if (!given.has(NETWORK)) {
      given.put(NETWORK, name(file));
    }
  }

  /** A file's name as that of a network: {@code skip} of {@code my/skip.toml}. */
  private static String name(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString().replaceFirst("(?i)\\.(toml|json)$", "");
    String clean = name.replaceAll("[^\\p{L}\\p{N}._-]", "-").replaceFirst("^[.-]+", "");
    return clean.isEmpty() ? NETWORK : clean.substring(0, Math.min(clean.length(), 60));
  }

  private void refuseOtherLayers() {
    ObjectNode none = Configs.JSON.valueToTree(Convolutions.NONE);
    none.putArray("hidden");
    for (var entry : none.properties()) {
      JsonNode value = given.get(entry.getKey());
      if (value != null && !value.equals(entry.getValue())) {
        throw new UsageException(
            entry.getKey()
                + " is "
                + value
                + ", but the network has [[layers]] of its own; leave it out.");
      }
    }
  }

  private void read() {
    ArrayNode layers = Configs.JSON.createArrayNode();
    for (JsonNode node : list(LAYERS)) {
      layers.add(LayerEntry.read(new EntryReader(LAYERS + "." + layers.size(), node)).json());
    }
    ArrayNode connections = Configs.JSON.createArrayNode();
    ArrayNode rates = Configs.JSON.createArrayNode();
    ArrayNode gains = Configs.JSON.createArrayNode();
    for (JsonNode node : list(CONNECTIONS)) {
      String usualName = Integer.toString(connections.size());
      EntryReader reader = new EntryReader(CONNECTIONS + "." + usualName, node);
      ConnectionEntry connection = ConnectionEntry.read(reader, usualName);
      connection.check(reader.place(), layers.path(layers.size() - 1).path("name").asText());
      connections.add(connection.json());
      rates.add(reader.number(ConnectionEntry.LR));
      gains.add(reader.number(ConnectionEntry.GAIN));
    }
    if (layers.isEmpty() && connections.isEmpty()) {
      throw new EntryException(
          LAYERS, "there are no layers and no connections; write [[layers]] and [[connections]].");
    }
    given.set(LAYERS, layers);
    given.set(CONNECTIONS, connections);
    gather(LR, ConnectionEntry.LR, rates, null);
    gather("init-gain", ConnectionEntry.GAIN, gains, 1.0);
  }

  private JsonNode list(String name) {
    JsonNode list = given.get(name);
    if (list == null) {
      return Configs.JSON.createArrayNode();
    }
    if (!list.isArray()) {
      throw new EntryException(
          name,
          "write [["
              + name
              + "]], in double brackets, once for each "
              + name.substring(0, name.length() - 1)
              + ".");
    }
    return list;
  }

  /**
   * Puts the values of all connections into the list of the configuration.
   *
   * @param readOut the usual value of a read-out; null if it has none
   */
  private void gather(String list, String key, ArrayNode values, @Nullable Double readOut) {
    if (values.valueStream().allMatch(JsonNode::isNull) || options.has(list)) {
      return;
    }
    for (int c = 0; c < values.size(); c++) {
      if (values.get(c).isNull()) {
        throw new EntryException(
            CONNECTIONS + "." + c,
            "the connection has no "
                + key
                + ", but others have; give each one, or all of them in the list "
                + list
                + " above the first table.");
      }
    }
    JsonNode top = given.get(list);
    if (!hasReadOut(given) && top != null) {
      throw new UsageException(
          list + " is " + top + ", but the connections have their own; keep one of the two.");
    }
    if (hasReadOut(given)) {
      if (top == null ? readOut == null : top.size() != 1) {
        throw new UsageException(
            list
                + (top == null ? " has no value" : " is " + top)
                + " for the read-out; with cross-entropy and a "
                + key
                + " in each connection write "
                + list
                + " = 0.1 above the first table, one number, which is the read-out's.");
      }
      values.insert(
          0, top == null ? Configs.JSON.getNodeFactory().numberNode(readOut) : top.get(0));
    }
    given.set(list, values);
  }

  private static boolean hasReadOut(JsonNode tree) {
    return tree.path("cost").asText().equals(CostType.CROSS_ENTROPY.id());
  }

  /** The preset whose values a network has that are not given: the one of its setting and depth. */
  static String preset(JsonNode given) {
    int hidden = given.path(LAYERS).size() - (hasReadOut(given) ? 1 : 2);
    boolean energyBased = given.path("setting").asText().equals(Setting.ENERGY_BASED.id());
    return (energyBased ? "eb-" : "p-") + Math.clamp(hidden, 1, DEEPEST) + "h";
  }

  /** Takes a preset's layers and learning rates out of its entries. */
  static void removeLayers(ObjectNode usual) {
    usual.putArray("hidden");
    usual.setAll((ObjectNode) Configs.JSON.valueToTree(Convolutions.NONE));
    usual.remove(LR);
  }

  /** How many learning rates there have to be. */
  static int rates(JsonNode given) {
    return given.path(CONNECTIONS).size() + (hasReadOut(given) ? 1 : 0);
  }

  /** Whether there are no learning rates. */
  static boolean lackRates(ObjectNode merged) {
    return !merged.has(LR);
  }

  /** The same with some learning rates. */
  static ObjectNode withRates(ObjectNode merged) {
    ObjectNode complete = merged.deepCopy();
    ArrayNode rates = complete.putArray(LR);
    for (int i = 0; i < rates(merged); i++) {
      rates.add(1.0);
    }
    return complete;
  }

  /** What to say where there are none. */
  static EntryException noRates(ObjectNode merged) {
    int count = rates(merged);
    boolean readOut = hasReadOut(merged);
    return new EntryException(
        CONNECTIONS,
        "the network has no learning rates; write "
            + (readOut ? "first the read-out's and then " : "")
            + "one for each connection, "
            + LR
            + " = ["
            + String.join(", ", List.of("0.1", "0.1", "0.1").subList(0, Math.min(3, count)))
            + (count > 3 ? ", …" : "")
            + "], above the first table, or optimizer = \"adam\", which has 0.001.");
  }
}
