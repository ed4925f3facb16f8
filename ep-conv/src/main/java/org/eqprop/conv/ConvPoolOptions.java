package org.eqprop.conv;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eqprop.conv.internal.kernel.Plan;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.PoolingShape;
import org.eqprop.core.tensor.Shape;

/**
 * What determines a convolution with pooling besides its two layers: the options {@code kernel},
 * {@code padding} (0), {@code stride} (1), {@code pool} (1), {@code pool-stride} (as {@code pool})
 * and {@code pooling}, which is {@code max} or {@code average}, and {@code algorithm}, which is
 * {@code direct} or {@code winograd} (where it suits); all but the kernel may be left out.
 */
record ConvPoolOptions(
    int kernel,
    int padding,
    int stride,
    int pool,
    int poolStride,
    boolean average,
    boolean winograd) {
  static final String KERNEL = "kernel";
  static final String PADDING = "padding";
  static final String STRIDE = "stride";
  static final String POOL = "pool";
  static final String POOL_STRIDE = "pool-stride";
  static final String POOLING = "pooling";
  static final String MAX = "max";
  static final String AVERAGE = "average";
  static final String ALGORITHM = "algorithm";
  static final String DIRECT = "direct";
  static final String WINOGRAD = "winograd";

  private static final Set<String> KNOWN =
      Set.of(KERNEL, PADDING, STRIDE, POOL, POOL_STRIDE, POOLING, ALGORITHM);

  static ConvPoolOptions parse(String name, Map<String, String> options) {
    Set<String> unknown = new TreeSet<>(options.keySet());
    unknown.removeAll(KNOWN);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "Connection "
              + name
              + " was given the unknown options "
              + unknown
              + "; there are "
              + new TreeSet<>(KNOWN)
              + ".");
    }
    if (!options.containsKey(KERNEL)) {
      throw new IllegalArgumentException("Connection " + name + " needs the option kernel.");
    }
    boolean average = chosen(name, options, POOLING, MAX, AVERAGE);
    boolean winograd = chosen(name, options, ALGORITHM, DIRECT, WINOGRAD);
    int pool = number(name, options, POOL, "1");
    return new ConvPoolOptions(
        number(name, options, KERNEL, ""),
        number(name, options, PADDING, "0"),
        number(name, options, STRIDE, "1"),
        pool,
        number(name, options, POOL_STRIDE, Integer.toString(pool)),
        average,
        winograd);
  }

  /** Whether an option is {@code other} rather than {@code usual}. */
  private static boolean chosen(
      String name, Map<String, String> options, String option, String usual, String other) {
    String value = options.getOrDefault(option, usual);
    if (!value.equals(usual) && !value.equals(other)) {
      throw new IllegalArgumentException(
          String.format(
              "The %s of connection %s is '%s'; it must be %s or %s.",
              option, name, value, usual, other));
    }
    return value.equals(other);
  }

  private static int number(
      String name, Map<String, String> options, String option, String otherwise) {
    String text = options.getOrDefault(option, otherwise);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException thrown) {
      throw new IllegalArgumentException(
          "The option "
              + option
              + " of connection "
              + name
              + " is '"
              + text
              + "', no whole number.",
          thrown);
    }
  }

  Connection connect(String name, Layer target, Layer source) {
    for (Layer layer : List.of(target, source)) {
      if (layer.shape().rank() != 3) {
        throw new IllegalArgumentException(
            "Connection "
                + name
                + " links maps of channels x height x width, but layer "
                + layer
                + " is none.");
      }
    }
    Shape maps = source.shape();
    ConvolutionShape convolution =
        new ConvolutionShape(
            maps.dimension(0),
            maps.dimension(1),
            maps.dimension(2),
            target.shape().dimension(0),
            kernel,
            padding,
            stride);
    PoolingShape pooling =
        new PoolingShape(
            convolution.filters(),
            convolution.outputHeight(),
            convolution.outputWidth(),
            pool,
            poolStride);
    ConvPool.checkTarget(name, target, pooling);
    return new ConvPool(
        name, target, source, new Plan(convolution, pool, poolStride, winograd), average);
  }

  /** Odd sizes, one channel, many, one-pixel results, kernels as large as the map, every option. */
  static List<Connection> examples() {
    return List.of(
        new ConvPoolOptions(3, 0, 1, 2, 2, false, false).example(3, 7, 9, 5, false),
        new ConvPoolOptions(5, 0, 1, 2, 2, false, false).example(1, 12, 12, 33, true),
        new ConvPoolOptions(3, 1, 1, 2, 2, false, false).example(20, 6, 6, 17, false),
        new ConvPoolOptions(4, 0, 1, 1, 1, false, false).example(2, 4, 4, 3, false),
        new ConvPoolOptions(2, 1, 2, 3, 1, false, false).example(2, 7, 8, 4, false),
        new ConvPoolOptions(3, 2, 1, 2, 2, true, false).example(2, 8, 9, 16, false),
        new ConvPoolOptions(1, 0, 1, 1, 1, true, false).example(1, 1, 1, 1, false),
        new ConvPoolOptions(5, 0, 1, 2, 2, false, true).example(6, 9, 12, 18, false),
        new ConvPoolOptions(5, 2, 1, 2, 2, false, true).example(5, 6, 8, 7, false));
  }

  private Connection example(int channels, int height, int width, int filters, boolean input) {
    ConvolutionShape convolution =
        new ConvolutionShape(channels, height, width, filters, kernel, padding, stride);
    PoolingShape pooling = new Plan(convolution, pool, poolStride).pooling();
    Shape result = Shape.of(filters, pooling.outputHeight(), pooling.outputWidth());
    Layer target = new Layer(0, "s0", result, Activation.HARD_SIGMOID, false);
    Shape maps = Shape.of(channels, height, width);
    Layer source = new Layer(1, input ? "x" : "s1", maps, Activation.HARD_SIGMOID, input);
    return connect("0", target, source);
  }
}
