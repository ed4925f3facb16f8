package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Untied;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a network from a file, as it is written there.
 *
 * @param name in the names of its tensors
 * @param to the layer nearer the output
 * @param from the layer nearer the input
 * @param type the name of a {@link org.eqprop.core.network.Connection.Provider}
 * @param untied null if it is the configuration's
 * @param options what the type has besides
 */
record ConnectionEntry(
    String name,
    String to,
    String from,
    String type,
    @Nullable UntiedRule untied,
    Map<String, String> options) {
  /** The learning rate of one connection. */
  static final String LR = "lr";

  /** The factor of the initial weights of one connection. */
  static final String GAIN = "gain";

  private static final String NAME = "name";
  private static final String TO = "to";
  private static final String FROM = "from";
  private static final String TYPE = "type";
  private static final String UNTIED = "untied";
  private static final List<String> KEYS = List.of(NAME, TO, FROM, TYPE, UNTIED, LR, GAIN);

  private static final Pattern OPTION = Pattern.compile("[A-Za-z0-9_.-]{1,60}");
  private static final Pattern VALUE = Pattern.compile("\\S{0,200}");

  /** Copies the options. */
  ConnectionEntry {
    options = Map.copyOf(options);
  }

  /** Of a run's configuration. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ConnectionEntry of(JsonNode node) {
    return read(new EntryReader("connections", node), "");
  }

  /**
   * What is written, but for {@link #LR} and {@link #GAIN}.
   *
   * @param usualName its name if it has none
   * @throws EntryException in one sentence, if it is no connection
   */
  static ConnectionEntry read(EntryReader reader, String usualName) {
    String name = reader.connectionName(NAME, usualName);
    String to = reader.required(TO);
    String from = reader.required(FROM);
    String type = reader.text(TYPE);
    String rule = reader.text(UNTIED);
    return new ConnectionEntry(
        name,
        to,
        from,
        type == null ? Dense.TYPE : type,
        rule == null ? null : rule(reader, rule),
        options(reader));
  }

  private static UntiedRule rule(EntryReader reader, String rule) {
    try {
      return UntiedRule.of(rule);
    } catch (UsageException unknown) {
      throw new EntryException(reader.place() + "." + UNTIED, String.valueOf(unknown.getMessage()));
    }
  }

  private static Map<String, String> options(EntryReader reader) {
    Map<String, String> options = new TreeMap<>();
    for (var entry : reader.node().properties()) {
      String key = entry.getKey();
      JsonNode value = entry.getValue();
      if (KEYS.contains(key)) {
        continue;
      }
      if (!OPTION.matcher(key).matches()) {
        throw reader.refuse(key, " has the key '" + key + "', which can be no option.");
      }
      if (!value.isValueNode() || value.isNull() || !VALUE.matcher(value.asText()).matches()) {
        throw reader.refuse(
            key,
            " has "
                + key
                + " = "
                + value
                + "; it must be a number, true, false or a text without spaces.");
      }
      options.put(key, value.asText());
    }
    return options;
  }

  /**
   * Checks that no two of its settings contradict each other.
   *
   * @param input the name of the input
   * @throws EntryException in one sentence, if two do
   */
  void check(String place, String input) {
    boolean both = type.equals(Untied.TYPE);
    if (both && untied != null) {
      throw new EntryException(
          place + "." + UNTIED,
          "the connection "
              + way()
              + " has the type untied and untied = \""
              + untied
              + "\"; keep the type with its rule, or write the type of its weights and untied.");
    }
    if (both && from.equals(input)) {
      throw new EntryException(
          place + "." + TYPE,
          "the connection goes "
              + way()
              + ", the input, to which nothing goes back; write the type of its weights, such as"
              + " dense.");
    }
    if (isConvolution()
        && options.getOrDefault("algorithm", "").equals(ConvolutionType.WINOGRAD.id())
        && !options.getOrDefault("stride", "1").equals("1")) {
      throw new EntryException(
          place + ".algorithm",
          "the connection "
              + way()
              + " has the algorithm winograd, which is for stride 1; leave it out.");
    }
  }

  /** As in a file. */
  @JsonValue
  ObjectNode json() {
    ObjectNode node =
        Configs.JSON.createObjectNode().put(NAME, name).put(TO, to).put(FROM, from).put(TYPE, type);
    if (untied != null) {
      node.put(UNTIED, untied.id());
    }
    new TreeMap<>(options).forEach(node::put);
    return node;
  }

  /** Whether it convolves, in one direction or in both. */
  boolean isConvolution() {
    return isOf(ConvolutionalChain.TYPE);
  }

  /** Whether its weights are of a type, in one direction or in both. */
  boolean isOf(String other) {
    return type.equals(other) || (type.equals(Untied.TYPE) && other.equals(options.get(Untied.OF)));
  }

  /** For messages: {@code from 'x' to 'h1'}. */
  String way() {
    return "from '" + from + "' to '" + to + "'";
  }
}
