package org.eqprop.bptt.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.store.Safetensors;

/**
 * A reference file: a small network, a batch, and what the authors' program computed with them in
 * float64.
 *
 * @param tensors the file
 * @param network as the metadata describe it, its own parameters zero
 */
public record ReferenceFile(Safetensors tensors, Network network) {
  private static final Pattern NUMBERS = Pattern.compile("[^,\\[\\]\\s]+");

  /**
   * Reads the description of the network.
   *
   * @throws IllegalArgumentException in one sentence, if it is none that can be replayed
   */
  public static ReferenceFile of(Safetensors tensors) {
    String activation = text(tensors, "activation");
    int[] sizes =
        list(text(tensors, "sizes"), Integer::valueOf).stream().mapToInt(i -> i).toArray();
    Dynamics dynamics = dynamics(tensors);
    String kind = text(tensors, "network");
    Network network =
        switch (kind) {
          case "toy" -> Network.toy(dynamics, Activation.of(activation), sizes);
          case "layered" -> Network.chain(dynamics, Activation.of(activation), sizes);
          default ->
              throw new IllegalArgumentException(
                  "Reference files of the kind '" + kind + "' cannot be replayed.");
        };
    return new ReferenceFile(tensors, network);
  }

  private static Dynamics dynamics(Safetensors tensors) {
    double epsilon = Double.parseDouble(text(tensors, "epsilon"));
    String setting = text(tensors, "setting");
    return switch (setting) {
      case "energy-based" ->
          new EnergyBased(
              epsilon,
              Boolean.parseBoolean(text(tensors, "clamp")),
              text(tensors, "output").equals("linear"));
      case "prototypical" ->
          new Prototypical(
              epsilon,
              text(tensors, "nudge").equals("outside")
                  ? Prototypical.Nudge.OUTSIDE
                  : Prototypical.Nudge.INSIDE);
      default -> throw new IllegalArgumentException("There is no setting '" + setting + "'.");
    };
  }

  /** The batch and the parameters in float64. */
  public Problem problem() {
    return Problem.of(network, tensors::doubles, tensors.doubles("x"), tensors.doubles("target"));
  }

  /** The name that the file gives itself. */
  public String name() {
    return text(tensors, "name");
  }

  /** T. */
  public int freeSteps() {
    return Integer.parseInt(text(tensors, "T"));
  }

  /** K. */
  public int nudgedSteps() {
    return Integer.parseInt(text(tensors, "K"));
  }

  /** β. */
  public double beta() {
    return Double.parseDouble(text(tensors, "beta"));
  }

  /** A recorded list of numbers, such as {@code relmse.neuron}. */
  double[] numbers(String key) {
    return list(text(tensors, key), Double::valueOf).stream().mapToDouble(d -> d).toArray();
  }

  private static <T> List<T> list(String text, Function<String, T> parse) {
    List<T> values = new ArrayList<>();
    Matcher matcher = NUMBERS.matcher(text);
    while (matcher.find()) {
      values.add(parse.apply(matcher.group()));
    }
    return values;
  }

  private static String text(Safetensors tensors, String key) {
    String value = tensors.metadata().get(key);
    if (value == null) {
      throw new IllegalArgumentException("This is no reference file: it does not say " + key + ".");
    }
    return value;
  }
}
