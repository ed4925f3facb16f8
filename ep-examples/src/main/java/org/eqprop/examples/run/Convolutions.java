package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.PoolingShape;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.tensor.Shape;
import org.eqprop.examples.data.KnownDataset;
import org.jspecify.annotations.Nullable;

/**
 * The layers of maps between the input and the fully connected layers: each a convolution and a
 * pooling (Eq. 17).
 *
 * @param channels maps of each layer, the output side first; none for a fully connected network
 * @param kernel rows and columns of the kernels
 * @param padding zeros around the maps
 * @param pool rows and columns of the pooling windows
 * @param stride rows and columns from one position of the kernel to the next
 * @param pooling {@code max} or {@code average}
 * @param poolStride rows and columns from one window to the next
 */
public record Convolutions(
    List<Integer> channels,
    int kernel,
    int padding,
    int pool,
    int stride,
    String pooling,
    @JsonProperty(POOL_STRIDE) int poolStride) {
  private static final String STRIDE = "stride";
  private static final String POOLING = "pooling";
  private static final String POOL_STRIDE = "pool-stride";

  private static final String MAX = "max";
  private static final String AVERAGE = "average";

  /** No such layers. */
  public static final Convolutions NONE = new Convolutions(List.of(), 0, 0, 0, 0, MAX, 0);

  /** The paper's. */
  private static final Convolutions PAPER =
      new Convolutions(PaperNet.CHANNELS, PaperNet.KERNEL, 0, PaperNet.POOL);

  /** Weights that a network has at most: those that fit into a model file of 2 GB. */
  static final long MOST_WEIGHTS = (Integer.MAX_VALUE - (1 << 20)) / Float.BYTES;

  /** For the embedded digits, with the padding that keeps their 8 x 8 until they are pooled. */
  private static final Convolutions DIGITS = new Convolutions(List.of(32, 16), 5, 2, 2);

  /** One layer that keeps the digits' 8 x 8 until they are pooled. */
  static final Convolutions SMALL = new Convolutions(List.of(32), 3, 1, 2);

  /**
   * Checked and copied.
   *
   * @throws UsageException in one sentence, if a value is out of range, or there are no layers that
   *     it could be about
   */
  public Convolutions {
    channels = List.copyOf(channels);
    Config.oneOf(POOLING, pooling, List.of(MAX, AVERAGE));
    if (channels.isEmpty()) {
      absent("kernel", kernel, 0);
      absent("padding", padding, 0);
      absent("pool", pool, 0);
      absent(STRIDE, stride, 0);
      absent(POOLING, pooling, MAX);
      absent(POOL_STRIDE, poolStride, 0);
    } else {
      channels.forEach(count -> Config.positive("channels", count));
      if (kernel == 0 || pool == 0) {
        String lacking = kernel == 0 ? "kernel" : "pool";
        throw new UsageException(
            lacking
                + " is 0, but the network has convolutions; give "
                + lacking
                + ", at least 1, together with channels.");
      }
      Config.positive("kernel", kernel);
      Config.notNegative("padding", padding);
      Config.positive("pool", pool);
      Config.positive(STRIDE, stride);
      Config.positive(POOL_STRIDE, poolStride);
    }
  }

  /** The paper's kind of layers: stride 1, and max pooling by windows that do not overlap. */
  private Convolutions(List<Integer> channels, int kernel, int padding, int pool) {
    this(channels, kernel, padding, pool, 1, MAX, pool);
  }

  /**
   * The usual stride, kind of pooling and stride of its windows for the rest of a configuration.
   *
   * @param tree has all other entries
   */
  static ObjectNode usual(JsonNode tree) {
    boolean none = tree.path("channels").isEmpty();
    return Configs.JSON
        .createObjectNode()
        .put(STRIDE, none ? 0 : 1)
        .put(POOLING, MAX)
        .put(POOL_STRIDE, none ? 0 : tree.path("pool").asInt());
  }

  /** The same with some other values; without a stride of its own, windows do not overlap. */
  public Convolutions with(
      @Nullable List<Integer> channels,
      @Nullable Integer kernel,
      @Nullable Integer padding,
      @Nullable Integer pool,
      @Nullable Integer stride,
      @Nullable String pooling,
      @Nullable Integer poolStride) {
    List<Integer> maps = channels == null ? this.channels : channels;
    int window = pool == null ? this.pool : pool;
    return new Convolutions(
        maps,
        kernel == null ? this.kernel : kernel,
        padding == null ? this.padding : padding,
        window,
        stride != null ? stride : maps.isEmpty() ? 0 : 1,
        pooling == null ? MAX : pooling,
        poolStride != null ? poolStride : maps.isEmpty() ? 0 : window);
  }

  /** The paper's, or smaller ones if {@code data} names the embedded digits. */
  public static Convolutions of(String data) {
    return KnownDataset.named(data).filter(KnownDataset::isEmbedded).isPresent() ? DIGITS : PAPER;
  }

  private static void absent(String name, Object value, Object usual) {
    if (!value.equals(usual)) {
      throw new UsageException(
          name + " is " + value + ", but the network has no convolutions; give channels too.");
    }
  }

  /** Whether there are no such layers. */
  @JsonIgnore
  public boolean isEmpty() {
    return channels.isEmpty();
  }

  /** As in {@code channels [64, 32], kernel 5, padding 0, pool 2}. */
  public String description() {
    return "channels "
        + channels
        + ", kernel "
        + kernel
        + ", padding "
        + padding
        + ", pool "
        + pool
        + (stride == 1 ? "" : ", stride " + stride)
        + (poolStride == pool ? "" : ", pool stride " + poolStride)
        + (pooling.equals(MAX) ? "" : ", " + pooling + " pooling");
  }

  /**
   * The whole network, weights zero.
   *
   * @param last activation of the output
   * @param sigma activation of all other layers
   * @param classes size of the output
   * @param hidden sizes of the fully connected hidden layers, output side first
   * @param input shape of a sample
   * @param algorithm how convolutions are computed, {@code direct} or {@code winograd}
   * @throws UsageException if the maps do not fit the input, or the network is too large for arrays
   */
  public Network network(
      Dynamics dynamics,
      Activation last,
      Activation sigma,
      int classes,
      List<Integer> hidden,
      Shape input,
      String algorithm) {
    return network(Wiring.of(dynamics), last, sigma, classes, hidden, input, algorithm);
  }

  /** The same with a cost, and with untied connections if so wired. */
  Network network(
      Wiring wiring,
      Activation last,
      Activation sigma,
      int classes,
      List<Integer> hidden,
      Shape input,
      String algorithm) {
    Network.Builder builder = wiring.builder(classes);
    List<Integer> sizes = Stream.concat(Stream.of(classes), hidden.stream()).toList();
    List<Integer> layers = wiring.hasReadOut() ? hidden : sizes;
    long most = MOST_WEIGHTS / wiring.weightsEach();
    if (isEmpty()) {
      if (weights(sizes, input.size()) > most) {
        throw tooLarge(hidden);
      }
      return allocate(() -> dense(builder, last, sigma, layers, input), hidden);
    }
    if (kernelWeights(input.dimension(0)) > most) {
      throw tooLarge(hidden);
    }
    ConvolutionalChain chain = chain(layers, input);
    if (weights(sizes, chain.poolings().get(0).outputSize()) > most) {
      throw tooLarge(hidden);
    }
    return allocate(
        () -> chain.network(builder, last, sigma, Map.of("algorithm", algorithm)), hidden);
  }

  private static Network dense(
      Network.Builder builder,
      Activation last,
      Activation sigma,
      List<Integer> sizes,
      Shape input) {
    for (int n = 0; n < sizes.size(); n++) {
      builder.layer("s" + n, Shape.of(sizes.get(n)), n == 0 ? last : sigma);
    }
    builder.input("x", input, sigma);
    for (int n = 0; n < sizes.size(); n++) {
      builder.connect(Integer.toString(n), n, n + 1, Dense.TYPE, Map.of());
    }
    return builder.build();
  }

  private ConvolutionalChain chain(List<Integer> sizes, Shape input) {
    try {
      return new ConvolutionalChain(
          input,
          channels,
          sizes,
          kernel,
          padding,
          pool,
          stride,
          poolStride,
          pooling.equals(AVERAGE));
    } catch (IllegalArgumentException misfit) {
      throw new UsageException(
          String.valueOf(misfit.getMessage()).replaceFirst("\\.$", "")
              + ", for images of "
              + input
              + "; make kernel"
              + (stride == 1 ? " or" : ", stride or")
              + " pool smaller, padding larger, or channels fewer.");
    }
  }

  /** Makes a network. */
  @FunctionalInterface
  private interface Maker {
    Network make();
  }

  private Network allocate(Maker maker, List<Integer> hidden) {
    try {
      return maker.make();
    } catch (ArithmeticException | IllegalArgumentException refused) {
      throw tooLarge(hidden);
    }
  }

  /** Weights of the convolutions; more than {@link #MOST_WEIGHTS} if they are too many. */
  private long kernelWeights(int input) {
    long weights = 0;
    long from = input;
    for (int to : channels.reversed()) {
      if ((double) from * to * kernel * kernel > MOST_WEIGHTS) {
        return Long.MAX_VALUE;
      }
      weights += from * to * kernel * kernel;
      from = to;
    }
    return weights;
  }

  /** Weights of fully connected layers; more than {@link #MOST_WEIGHTS} if they are too many. */
  private static long weights(List<Integer> sizes, int input) {
    long weights = 0;
    for (int n = 0; n < sizes.size() && weights <= MOST_WEIGHTS; n++) {
      weights += (long) sizes.get(n) * (n + 1 < sizes.size() ? sizes.get(n + 1) : input);
    }
    return weights;
  }

  private UsageException tooLarge(List<Integer> hidden) {
    String layers = "hidden layers of " + hidden + (isEmpty() ? "" : " and " + description());
    String remedy = isEmpty() ? "hidden" : "hidden or channels";
    return new UsageException(
        "A network with " + layers + " is too large; make " + remedy + " smaller.");
  }

  /** Says of each layer whose windows do not divide its map what happens to the border. */
  public List<String> borders(Shape input) {
    List<String> sentences = new ArrayList<>();
    if (!isEmpty()) {
      for (PoolingShape pooling : chain(List.of(1), input).poolings()) {
        sentences.addAll(border(pooling));
      }
    }
    return sentences;
  }

  /** Says of a pooling whose windows do not divide its map what happens to the border. */
  static List<String> border(PoolingShape pooling) {
    if (pooling.divides()) {
      return List.of();
    }
    int window = pooling.window();
    String apart = pooling.stride() == window ? "" : ", " + pooling.stride() + " apart,";
    return List.of(
        "The pooling windows of "
            + (window + "x" + window + apart)
            + " do not divide the map of "
            + (pooling.height() + "x" + pooling.width())
            + ": what is left over at its lower and right border is dropped.");
  }
}
