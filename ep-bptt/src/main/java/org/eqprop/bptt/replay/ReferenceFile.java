package org.eqprop.bptt.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eqprop.bptt.reference.Problem;
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
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.store.StoreException;
import org.eqprop.core.tensor.Shape;

/**
 * A reference file: a small network, a batch, and what the authors' program computed with them in
 * float64. The metadata say how it was run; {@code free.tT.sN} and {@code nudged.tT.sN} are states,
 * {@code ep.weight.N} the update.
 */
public final class ReferenceFile {
  private static final Pattern NUMBERS = Pattern.compile("[^,\\[\\]\\s]+");

  private final Safetensors tensors;

  private ReferenceFile(Safetensors tensors) {
    this.tensors = tensors;
    for (String needed : new String[] {"network", "setting", "activation", "sizes", "name"}) {
      text(needed);
    }
  }

  /**
   * A reference file's content.
   *
   * @throws IllegalArgumentException in one sentence, if it does not say what it is
   */
  public static ReferenceFile of(Safetensors tensors) {
    return new ReferenceFile(tensors);
  }

  /**
   * Reads a reference file.
   *
   * @throws StoreException if it is missing, damaged or no reference file
   */
  public static ReferenceFile read(Path path) {
    Safetensors tensors = Safetensors.read(path);
    try {
      return of(tensors);
    } catch (IllegalArgumentException thrown) {
      throw new StoreException("Cannot use " + path + ": " + thrown.getMessage(), thrown);
    }
  }

  /** The tensors. */
  public Safetensors tensors() {
    return tensors;
  }

  /** The name that the file gives itself. */
  public String name() {
    return text("name");
  }

  /**
   * The network that the metadata describe, its own parameters zero.
   *
   * @throws IllegalArgumentException in one sentence, if it cannot be replayed
   */
  public Network network() {
    int[] sizes = list(text("sizes"), Integer::valueOf).stream().mapToInt(i -> i).toArray();
    Activation activation = Activation.of(text("activation"));
    String kind = text("network");
    return switch (kind) {
      case "toy" -> Network.toy(dynamics(), activation, sizes);
      case "layered" -> Network.chain(dynamics(), activation, sizes);
      case "conv" -> convolutional(sizes).network(dynamics(), activation);
      default ->
          throw new IllegalArgumentException(
              "Reference files of the kind '" + kind + "' cannot be replayed.");
    };
  }

  private ConvolutionalChain convolutional(int[] sizes) {
    List<Integer> channels = new ArrayList<>(list(text("channels"), Integer::valueOf));
    List<Integer> map = list(text("input"), Integer::valueOf);
    int in = channels.removeLast();
    return new ConvolutionalChain(
        Shape.of(in, map.get(0), map.get(1)),
        channels,
        Arrays.stream(sizes).boxed().toList(),
        Integer.parseInt(text("kernel")),
        Integer.parseInt(text("padding")),
        Integer.parseInt(text("pool")));
  }

  /** The network with the recorded parameters, rounded to float32. */
  public Network network(Kernels kernels) {
    Network network = network();
    for (Parameter parameter : Problem.parameters(network)) {
      parameter.read(tensors.floats(parameter.name()));
    }
    network.refresh(kernels);
    return network;
  }

  private Dynamics dynamics() {
    double epsilon = Double.parseDouble(text("epsilon"));
    String setting = text("setting");
    return switch (setting) {
      case "energy-based" ->
          new EnergyBased(
              epsilon, Boolean.parseBoolean(text("clamp")), text("output").equals("linear"));
      case "prototypical" ->
          new Prototypical(
              epsilon,
              text("nudge").equals("outside")
                  ? Prototypical.Nudge.OUTSIDE
                  : Prototypical.Nudge.INSIDE);
      default -> throw new IllegalArgumentException("There is no setting '" + setting + "'.");
    };
  }

  /** The batch and the parameters in float64. */
  public Problem problem() {
    return Problem.of(network(), tensors::doubles, tensors.doubles("x"), tensors.doubles("target"));
  }

  /**
   * The batch, rounded to float32, with the positions of the ones in the targets as labels.
   *
   * @throws IllegalArgumentException if a target is not one-hot
   */
  public Samples samples() {
    int classes = tensors.shape("target").dimension(1);
    return new RecordedSamples(tensors.floats("x"), tensors.floats("target"), classes);
  }

  /** T, K and β as recorded. */
  public Phases phases() {
    return new Phases(freeSteps(), nudgedSteps(), beta(), Phases.Estimate.ONE_SIDED, 0);
  }

  /** T. */
  public int freeSteps() {
    return Integer.parseInt(text("T"));
  }

  /** K. */
  public int nudgedSteps() {
    return Integer.parseInt(text("K"));
  }

  /** β. */
  public double beta() {
    return Double.parseDouble(text("beta"));
  }

  /** A recorded list of numbers, such as {@code relmse.neuron}. */
  double[] numbers(String key) {
    return list(text(key), Double::valueOf).stream().mapToDouble(d -> d).toArray();
  }

  private static <T> List<T> list(String text, Function<String, T> parse) {
    List<T> values = new ArrayList<>();
    Matcher matcher = NUMBERS.matcher(text);
    while (matcher.find()) {
      values.add(parse.apply(matcher.group()));
    }
    return values;
  }

  private String text(String key) {
    String value = tensors.metadata().get(key);
    if (value == null) {
      throw new IllegalArgumentException("This is no reference file: it does not say " + key + ".");
    }
    return value;
  }
}
