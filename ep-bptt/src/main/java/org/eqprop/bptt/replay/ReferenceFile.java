package org.eqprop.bptt.replay;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.TextValues;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.settle.Steps;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Shape;

/**
 * A reference file: a small network, a batch, and what the authors' program computed with them in
 * float64. The metadata say how it was run; {@code free.tT.sN} and {@code nudged.tT.sN} are states,
 * {@code ep.weight.N} the update.
 */
public final class ReferenceFile {
  private static final Pattern NUMBERS = Pattern.compile("[^,\\[\\]\\s]+");

  private static final int MOST_LAYERS = 1000;

  /** Rows, columns or channels that maps have at most. */
  private static final int MOST_SIDE = 1 << 16;

  private static final double MOST_BETA = 1e6;

  private final Safetensors tensors;

  private ReferenceFile(Safetensors tensors) {
    this.tensors = tensors;
    for (String needed : new String[] {"network", "setting", "activation", "sizes", "name"}) {
      text(needed);
    }
  }

  /**
   * {@return a reference file's content}
   *
   * @param tensors tensors and metadata
   * @throws IllegalArgumentException in one sentence, if it does not say what it is
   */
  public static ReferenceFile of(Safetensors tensors) {
    return new ReferenceFile(tensors);
  }

  /**
   * Reads a reference file.
   *
   * @param path the file
   * @return the content
   * @throws StoreException if it is missing, damaged or no reference file
   */
  public static ReferenceFile read(Path path) {
    Safetensors tensors = Safetensors.read(path);
    try {
      return of(tensors);
    } catch (IllegalArgumentException thrown) {
      String reason = Visible.line(String.valueOf(thrown.getMessage()));
      throw new StoreException("Cannot use " + path + ": " + reason, thrown);
    }
  }

  /** {@return the tensors} */
  public Safetensors tensors() {
    return tensors;
  }

  /** {@return the name that the file gives itself, in one line} */
  public String name() {
    return Visible.brief(text("name"));
  }

  /**
   * {@return the network that the metadata describe, its own parameters zero}
   *
   * @throws IllegalArgumentException in one sentence, if it cannot be replayed
   */
  public Network network() {
    int[] sizes = wholes("sizes", 1, Integer.MAX_VALUE);
    Activation activation = Activation.of(Visible.brief(text("activation")));
    String kind = Visible.brief(text("network"));
    return switch (kind) {
      case "toy" -> {
        checkCount("sizes", sizes, 3, 3);
        checkMatrix("0.1", sizes[0], sizes[1]);
        checkMatrix("0.x", sizes[0], sizes[2]);
        checkMatrix("1.x", sizes[1], sizes[2]);
        yield Network.toy(dynamics(), activation, sizes);
      }
      case "layered" -> {
        checkCount("sizes", sizes, 2, MOST_LAYERS);
        checkMatrices(sizes);
        yield Network.chain(dynamics(), activation, sizes);
      }
      case "conv" -> convolutional(sizes).network(dynamics(), activation);
      default ->
          throw new IllegalArgumentException(
              "Reference files of the kind '" + kind + "' cannot be replayed.");
    };
  }

  private ConvolutionalChain convolutional(int[] sizes) {
    int[] maps = wholes("channels", 1, MOST_SIDE);
    int[] input = wholes("input", 1, MOST_SIDE);
    checkCount("sizes", sizes, 1, MOST_LAYERS);
    checkCount("channels", maps, 2, MOST_LAYERS);
    checkCount("input", input, 2, 2);
    int kernel = whole("kernel", 1, MOST_SIDE);
    for (int c = 0; c < maps.length - 1; c++) {
      check("weight." + (sizes.length + c), maps[c], maps[c + 1], kernel, kernel);
    }
    int pool = whole("pool", 1, MOST_SIDE);
    ConvolutionalChain chain =
        new ConvolutionalChain(
            Shape.of(maps[maps.length - 1], input[0], input[1]),
            Arrays.stream(maps).limit(maps.length - 1L).boxed().toList(),
            Arrays.stream(sizes).boxed().toList(),
            kernel,
            whole("padding", 0, MOST_SIDE),
            pool,
            has("stride") ? whole("stride", 1, MOST_SIDE) : 1,
            has("pool-stride") ? whole("pool-stride", 1, MOST_SIDE) : pool,
            has("pooling") && choice("pooling", "max", "average").equals("average"));
    int[] withMaps = Arrays.copyOf(sizes, sizes.length + 1);
    withMaps[sizes.length] = chain.poolings().get(0).outputSize();
    checkMatrices(withMaps);
    return chain;
  }

  private void checkCount(String key, int[] numbers, int least, int most) {
    if (numbers.length < least || numbers.length > most) {
      throw new IllegalArgumentException(
          String.format(
              "Its entry %s is '%s'; it must have %s numbers.",
              key,
              Visible.brief(text(key)),
              least == most ? Integer.toString(least) : "from " + least + " to " + most));
    }
  }

  private void checkMatrices(int[] sizes) {
    for (int n = 0; n < sizes.length - 1; n++) {
      checkMatrix(Integer.toString(n), sizes[n], sizes[n + 1]);
    }
  }

