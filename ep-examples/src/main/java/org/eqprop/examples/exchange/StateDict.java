package org.eqprop.examples.exchange;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Shape;
import org.eqprop.examples.run.UsageException;

/**
 * The weights of a network that another program has trained, as PyTorch names them: each fully
 * connected layer has {@code NAME.weight}, [outputs, inputs], and {@code NAME.bias}, unless it has
 * none.
 */
public final class StateDict {
  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";
  private static final Pattern PART = Pattern.compile("\\d+|\\D+");

  private final String file;
  private final Safetensors tensors;

  /**
   * The tensors of a file.
   *
   * @param file its name, for messages
   */
  public StateDict(String file, Safetensors tensors) {
    this.file = file;
    this.tensors = tensors;
  }

  /**
   * Finds which tensor is which parameter of a chain of fully connected layers.
   *
   * @return their names by ours, {@code weight.0} of the output first
   * @throws UsageException if the tensors are no such chain
   */
  public Map<String, String> names() {
    List<String> weights =
        tensors.names().stream()
            .filter(name -> tensors.shape(name).rank() == 2)
            .sorted(StateDict::compare)
            .collect(Collectors.toCollection(ArrayList::new));
    if (weights.isEmpty()) {
      throw refused("has no matrix, so no fully connected layer");
    }
    if (!isChain(weights.reversed())) {
      if (!isChain(weights)) {
        throw refused(
            "has matrices that do not follow one another by their names ("
                + weights.stream()
                    .map(name -> name + " " + tensors.shape(name))
                    .collect(Collectors.joining(", "))
                + ")");
      }
    } else {
      weights = new ArrayList<>(weights.reversed());
    }
    Map<String, String> names = new LinkedHashMap<>();
    for (int n = 0; n < weights.size(); n++) {
      String weight = weights.get(n);
      names.put("weight." + n, weight);
      String bias =
          weight.endsWith(WEIGHT)
              ? weight.substring(0, weight.length() - WEIGHT.length()) + BIAS
              : "";
      if (tensors.names().contains(bias)) {
        names.put("bias." + n, bias);
      }
    }
    for (String left : tensors.names()) {
      if (!names.containsValue(left)) {
        throw refused("has the tensor " + left + ", which belongs to no fully connected layer");
      }
    }
    return names;
  }

  /** Whether each matrix takes what the next one gives. */
  private boolean isChain(List<String> outputFirst) {
    for (int n = 0; n + 1 < outputFirst.size(); n++) {
      int inputs = tensors.shape(outputFirst.get(n)).dimension(1);
      if (inputs != tensors.shape(outputFirst.get(n + 1)).dimension(0)) {
        return false;
      }
    }
    return true;
  }

  private UsageException refused(String what) {
    return new UsageException(
        file
            + " "
            + what
            + "; name each tensor with --names, as in weight.0=2.weight,bias.0=2.bias.");
  }

  /** Names in the order in which people count: {@code fc.2} before {@code fc.10}. */
  static int compare(String one, String other) {
    List<String> a = parts(one);
    List<String> b = parts(other);
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      boolean numbers = isNumber(a.get(i)) && isNumber(b.get(i));
      int order =
          numbers
              ? new BigInteger(a.get(i)).compareTo(new BigInteger(b.get(i)))
              : a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Comparator.<Integer>naturalOrder().compare(a.size(), b.size());
  }

  private static boolean isNumber(String part) {
    return Character.isDigit(part.charAt(0));
  }

  private static List<String> parts(String name) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(name);
    while (matcher.find()) {
      parts.add(matcher.group());
    }
    return parts;
  }

  /**
   * The sizes of a chain of fully connected layers, the output first, the input last.
   *
   * @param names their names by ours
   * @throws UsageException if a weight is missing or no matrix, or two do not fit together
   */
  public List<Integer> sizes(Map<String, String> names) {
    List<Integer> sizes = new ArrayList<>();
    for (int n = 0; names.containsKey("weight." + n); n++) {
      String name = Objects.requireNonNull(names.get("weight." + n));
      Shape shape = tensors.shape(name);
      if (shape.rank() != 2 || (n > 0 && sizes.getLast() != shape.dimension(0))) {
        throw new UsageException(
            "The tensor "
                + name
                + " of "
                + shape
                + " is not the weight."
                + n
                + " of a chain of fully connected layers"
                + (n == 0 ? "" : ", which has " + sizes.getLast() + " rows")
                + "; give the network with --config, or other --names.");
      }
      if (n == 0) {
        sizes.add(shape.dimension(0));
      }
      sizes.add(shape.dimension(1));
    }
    if (sizes.isEmpty()) {
      throw new UsageException("--names has no weight.0, the output's; add weight.0=THEIRS.");
    }
    return sizes;
  }

  /**
   * Puts the tensors into a network. A parameter that no name leads to stays 0 if it is a bias or
   * acts back only.
   *
   * @param names their names by ours; a parameter that is not among them has the same name in both
   * @return what was put in and what was not, a line each
   * @throws UsageException if a weight is missing, or a tensor has another shape or a value that is
   *     not finite
   */
  public List<String> into(Network network, Map<String, String> names) {
    List<String> lines = new ArrayList<>();
    List<String> ours = network.parameters().stream().map(Parameter::name).toList();
    for (String name : names.keySet()) {
      if (!ours.contains(name)) {
        throw new UsageException(
            "--names has '" + name + "', but the network has " + String.join(", ", ours) + ".");
      }
    }
    for (Parameter parameter : network.parameters()) {
      String name = parameter.name();
      String theirs = names.getOrDefault(name, name);
      if (!tensors.names().contains(theirs) && !names.containsKey(name)) {
        if (parameter.role() == Parameter.Role.WEIGHT && !name.endsWith(".feedback")) {
          throw new UsageException(
              file + " has no " + name + "; name the tensor with --names " + name + "=THEIRS.");
        }
        lines.add(name + " is 0");
        continue;
      }
      put(parameter, theirs);
      lines.add(name + " is " + theirs + " " + parameter.shape());
    }
    return lines;
  }

  private void put(Parameter parameter, String theirs) {
    Shape shape = tensors.shape(theirs);
    if (!shape.equals(parameter.shape())) {
      throw new UsageException(
          "The tensor "
              + theirs
              + " has the shape "
              + shape
              + ", but "
              + parameter.name()
              + " has "
              + parameter.shape()
              + ".");
    }
    float[] values = tensors.floats(theirs);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new UsageException(
            "The tensor " + theirs + " has the value " + value + "; weights must be finite.");
      }
    }
    parameter.read(values);
  }
}
