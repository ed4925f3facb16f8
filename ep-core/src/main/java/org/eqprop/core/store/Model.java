package org.eqprop.core.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.TextValues;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.ForwardStart;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.PredictorBuilder;
import org.eqprop.core.learn.Starts;
import org.eqprop.core.learn.StateTensor;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Parts;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.SquaredError;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Steps;
import org.eqprop.core.tensor.Rows;

/**
 * A network with the steps it settles in, as a file: everything a prediction needs.
 *
 * <p>The network is described in the metadata: its setting and step size first, and one entry
 * {@code layer.N} or {@code connection.N} each; the parameters are tensors in the paper's shapes.
 *
 * <p>A file that was damaged is refused. One that another program has edited and written anew is
 * read; a warning is logged then.
 *
 * @param network the network with its parameters
 * @param steps T, steps of the free phase that a prediction takes; from 1 to {@link Steps#MOST}
 * @param settling how the free phase is gone through
 * @param notes further metadata of the writer: what it was trained on, how far
 * @param forward the feed-forward network that predicts where free phases start ({@link
 *     ForwardStart}), or empty if they start at s = 0
 */
public record Model(
    Network network,
    int steps,
    Settling settling,
    Map<String, String> notes,
    Optional<Network> forward) {
  private static final String FORMAT = "format";
  private static final String VERSION = "eqprop-1";
  private static final String COST = "cost";
  private static final String NOTE = "note.";

  /** What a checksum looks like. */
  private static final String DIGEST = "([a-z0-9-]+:)?[0-9a-f]{64}";

  private static final String EDITED =
      " was written by another program, which leaves no checksum of its own: it is read as it is,"
          + " and whether it is damaged cannot be told.";

  /**
   * A model whose notes are copied.
   *
   * @throws IllegalArgumentException if {@code steps} is out of range
   */
  public Model {
    Steps.check("steps", steps);
    notes = Map.copyOf(notes);
  }

  /**
   * A model whose free phases start at s = 0.
   *
   * @param network the network with its parameters
   * @param steps T, steps of the free phase
   * @param settling how the free phase is gone through
   * @param notes further metadata of the writer
   */
  public Model(Network network, int steps, Settling settling, Map<String, String> notes) {
    this(network, steps, settling, notes, Optional.empty());
  }

  /**
   * A model that settles as the paper has it.
   *
   * @param network the network with its parameters
   * @param steps T, steps of the free phase
   * @param notes further metadata of the writer
   */
  public Model(Network network, int steps, Map<String, String> notes) {
    this(network, steps, Settling.EXACT, notes);
  }

  /**
   * Writes the model, beside and renamed.
   *
   * @param file written, or replaced
   * @throws StoreException if it cannot be written
   */
  public void write(Path file) {
    write(file, List.of(), List.of());
  }

  /**
   * Writes the model with what training remembers besides, for checkpoints. {@link #read} passes
   * over it; {@link OptimizerState#read} and {@link KeptStarts#read} read it.
   *
   * @param file written, or replaced
   * @param state what an optimizer remembers
   * @param starts what {@link org.eqprop.core.learn.Starts} remember
   * @throws StoreException if it cannot be written
   */
  public void write(Path file, List<StateTensor> state, List<Rows> starts) {
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
    forward.ifPresent(net -> ForwardTensors.put(net, container));
    OptimizerState.put(state, container);
    KeptStarts.put(starts, container);
    notes.forEach((key, value) -> metadata.put(NOTE + key, value));
    container.write(file);
  }

  private static void appendOptions(Map<String, String> options, StringBuilder text) {
    new TreeMap<>(options)
        .forEach((key, value) -> text.append(' ').append(key).append('=').append(value));
  }

  /**
   * Reads a model and makes it ready to run on the kernels of this JVM.
   *
   * @param file the file
   * @return the model
   * @throws StoreException if it is missing, truncated, altered or no model, or a value in it is
   *     out of range or, if it is a weight, not finite
   */
  public static Model read(Path file) {
    return read(file, KernelsSelector.kernels());
  }

  /**
   * {@return a new predictor that settles as this model was trained, on the kernels of this JVM}
   * Each thread needs one of its own.
   */
  public Predictor predictor() {
    return predictors().build();
  }

  /**
   * Makes predictors: of batches, for many threads, with a T or a tolerance of their own. They
   * settle as this model was trained, if nothing else is said.
   *
   * @return a builder that settles as this model was trained
   */
  public PredictorBuilder predictors() {
    PredictorBuilder builder = new PredictorBuilder(network, steps, settling);
    forward.ifPresent(builder::startFrom);
    return builder;
  }

  /**
   * {@return where its free phases start, for an {@code Evaluator}}
   *
   * @param kernels the kernels to calculate with
   */
  public Starts starts(Kernels kernels) {
    return forward.<Starts>map(net -> new ForwardStart(net, kernels, 1)).orElse(Starts.ZERO);
  }

  /**
   * Reads a model and makes it ready to run on {@code kernels}.
   *
   * @param file the file
   * @param kernels the kernels to calculate with
   * @return the model
   * @throws StoreException if it is missing, truncated, altered or no model, or a value in it is
   *     out of range or, if it is a weight, not finite
   */
  public static Model read(Path file, Kernels kernels) {
    return read(file, kernels, Parts.here());
  }

  /**
   * The same, with connections, costs and solvers of {@code parts}.
   *
   * @param file the file
   * @param kernels the kernels that it runs on
   * @param parts where types are looked for by name
   * @return the model
   * @throws StoreException if it is missing, truncated, altered or no model, or a value in it is
   *     out of range or, if it is a weight, not finite
   */
  public static Model read(Path file, Kernels kernels, Parts parts) {
    return read(Safetensors.read(file), file.toString(), kernels, parts);
  }

  /**
   * Reads a model from a stream, such as one of a class-path resource, and makes it ready to run on
   * the kernels of this JVM. The stream stays open.
   *
   * @param stream read to its end
   * @return the model
   * @throws StoreException if it cannot be read, or is truncated, altered or no model, or a value
   *     in it is out of range or, if it is a weight, not finite
   */
  public static Model read(InputStream stream) {
    return read(stream, KernelsSelector.kernels(), Parts.here());
  }

  /**
   * The same, on {@code kernels}, with connections, costs and solvers of {@code parts}.
   *
   * @param stream read to its end
   * @param kernels the kernels that it runs on
   * @param parts where types are looked for by name
   * @return the model
   * @throws StoreException if it cannot be read, or is truncated, altered or no model, or a value
   *     in it is out of range or, if it is a weight, not finite
   */
  public static Model read(InputStream stream, Kernels kernels, Parts parts) {
    return read(Safetensors.read(stream), "in the stream", kernels, parts);
  }

  private static Model read(Safetensors container, String file, Kernels kernels, Parts parts) {
    if (!VERSION.equals(container.metadata().get(FORMAT))) {
      throw new StoreException("The file " + file + " is no model written by this version.");
    }
    boolean unchecked = !container.metadata().containsKey(Safetensors.CHECKSUM);
    if (unchecked && hasLostChecksum(container)) {
      throw new StoreException("The model " + file + " has lost its checksum, so it was altered.");
    }
    try {
      Model model = parse(container, parts);
      model.network.refresh(kernels);
      model.forward.ifPresent(net -> net.refresh(kernels));
      if (unchecked || container.isEdited()) {
        System.getLogger("org.eqprop.core")
            .log(System.Logger.Level.WARNING, "The model " + Visible.line(file) + EDITED);
      }
      return model;
    } catch (ArithmeticException tooLarge) {
      throw new StoreException("The model " + file + " has a layer that is too large.", tooLarge);
    } catch (IllegalArgumentException | StoreException thrown) {
      String reason = Visible.line(String.valueOf(thrown.getMessage()));
      throw new StoreException(
          "The model "
              + file
              + " does not describe a network: "
              + reason
              + (reason.endsWith(".") ? "" : "."),
          thrown);
    }
  }

  /** Whether a file that another program would not have written has no checksum any more. */
  private static boolean hasLostChecksum(Safetensors container) {
    return container.isPadded()
        || container.metadata().entrySet().stream()
            .anyMatch(
                entry -> !entry.getKey().startsWith(NOTE) && entry.getValue().matches(DIGEST));
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

  private static Model parse(Safetensors container, Parts parts) {
    TextValues values = new TextValues(container.metadata());
    Network network = new ModelNetwork(container, parts).build(dynamics(values));
    Map<String, String> notes = new TreeMap<>();
    container
        .metadata()
        .forEach(
            (key, value) -> {
              if (key.startsWith(NOTE)) {
                notes.put(key.substring(NOTE.length()), value);
              }
            });
    int steps = values.whole("steps", 1, Steps.MOST);
    Settling settling = SettlingEntries.read(container.metadata(), parts);
    return new Model(network, steps, settling, notes, ForwardTensors.read(network, container));
  }

  private static Dynamics dynamics(TextValues values) {
    double epsilon = values.number("epsilon", -Double.MAX_VALUE, Double.MAX_VALUE);
    String setting = values.text("setting");
    return switch (setting) {
      case "prototypical" ->
          new Prototypical(epsilon, values.constant("nudge", Prototypical.Nudge.class));
      case "energy-based" ->
          new EnergyBased(epsilon, values.flag("clamp"), values.flag("linear-output"));
      default -> throw new IllegalArgumentException("There is no setting '" + setting + "'.");
    };
  }
}