  private void checkMatrix(String connection, int rows, int columns) {
    check("weight." + connection, rows, columns);
  }

  /** What is said is compared with the tensors before anything of that size is allocated. */
  private void check(String name, int... dimensions) {
    Shape shape = tensors.shape(name);
    if (!Arrays.equals(shape.toArray(), dimensions)) {
      throw new IllegalArgumentException(
          String.format(
              "Its tensor %s has the shape %s; sizes, channels and kernel need %s.",
              name, shape, Arrays.toString(dimensions)));
    }
  }

  /**
   * {@return the network with the recorded parameters, rounded to float32}
   *
   * @param kernels the kernels that the network is to run on
   * @throws IllegalArgumentException in one sentence, if it cannot be replayed
   */
  public Network network(Kernels kernels) {
    Network network = network();
    for (Parameter parameter : Problem.parameters(network)) {
      check(parameter.name(), parameter.shape().toArray());
      parameter.read(tensors.floats(parameter.name()));
    }
    network.refresh(kernels);
    return network;
  }

  private Dynamics dynamics() {
    double epsilon = TextValues.number("epsilon", text("epsilon"), 0, 1);
    String setting = Visible.brief(text("setting"));
    // What the setting has no use for may be left out, but not be anything.
    optional("clamp", "true", "false");
    optional("output", "linear", "activation");
    optional("nudge", "outside", "inside");
    return switch (setting) {
      case "energy-based" ->
          new EnergyBased(
              epsilon,
              choice("clamp", "true", "false").equals("true"),
              choice("output", "linear", "activation").equals("linear"));
      case "prototypical" ->
          new Prototypical(
              epsilon,
              choice("nudge", "outside", "inside").equals("outside")
                  ? Prototypical.Nudge.OUTSIDE
                  : Prototypical.Nudge.INSIDE);
      default -> throw new IllegalArgumentException("There is no setting '" + setting + "'.");
    };
  }

  /**
   * {@return the batch and the parameters in float64}
   *
   * @throws IllegalArgumentException in one sentence, if it cannot be replayed
   */
  public Problem problem() {
    return Problem.of(network(), tensors::doubles, tensors.doubles("x"), tensors.doubles("target"));
  }

  /**
   * {@return the batch, rounded to float32, with the positions of the ones in the targets as
   * labels}
   *
   * @throws IllegalArgumentException if a target is not one-hot, or there are not as many as {@code
   *     batch} says
   */
  public Samples samples() {
    Shape shape = tensors.shape("target");
    if (shape.rank() != 2) {
      throw new IllegalArgumentException(
          "Its tensor target has the shape " + shape + "; it must have samples and classes.");
    }
    if (has("batch")) {
      whole("batch", shape.dimension(0), shape.dimension(0));
    }
    return new RecordedSamples(tensors.floats("x"), tensors.floats("target"), shape.dimension(1));
  }

  /** {@return T, K and β as recorded} */
  public Phases phases() {
    return new Phases(freeSteps(), nudgedSteps(), beta(), Phases.Estimate.ONE_SIDED, 0);
  }

  /** {@return T, from 1 to {@link Steps#MOST}} */
  public int freeSteps() {
    return whole("T", 1, Steps.MOST);
  }

  /** {@return K, from 1 to T} */
  public int nudgedSteps() {
    return whole("K", 1, freeSteps());
  }

  /** {@return β, above 0} */
  public double beta() {
    return TextValues.number("beta", text("beta"), Double.MIN_NORMAL, MOST_BETA);
  }

  /**
   * A recorded list of numbers, such as {@code relmse.neuron}.
   *
   * @throws IllegalArgumentException in one sentence, if it does not have {@code count} numbers
   */
  double[] numbers(String key, int count) {
    List<String> texts = texts(key);
    if (texts.size() != count) {
      throw new IllegalArgumentException(
          String.format(
              "Its entry %s is '%s'; it must have %d numbers.",
              key, Visible.brief(text(key)), count));
    }
    return texts.stream()
        .mapToDouble(text -> TextValues.number(key, text, -Double.MAX_VALUE, Double.MAX_VALUE))
        .toArray();
  }

  private int[] wholes(String key, int least, int most) {
    return texts(key).stream()
        .mapToInt(text -> (int) TextValues.whole(key, text, least, most))
        .toArray();
  }

  private int whole(String key, int least, int most) {
    return (int) TextValues.whole(key, text(key), least, most);
  }

  private void optional(String key, String... values) {
    if (has(key)) {
      choice(key, values);
    }
  }

  private boolean has(String key) {
    return tensors.metadata().containsKey(key);
  }

  private String choice(String key, String... values) {
    text(key);
    return new TextValues(tensors.metadata()).choice(key, values);
  }

  private List<String> texts(String key) {
    return NUMBERS.matcher(text(key)).results().map(MatchResult::group).toList();
  }

  private String text(String key) {
    String value = tensors.metadata().get(key);
    if (value == null) {
      throw new IllegalArgumentException("This is no reference file: it does not say " + key + ".");
    }
    return value;
  }
}
