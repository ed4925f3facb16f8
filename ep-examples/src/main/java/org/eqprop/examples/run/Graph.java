package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eqprop.core.kernel.Activation;

/**
 * A network of layers and connections from a file, in place of hidden layers and convolutions.
 * Absent from configurations of other networks.
 *
 * @param network what it is called: the name of its file
 * @param layers the output first, the input last
 * @param connections in the order of the learning rates
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Graph(
    @JsonSetter(nulls = Nulls.AS_EMPTY) String network,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<LayerEntry> layers,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<ConnectionEntry> connections) {
  /** The entries of a configuration that a graph has. */
  static final List<String> NAMES = List.of("network", "layers", "connections");

  /** Layers or connections that a graph has at most. */
  static final int MOST = 1000;

  /** No graph. */
  static final Graph NONE = new Graph("", List.of(), List.of());

  private static final String LAYERS = "layers.";
  private static final String CONNECTIONS = "connections.";

  /**
   * Checked and copied.
   *
   * @throws UsageException in one sentence, if layers and connections are no network
   */
  public Graph {
    layers = List.copyOf(layers);
    connections = List.copyOf(connections);
    if (layers.isEmpty() != connections.isEmpty()) {
      String there = layers.isEmpty() ? "[[connections]]" : "[[layers]]";
      String missing = layers.isEmpty() ? "[[layers]]" : "[[connections]]";
      throw new UsageException(
          "The network has " + there + " but no " + missing + "; a network from a file has both.");
    }
    if (!network.isEmpty() && layers.isEmpty()) {
      throw new UsageException(
          "network is '" + network + "', but there are no [[layers]]; leave it out.");
    }
    if (!network.isEmpty() && !network.matches("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]{0,99}")) {
      throw new UsageException(
          "network is '"
              + network
              + "'; it is the name of the run's folder, of letters, digits, points, hyphens and"
              + " underscores.");
    }
    if (!layers.isEmpty()) {
      check(layers, connections);
    }
  }

  private static void check(List<LayerEntry> layers, List<ConnectionEntry> connections) {
    if (Math.max(layers.size(), connections.size()) > MOST) {
      throw new UsageException(
          "The network has "
              + layers.size()
              + " layers and "
              + connections.size()
              + " connections; it may have "
              + MOST
              + " of each.");
    }
    if (layers.size() < 2) {
      throw new EntryException(
          LAYERS + 0, "there is one layer; a network has an output, which is first, and an input.");
    }
    Map<String, Integer> places = places(layers);
    String input = layers.get(layers.size() - 1).name();
    Set<String> names = new HashSet<>();
    for (int c = 0; c < connections.size(); c++) {
      ConnectionEntry connection = connections.get(c);
      checkWay(CONNECTIONS + c, connection, places);
      checkType(CONNECTIONS + c, connection, connection.from().equals(input));
      if (!names.add(connection.name())) {
        throw new EntryException(
            CONNECTIONS + c + ".name",
            "two connections have the name '" + connection.name() + "'; give one another name.");
      }
    }
    checkReached(layers, connections);
  }

  private static Map<String, Integer> places(List<LayerEntry> layers) {
    Map<String, Integer> places = new HashMap<>();
    for (int n = 0; n < layers.size(); n++) {
      LayerEntry layer = layers.get(n);
      if (places.put(layer.name(), n) != null) {
        throw new EntryException(
            LAYERS + n + ".name",
            "two layers have the name '" + layer.name() + "'; give one another name.");
      }
      if (layer.shape() == null && n > 0 && n < layers.size() - 1) {
        throw new EntryException(
            LAYERS + n,
            "the layer '"
                + layer.name()
                + "' has no size; write units = 256, or shape = [channels, rows, columns].");
      }
    }
    return places;
  }

  private static void checkWay(
      String place, ConnectionEntry connection, Map<String, Integer> places) {
    for (String key : List.of("to", "from")) {
      String layer = key.equals("to") ? connection.to() : connection.from();
      if (!places.containsKey(layer)) {
        throw new EntryException(
            place + "." + key,
            "there is no layer '"
                + layer
                + "'; choose one of "
                + places.keySet().stream().sorted().limit(20).collect(Collectors.joining(", "))
                + "."
                + Names.suggestion(layer, places.keySet()));
      }
    }
    int to = places.getOrDefault(connection.to(), 0);
    int from = places.getOrDefault(connection.from(), 0);
    if (to == from) {
      throw new EntryException(
          place, "the connection links the layer '" + connection.to() + "' to itself.");
    }
    if (to > from) {
      throw new EntryException(
          place,
          "the connection goes "
              + connection.way()
              + ", but '"
              + connection.to()
              + "' is nearer the input, the last layer; exchange to and from.");
    }
  }

  private static void checkType(String place, ConnectionEntry connection, boolean input) {
    List<String> types = Parts.connections().stream().map(Parts.Part::name).toList();
    if (!types.contains(connection.type())) {
      throw new EntryException(
          place + ".type",
          "there is no connection type '"
              + connection.type()
              + "'; there are "
              + String.join(", ", types)
              + ", and EP_PARTS names jars with more."
              + Names.suggestion(connection.type(), types));
    }
    if (input && connection.untied() != null && connection.untied() != UntiedRule.NONE) {
      throw new EntryException(
          place + ".untied",
          "the connection goes "
              + connection.way()
              + ", the input, to which nothing goes back; leave untied out.");
    }
  }

  /** Each layer has to be linked with the output, or it could not learn; the input, too. */
  private static void checkReached(List<LayerEntry> layers, List<ConnectionEntry> connections) {
    String input = layers.get(layers.size() - 1).name();
    Set<String> reached = new HashSet<>(List.of(layers.get(0).name()));
    boolean grows = true;
    while (grows) {
      grows = false;
      for (ConnectionEntry connection : connections) {
        // The input is clamped, so nothing goes through it.
        if (reached.contains(connection.to())
            || (reached.contains(connection.from()) && !connection.from().equals(input))) {
          grows |= reached.add(connection.from());
          grows |= reached.add(connection.to());
        }
      }
    }
    for (int n = 1; n < layers.size(); n++) {
      String name = layers.get(n).name();
      if (!reached.contains(name)) {
        throw new EntryException(
            LAYERS + n,
            "no path of connections links the layer '"
                + name
                + "' to the output '"
                + layers.get(0).name()
                + (name.equals(input) ? "'" : "' other than through the input")
                + ", so that it would teach or learn nothing; connect it, or leave it out.");
      }
    }
  }

  /** Whether there is none. */
  @JsonIgnore
  public boolean isEmpty() {
    return layers.isEmpty();
  }

  /** Whether a connection convolves over each position, which Winograd's algorithm needs. */
  boolean hasUnstridedConvolution() {
    return connections.stream()
        .anyMatch(c -> c.isConvolution() && c.options().getOrDefault("stride", "1").equals("1"));
  }

  /**
   * Checks what the rest of a configuration has to do with its layers and connections.
   *
   * @param rates number of learning rates
   * @throws UsageException in one sentence, if they do not go together
   */
  void check(CostType cost, OutputType output, int rates) {
    LayerEntry first = layers.get(0);
    boolean readOut = cost == CostType.CROSS_ENTROPY;
    if (readOut && first.shape() == null) {
      throw new EntryException(
          LAYERS + 0,
          "the layer '"
              + first.name()
              + "' has no size; with cross-entropy the first layer is a hidden one, from which the"
              + " classes are read: write units = 256.");
    }
    if (output == OutputType.IDENTITY
        && first.activation() != null
        && first.activation() != Activation.IDENTITY) {
      throw new EntryException(
          LAYERS + 0 + ".activation",
          "the layer '"
              + first.name()
              + "' has the activation "
              + first.activation().id()
              + ", but output is identity; leave one of the two out.");
    }
    int needed = connections.size() + (readOut ? 1 : 0);
    if (rates != needed) {
      throw new UsageException(
          "lr has "
              + rates
              + (rates == 1 ? " learning rate, but the " : " learning rates, but the ")
              + connections.size()
              + (connections.size() == 1 ? " connection needs " : " connections need ")
              + needed
              + (readOut ? ": the read-out's first, then" : ":")
              + " one for each, in their order.");
    }
  }

  /** As in {@code layers out, h1 256, x; 3 connections}. */
  String description() {
    List<String> parts = new ArrayList<>();
    int shown = 8;
    layers.stream().limit(shown).forEach(layer -> parts.add(layer.description()));
    if (layers.size() > shown) {
      parts.add("and " + (layers.size() - shown) + " more");
    }
    int count = connections.size();
    return "layers "
        + String.join(", ", parts)
        + "; "
        + count
        + (count == 1 ? " connection" : " connections");
  }
}
