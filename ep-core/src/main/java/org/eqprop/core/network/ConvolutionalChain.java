package org.eqprop.core.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.tensor.Shape;

/**
 * A chain of convolutions with pooling, then fully connected layers (Fig. 4, Eq. 17). The
 * connections are of type {@value #TYPE}, whose module must be there.
 *
 * @param input channels × height × width of x
 * @param channels of the map layers, the output side first
 * @param sizes of the fully connected layers, the output first; if there are none, the last map
 *     layer is the output
 * @param kernel rows and columns of every convolution
 * @param padding zeros around every map
 * @param pool rows and columns of the pooling windows
 * @param stride rows and columns from one position of the kernel to the next
 * @param poolStride rows and columns from one window to the next; {@code pool} where they do not
 *     overlap
 * @param average whether the mean of each window is taken instead of its largest element
 */
public record ConvolutionalChain(
    Shape input,
    List<Integer> channels,
    List<Integer> sizes,
    int kernel,
    int padding,
    int pool,
    int stride,
    int poolStride,
    boolean average) {
  /** The type of the convolutional connections. */
  public static final String TYPE = "conv-pool";

  /**
   * A chain with copied lists.
   *
   * @throws IllegalArgumentException in one sentence, if a kernel or window is larger than its map
   */
  public ConvolutionalChain {
    channels = List.copyOf(channels);
    sizes = List.copyOf(sizes);
    if (input.rank() != 3 || channels.isEmpty()) {
      throw new IllegalArgumentException(
          "A convolutional chain needs an input of channels x height x width and a map"
              + " layer.");
    }
    poolings(input, channels, kernel, padding, pool, stride, poolStride);
  }

  /**
   * The paper's kind of chain: kernels go over each position, and the windows of max pooling do not
   * overlap.
   *
   * @param input channels, rows and columns of the input
   * @param channels of the map layers, the output side first
   * @param sizes of the fully connected layers, the output first
   * @param kernel rows and columns of every convolution
   * @param padding zeros around every map
   * @param pool rows and columns of the pooling windows
   * @throws IllegalArgumentException in one sentence, if a kernel or window is larger than its map
   */
  public ConvolutionalChain(
      Shape input, List<Integer> channels, List<Integer> sizes, int kernel, int padding, int pool) {
    this(input, channels, sizes, kernel, padding, pool, 1, pool, false);
  }

  /**
   * {@return the network, its parameters zero}
   *
   * @param dynamics the setting
   * @param activation σ
   */
  public Network network(Dynamics dynamics, Activation activation) {
    return network(dynamics, activation, activation, Map.of());
  }

  /**
   * {@return the network, its parameters zero}
   *
   * @param dynamics the setting
   * @param output activation of the output, which may be another than that of all other layers
   * @param activation σ
   * @param further options of the convolutional connections
   */
  public Network network(
      Dynamics dynamics, Activation output, Activation activation, Map<String, String> further) {
    return network(new Network.Builder(dynamics), output, activation, further);
  }

  /**
   * {@return the network, its parameters zero}
   *
   * @param builder has nothing but the setting, the cost, and whether connections are untied
   * @param output activation of the output, which may be another than that of all other layers
   * @param activation σ
   * @param further options of the convolutional connections
   */
  public Network network(
      Network.Builder builder,
      Activation output,
      Activation activation,
      Map<String, String> further) {
    int n = 0;
    for (int size : sizes) {
      builder.layer("s" + n, Shape.of(size), n == 0 ? output : activation);
      n++;
    }
    for (PoolingShape maps : poolings()) {
      Shape shape = Shape.of(maps.channels(), maps.outputHeight(), maps.outputWidth());
      builder.layer("s" + n, shape, n == 0 ? output : activation);
      n++;
    }
    builder.input("x", input, activation);
    Map<String, String> options = new TreeMap<>(further);
    options.put("kernel", Integer.toString(kernel));
    options.put("padding", Integer.toString(padding));
    options.put("pool", Integer.toString(pool));
    options.put("stride", Integer.toString(stride));
    options.put("pool-stride", Integer.toString(poolStride));
    options.put("pooling", average ? "average" : "max");
    for (int c = 0; c < n; c++) {
      boolean dense = c < sizes.size();
      String name = Integer.toString(c);
      builder.connect(name, c, c + 1, dense ? Dense.TYPE : TYPE, dense ? Map.of() : options);
    }
    return builder.build();
  }

  /** {@return what each map layer is pooled from, the output side first} */
  public List<PoolingShape> poolings() {
    return poolings(input, channels, kernel, padding, pool, stride, poolStride);
  }

  private static List<PoolingShape> poolings(
      Shape input,
      List<Integer> channels,
      int kernel,
      int padding,
      int pool,
      int stride,
      int poolStride) {
    List<PoolingShape> poolings = new ArrayList<>();
    int maps = input.dimension(0);
    int height = input.dimension(1);
    int width = input.dimension(2);
    for (int filters : channels.reversed()) {
      ConvolutionShape convolution =
          new ConvolutionShape(maps, height, width, filters, kernel, padding, stride);
      PoolingShape pooling =
          new PoolingShape(
              filters, convolution.outputHeight(), convolution.outputWidth(), pool, poolStride);
      poolings.add(0, pooling);
      maps = filters;
      height = pooling.outputHeight();
      width = pooling.outputWidth();
    }
    return poolings;
  }
}
