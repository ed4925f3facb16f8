package org.eqprop.examples.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.PoolingShape;
import org.eqprop.core.network.Untied;
import org.eqprop.core.tensor.Shape;

/** Makes the network that a {@link Graph} describes, for the shape and classes of data. */
final class GraphNetwork {
  private static final String ALGORITHM = "algorithm";

  private final Graph graph;
  private final Wiring wiring;
  private final List<Shape> shapes;

  /**
   * The network for some data.
   *
   * @param input shape of a sample
   * @throws UsageException in one sentence, if the layers do not fit the data
   */
  GraphNetwork(Graph graph, Wiring wiring, Shape input, int classes) {
    this.graph = graph;
    this.wiring = wiring;
    this.shapes = shapes(graph, wiring, input, classes);
  }

  private static List<Shape> shapes(Graph graph, Wiring wiring, Shape input, int classes) {
    List<Shape> shapes = new ArrayList<>();
    int last = graph.layers().size() - 1;
    for (int n = 0; n <= last; n++) {
      LayerEntry layer = graph.layers().get(n);
      Shape shape = layer.shape();
      if (n == 0 && !wiring.hasReadOut()) {
        if (shape != null && shape.size() != classes) {
          throw misfit(n, layer, shape, classes + " classes");
        }
        shapes.add(shape == null ? Shape.of(classes) : shape);
      } else if (n == last) {
        boolean units = shape != null && shape.rank() == 1 && shape.size() == input.size();
        if (shape != null && !units && !shape.equals(input)) {
          throw misfit(n, layer, shape, "samples of " + input);
        }
        shapes.add(input);
      } else if (shape != null) {
        shapes.add(shape);
      }
    }
    return shapes;
  }

  private static EntryException misfit(int n, LayerEntry layer, Shape shape, String data) {
    return new EntryException(
        "layers." + n + (shape.rank() == 1 ? ".units" : ".shape"),
        String.format(
            Locale.ROOT,
            "the layer '%s', the %s, has %s units, but the data has %s; leave them out.",
            layer.name(),
            n == 0 ? "output" : "input",
            shape,
            data));
  }

  /**
   * The network, weights zero.
   *
   * @param last usual activation of the output
   * @param sigma usual activation of all other layers
   * @param algorithm how convolutions are computed that do not say it, {@code direct} or {@code
   *     winograd}
   * @throws UsageException in one sentence, if a connection does not fit its layers, or the network
   *     is too large for arrays
   */
  Network network(int classes, Activation last, Activation sigma, String algorithm) {
    Network.Builder builder = wiring.builder(classes);
    Map<String, Integer> places = new HashMap<>();
    for (int n = 0; n < shapes.size(); n++) {
      LayerEntry layer = graph.layers().get(n);
      Activation own = layer.activation();
      Activation activation = own != null ? own : n == 0 ? last : sigma;
      places.put(layer.name(), n);
      if (n < shapes.size() - 1) {
        builder.layer(layer.name(), shapes.get(n), activation);
      } else {
        builder.input(layer.name(), shapes.get(n), activation);
      }
    }
    checkSize(places);
    for (int c = 0; c < graph.connections().size(); c++) {
      ConnectionEntry entry = graph.connections().get(c);
      try {
        connect(builder, entry, places, algorithm);
      } catch (RuntimeException | LinkageError refused) {
        throw new EntryException("connections." + c, sentence(entry, refused));
      }
    }
    Network network = build(builder);
    checkOptions(network);
    return network;
  }

  private void connect(
      Network.Builder builder,
      ConnectionEntry entry,
      Map<String, Integer> places,
      String algorithm) {
    int to = places.getOrDefault(entry.to(), -1);
    int from = places.getOrDefault(entry.from(), -1);
    Map<String, String> options = new TreeMap<>(entry.options());
    if (entry.isConvolution()) {
      options.putIfAbsent(ALGORITHM, algorithm);
    }
    String type = entry.type();
    UntiedRule rule = rule(entry);
    if (rule != UntiedRule.NONE && !type.equals(Untied.TYPE) && from < shapes.size() - 1) {
      options.put(Untied.OF, type);
      options.put(Untied.RULE, rule.id());
      type = Untied.TYPE;
    }
    builder.connect(entry.name(), to, from, Parts.connection(type), options);
  }

