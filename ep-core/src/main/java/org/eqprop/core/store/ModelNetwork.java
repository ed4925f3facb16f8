package org.eqprop.core.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eqprop.core.cost.CrossEntropy;
import org.eqprop.core.internal.file.TextValues;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Parts;
import org.eqprop.core.network.Untied;
import org.eqprop.core.tensor.Shape;

/**
 * Makes the network that a model file describes. What an entry says is compared with the tensors
 * before anything of that size is allocated, so the file's length bounds the memory.
 */
final class ModelNetwork {
  private static final String LAYER = "layer.";
  private static final String CONNECTION = "connection.";
  private static final String COST = "cost";
  private static final String READ_OUT = "weight.readout";

  private final Safetensors container;
  private final Parts parts;
  private final TextValues values;
  private final List<Shape> shapes = new ArrayList<>();

  ModelNetwork(Safetensors container, Parts parts) {
    this.container = container;
    this.parts = parts;
    this.values = new TextValues(container.metadata());
  }

  /**
   * The network with the file's parameters.
   *
   * @throws IllegalArgumentException in one sentence, if the file does not describe a network
   */
  Network build(Dynamics dynamics) {
    Network.Builder builder = new Network.Builder(dynamics, parts);
    int layers = count(LAYER);
    for (int n = 0; n < layers; n++) {
      layer(builder, LAYER + n, n == layers - 1);
    }
    int connections = count(CONNECTION);
    Set<String> names = new HashSet<>();
    for (int c = 0; c < connections; c++) {
      String name = connect(builder, CONNECTION + c);
      if (!names.add(name)) {
        throw new IllegalArgumentException(
            "Two of its connections are called '" + Visible.brief(name) + "'.");
      }
    }
    if (container.metadata().containsKey(COST)) {
      String[] words = words(COST, 1);
      Map<String, String> options = options(COST, words, 1);
      checkReadOut(words[0], options);
      builder.cost(words[0], options);
    }
    Network network = builder.build();
    Set<String> left = new HashSet<>(container.names());
    for (Parameter parameter : network.parameters()) {
      read(parameter.name(), parameter, container);
      left.remove(parameter.name());
    }
    left.removeIf(name -> CheckpointTensors.isName(name) || ForwardTensors.isName(name));
    for (String tensor : left) {
      throw new IllegalArgumentException(
          "Its tensor '" + Visible.brief(tensor) + "' belongs to nothing in it.");
    }
    return network;
  }

  /** How many entries there are of a kind; they are numbered from 0 without a gap. */
  private int count(String kind) {
    int count = 0;
    while (container.metadata().containsKey(kind + count)) {
      count++;
    }
    long all = container.metadata().keySet().stream().filter(key -> key.startsWith(kind)).count();
    if (all != count) {
      throw new IllegalArgumentException("It has no entry " + kind + count + ".");
    }
    return count;
  }

  private void layer(Network.Builder builder, String key, boolean last) {
    String[] words = words(key, 3);
    if (words.length > 3) {
      throw new IllegalArgumentException("Its entry " + key + " has more than 3 words.");
    }
    Activation activation = Activation.of(words[2]);
    Shape shape = shape(key, words[1]);
    shapes.add(shape);
    if (last) {
      builder.input(words[0], shape, activation);
    } else {
      builder.layer(words[0], shape, activation);
    }
  }

  private String connect(Network.Builder builder, String key) {
    String[] words = words(key, 4);
    int target = (int) TextValues.whole(key, words[2], 0, Integer.MAX_VALUE);
    int source = (int) TextValues.whole(key, words[3], 0, Integer.MAX_VALUE);
    Map<String, String> options = options(key, words, 4);
    if (Math.max(target, source) < shapes.size()) {
      checkWeight(words[0], words[1], shapes.get(target), shapes.get(source), options);
    }
    builder.connect(words[0], target, source, words[1], options);
    return words[0];
  }

  private static Map<String, String> options(String key, String[] words, int first) {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = first; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 1
          || options.put(words[i].substring(0, equals), words[i].substring(equals + 1)) != null) {
        throw new IllegalArgumentException(
            "Its entry "
                + key
                + " has '"
                + Visible.brief(words[i])
                + "' where an option=value belongs, each option once.");
      }
    }
    return options;
  }

  /** Compares the weight of a type that is known here with what its layers need. */
  private void checkWeight(
      String name, String type, Shape target, Shape source, Map<String, String> options) {
    String kind = type.equals(Untied.TYPE) ? options.getOrDefault(Untied.OF, "") : type;
    boolean dense = kind.equals(Dense.TYPE);
    if (!dense && !kind.equals(ConvolutionalChain.TYPE)) {
      return;
    }
    Shape tensor = container.shape("weight." + name);
    if (dense
        ? !isMatrix(tensor, target.size(), source.size())
        : tensor.rank() != 4 || !isKernel(tensor, options)) {
      throw otherShape("weight." + name);
    }
  }

  /** Compares the read-out with its tensor. */
  private void checkReadOut(String cost, Map<String, String> options) {
    if (!cost.equals(CrossEntropy.TYPE) || shapes.isEmpty()) {
      return;
    }
    Shape tensor = container.shape(READ_OUT);
    String rows = tensor.rank() == 2 ? Integer.toString(tensor.dimension(0)) : "";
    if (!rows.equals(options.getOrDefault(CrossEntropy.CLASSES, rows))
        || !isMatrix(tensor, tensor.dimension(0), shapes.get(0).size())) {
      throw otherShape(READ_OUT);
    }
  }

  private static boolean isMatrix(Shape tensor, int rows, int columns) {
    return tensor.rank() == 2 && tensor.dimension(0) == rows && tensor.dimension(1) == columns;
  }

  /**
   * A kernel of one or two digits takes little memory: the connection says what is wrong with it.
   */
  private static boolean isKernel(Shape tensor, Map<String, String> options) {
    String stored = Integer.toString(tensor.dimension(2));
    String kernel = options.getOrDefault("kernel", stored);
    return tensor.dimension(2) == tensor.dimension(3)
        && (kernel.equals(stored) || kernel.length() <= 2);
  }

  /** Reads the values of a parameter from the tensor of that name. */
  static void read(String name, Parameter parameter, Safetensors container) {
    if (!container.shape(name).equals(parameter.shape())) {
      throw otherShape(name);
    }
    float[] floats = container.floats(name);
    for (float value : floats) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            name + " has the value " + value + "; weights must be finite, so train it again.");
      }
    }
    parameter.read(floats);
  }

  private static IllegalArgumentException otherShape(String name) {
    return new IllegalArgumentException(
        Visible.brief(name) + " has another shape than its connection.");
  }

  private static Shape shape(String key, String text) {
    String[] dimensions = text.split("x", -1);
    int[] sizes = new int[dimensions.length];
    long product = 1;
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = (int) TextValues.whole(key, dimensions[i], 1, Integer.MAX_VALUE);
      product *= sizes[i];
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Its entry " + key + " has the shape " + Visible.brief(text) + ", which is too large.");
      }
    }
    return Shape.of(sizes);
  }

  private String[] words(String key, int atLeast) {
    String[] words = values.text(key).split(" ", -1);
    if (words.length < atLeast) {
      throw new IllegalArgumentException("Its entry " + key + " is incomplete.");
    }
    return words;
  }
}
