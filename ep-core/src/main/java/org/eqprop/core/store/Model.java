package org.eqprop.core.store;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.SquaredError;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.tensor.Shape;

/**
 * A network with the steps it settles in, as a file: everything a prediction needs.
 *
 * <p>The network is described in the metadata: its setting and step size first, and one entry
 * {@code layer.N} or {@code connection.N} each; the parameters are tensors in the paper's shapes.
 *
 * @param network the network with its parameters
 * @param steps T, steps of the free phase that a prediction takes
 * @param settling how the free phase is gone through
 * @param notes further metadata of the writer: what it was trained on, how far
 */
public record Model(Network network, int steps, Settling settling, Map<String, String> notes) {
  private static final String FORMAT = "format";
  private static final String VERSION = "eqprop-1";
  private static final String COST = "cost";
  private static final String NOTE = "note.";

  /** A model whose notes are copied. */
  public Model {
    notes = Map.copyOf(notes);
  }

  /** A model that settles as the paper has it. */
  public Model(Network network, int steps, Map<String, String> notes) {
    this(network, steps, Settling.EXACT, notes);
  }

  /**
   * Writes the model, beside and renamed.
   *
   * @throws StoreException if it cannot be written
   */
  public void write(Path file) {
    Safetensors container = new Safetensors();
    Map<String, String> metadata = container.metadata();
    metadata.put(FORMAT, VERSION);
    metadata.put("steps", Integer.toString(steps));
    SettlingEntries.write(settling, metadata);
    describe(network.dynamics(), metadata);
    for (Layer layer : network.layers()) {
      metadata.put(
          "layer." + layer.index(),
          layer.name() + " " + layer.shape() + " " + layer.activation().id());
    }
    for (int c = 0; c < network.connections().size(); c++) {
      Connection connection = network.connections().get(c);
      StringBuilder text = new StringBuilder();
      text.append(connection.name()).append(' ').append(connection.type());
      text.append(' ').append(connection.target().index());
      text.append(' ').append(connection.source().index());
      appendOptions(connection.options(), text);
      metadata.put("connection." + c, text.toString());
    }
    if (!(network.cost() instanceof SquaredError)) {
      StringBuilder text = new StringBuilder(network.cost().type());
      appendOptions(network.cost().options(), text);
      metadata.put(COST, text.toString());
    }
    for (Parameter parameter : network.parameters()) {
      container.put(parameter.name(), parameter.shape(), parameter.write());
    }
    notes.forEach((key, value) -> metadata.put(NOTE + key, value));
    container.write(file);
  }

  private static void appendOptions(Map<String, String> options, StringBuilder text) {
    new TreeMap<>(options)
        .forEach((key, value) -> text.append(' ').append(key).append('=').append(value));
  }

  /**
   * Reads a model and makes it ready to run on {@code kernels}.
   *
   * @throws StoreException if it is missing, truncated, altered or no model
   */
  public static Model read(Path file, Kernels kernels) {
    Safetensors container = Safetensors.read(file);
    if (!VERSION.equals(container.metadata().get(FORMAT))) {
      throw new StoreException("The file " + file + " is no model written by this version.");
    }
    if (!container.metadata().containsKey(Safetensors.CHECKSUM)) {
      throw new StoreException("The model " + file + " has lost its checksum, so it was altered.");
    }
    try {
      Model model = parse(container);
      model.network.refresh(kernels);
      return model;
    } catch (IllegalArgumentException | IndexOutOfBoundsException | StoreException thrown) {
      String reason = String.valueOf(thrown.getMessage());
      throw new StoreException(
          "The model "
              + file
              + " does not describe a network: "
              + reason
              + (reason.endsWith(".") ? "" : "."),
          thrown);
    }
  }

  private static void describe(Dynamics dynamics, Map<String, String> metadata) {
    metadata.put("epsilon", Double.toString(dynamics.epsilon()));
    if (dynamics instanceof EnergyBased energy) {
      metadata.put("setting", "energy-based");
      metadata.put("clamp", Boolean.toString(energy.clamp()));
      metadata.put("linear-output", Boolean.toString(energy.linearOutput()));
    } else if (dynamics instanceof Prototypical prototypical) {
      metadata.put("setting", "prototypical");
      metadata.put("nudge", prototypical.nudge().name());
    }
  }

  private static Model parse(Safetensors container) {
    Map<String, String> metadata = container.metadata();
    Network.Builder builder = new Network.Builder(dynamics(metadata));
    for (int n = 0; metadata.containsKey("layer." + n); n++) {
      String[] words = words(metadata, "layer." + n, 3);
      Activation activation = Activation.of(words[2]);
      if (metadata.containsKey("layer." + (n + 1))) {
        builder.layer(words[0], shape(words[1]), activation);
      } else {
        builder.input(words[0], shape(words[1]), activation);
      }
    }
    for (int c = 0; metadata.containsKey("connection." + c); c++) {
      String[] words = words(metadata, "connection." + c, 4);
      Map<String, String> options = options(words, 4);
      builder.connect(
          words[0], Integer.parseInt(words[2]), Integer.parseInt(words[3]), words[1], options);
    }
    if (metadata.containsKey(COST)) {
      String[] words = words(metadata, COST, 1);
      builder.cost(words[0], options(words, 1));
    }
    Network network = builder.build();
    for (Parameter parameter : network.parameters()) {
      if (!container.shape(parameter.name()).equals(parameter.shape())) {
        throw new IllegalArgumentException(
            parameter.name() + " has another shape than its connection.");
      }
      parameter.read(container.floats(parameter.name()));
    }
    Map<String, String> notes = new TreeMap<>();
    metadata.forEach(
        (key, value) -> {
          if (key.startsWith(NOTE)) {
            notes.put(key.substring(NOTE.length()), value);
          }
        });
    return new Model(
        network, Integer.parseInt(text(metadata, "steps")), SettlingEntries.read(metadata), notes);
  }

  private static Map<String, String> options(String[] words, int first) {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = first; i < words.length; i++) {
      String[] pair = words[i].split("=", 2);
      options.put(pair[0], pair[1]);
    }
    return options;
  }

  private static Dynamics dynamics(Map<String, String> metadata) {
    double epsilon = Double.parseDouble(text(metadata, "epsilon"));
    String setting = text(metadata, "setting");
    return switch (setting) {
      case "prototypical" ->
          new Prototypical(epsilon, Prototypical.Nudge.valueOf(text(metadata, "nudge")));
      case "energy-based" ->
          new EnergyBased(
              epsilon,
              Boolean.parseBoolean(text(metadata, "clamp")),
              Boolean.parseBoolean(text(metadata, "linear-output")));
      default -> throw new IllegalArgumentException("There is no setting '" + setting + "'.");
    };
  }

  private static Shape shape(String text) {
    String[] dimensions = text.split("x", -1);
    int[] sizes = new int[dimensions.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Integer.parseInt(dimensions[i]);
    }
    return Shape.of(sizes);
  }

  private static String[] words(Map<String, String> metadata, String key, int atLeast) {
    String[] words = text(metadata, key).split(" ", -1);
    if (words.length < atLeast) {
      throw new IllegalArgumentException("Its entry " + key + " is incomplete.");
    }
    return words;
  }

  /**
   * An entry that must be there.
   *
   * @throws IllegalArgumentException if it is not
   */
  static String text(Map<String, String> metadata, String key) {
    String value = metadata.get(key);
    if (value == null) {
      throw new IllegalArgumentException("It has no entry " + key + ".");
    }
    return value;
  }
}