  private UntiedRule rule(ConnectionEntry entry) {
    UntiedRule own = entry.untied();
    return own == null ? wiring.untied() : own;
  }

  private static String sentence(ConnectionEntry entry, Throwable refused) {
    String said = String.valueOf(refused.getMessage());
    boolean clear = refused instanceof IllegalArgumentException && said.matches(".*[.?!]");
    return "the connection "
        + entry.way()
        + " cannot be made"
        + (clear ? ": " + said : "; its type " + entry.type() + " failed with " + refused + ".");
  }

  /** What is given and does not come back as an option of the connection was not understood. */
  private void checkOptions(Network network) {
    for (int c = 0; c < graph.connections().size(); c++) {
      ConnectionEntry entry = graph.connections().get(c);
      Connection made = network.connections().get(c);
      for (String option : entry.options().keySet()) {
        if (!made.options().containsKey(option)) {
          throw new EntryException(
              "connections." + c + "." + option,
              "a connection of the type "
                  + entry.type()
                  + " has no option '"
                  + option
                  + "'"
                  + (made.options().isEmpty()
                      ? ""
                      : "; there are " + String.join(", ", new TreeMap<>(made.options()).keySet()))
                  + "."
                  + Names.suggestion(option, made.options().keySet()));
        }
      }
    }
  }

  private static Network build(Network.Builder builder) {
    try {
      return builder.build();
    } catch (IllegalArgumentException refused) {
      throw new UsageException(String.valueOf(refused.getMessage()));
    }
  }

  /** Checks the weights that are known here before anything of their size is allocated. */
  private void checkSize(Map<String, Integer> places) {
    double weights = 0;
    for (int c = 0; c < graph.connections().size(); c++) {
      ConnectionEntry entry = graph.connections().get(c);
      Shape to = shapes.get(places.getOrDefault(entry.to(), 0));
      Shape from = shapes.get(places.getOrDefault(entry.from(), 0));
      int directions = rule(entry) == UntiedRule.NONE && !entry.type().equals(Untied.TYPE) ? 1 : 2;
      if (entry.isOf(Dense.TYPE)) {
        weights += (double) directions * to.size() * from.size();
      } else if (entry.isConvolution()) {
        double kernel = number(entry.options().getOrDefault("kernel", ""));
        weights += directions * kernel * kernel * to.dimension(0) * from.dimension(0);
      }
      if (weights > Convolutions.MOST_WEIGHTS) {
        throw new EntryException(
            "connections." + c,
            "with the connection "
                + entry.way()
                + " the network is too large; make its layers"
                + " smaller.");
      }
    }
  }

  /** A number; 0 if it is none, which the connection says. */
  private static double number(String text) {
    return text.matches("[0-9]{1,18}") ? Double.parseDouble(text) : 0;
  }

  /** Says of each convolution whose windows do not divide its map what happens to the border. */
  List<String> borders() {
    List<String> sentences = new ArrayList<>();
    List<String> names = graph.layers().stream().map(LayerEntry::name).toList();
    for (ConnectionEntry entry : graph.connections()) {
      if (entry.isConvolution()) {
        Map<String, String> options = entry.options();
        Shape source = shapes.get(names.indexOf(entry.from()));
        int filters = shapes.get(names.indexOf(entry.to())).dimension(0);
        int pool = (int) number(options.getOrDefault("pool", "1"));
        int apart = (int) number(options.getOrDefault("pool-stride", Integer.toString(pool)));
        ConvolutionShape map =
            new ConvolutionShape(
                source.dimension(0),
                source.dimension(1),
                source.dimension(2),
                filters,
                (int) number(options.getOrDefault("kernel", "1")),
                (int) number(options.getOrDefault("padding", "0")),
                (int) number(options.getOrDefault("stride", "1")));
        sentences.addAll(
            Convolutions.border(
                new PoolingShape(filters, map.outputHeight(), map.outputWidth(), pool, apart)));
      }
    }
    return List.copyOf(sentences);
  }
}
