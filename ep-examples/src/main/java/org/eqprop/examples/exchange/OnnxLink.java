package org.eqprop.examples.exchange;

import java.util.Map;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Untied;
import org.eqprop.core.tensor.Shape;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;

/** What a connection adds to its layers' inputs, as nodes of a graph. */
abstract class OnnxLink {
  private final Connection connection;
  private final String bias;

  private OnnxLink(OnnxGraph graph, Connection connection, int cells) {
    this.connection = connection;
    this.bias = bias(graph, connection, cells);
  }

  /**
   * The nodes of a connection; its weights are put into the graph once.
   *
   * @throws UsageException if its type has none here
   */
  static OnnxLink of(OnnxGraph graph, Connection connection) {
    boolean untied = connection.type().equals(Untied.TYPE);
    String type = untied ? connection.options().getOrDefault(Untied.OF, "") : connection.type();
    boolean max = !"average".equals(connection.options().get("pooling"));
    if (type.equals(Dense.TYPE)) {
      return new Full(graph, connection);
    }
    if (type.equals(ConvolutionalChain.TYPE) && max) {
      return new Maps(graph, connection);
    }
    throw new UsageException(
        "The connection "
            + connection.name()
            + " of the type "
            + (max ? type : type + " with average pooling")
            + " has no form in ONNX here; fully connected ones and those of convolution and max"
            + " pooling have.");
  }

  /** The connection. */
  Connection connection() {
    return connection;
  }

  /** The bias, as a row as wide as the target. */
  String bias() {
    return bias;
  }

  /** Adds the nodes from the source to the target, without the bias. */
  abstract String bottomUp(OnnxGraph graph, String source);

  /** Adds the nodes back, from the target to the source. */
  abstract String topDown(OnnxGraph graph, String target, String source);

  private static Parameter parameter(Connection connection, Parameter.Role role) {
    return connection.parameters().stream().filter(p -> p.role() == role).findFirst().orElseThrow();
  }

  /** The weights that act back: those of the other direction if it has its own. */
  private static String feedback(OnnxGraph graph, Connection connection, String weight) {
    @Nullable Parameter own =
        connection.parameters().stream()
            .filter(p -> p.role() == Parameter.Role.WEIGHT)
            .skip(1)
            .findFirst()
            .orElse(null);
    return own == null ? weight : graph.tensor(own.name(), own.shape(), own.write());
  }

  private static String weight(OnnxGraph graph, Connection connection) {
    Parameter weight = parameter(connection, Parameter.Role.WEIGHT);
    return graph.tensor(weight.name(), weight.shape(), weight.write());
  }

  private static String bias(OnnxGraph graph, Connection connection, int cells) {
    Parameter bias = parameter(connection, Parameter.Role.BIAS);
    float[] values = bias.write();
    float[] wide = new float[values.length * cells];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i / cells];
    }
    return graph.tensor(bias.name(), Shape.of(wide.length), wide);
  }

  /** A matrix. */
  private static final class Full extends OnnxLink {
    private final String weight;
    private final String feedback;

    Full(OnnxGraph graph, Connection connection) {
      super(graph, connection, 1);
      weight = weight(graph, connection);
      feedback = feedback(graph, connection, weight);
    }

    @Override
    String bottomUp(OnnxGraph graph, String source) {
      return graph.node("Gemm", new OnnxGraph.Settings().put("transB", 1L), source, weight);
    }

    @Override
    String topDown(OnnxGraph graph, String target, String source) {
      return graph.node("Gemm", target, feedback);
    }
  }

  /** A convolution with max pooling. */
  private static final class Maps extends OnnxLink {
    private final String weight;
    private final String feedback;
    private final String sourceMaps;
    private final String targetMaps;
    private final String flat;
    private final int kernel;
    private final int padding;
    private final int stride;
    private final int pool;
    private final int poolStride;
    private final int[] rest;
    private final String first;
    private final String size;
    private final String row;

    /** The source whose largest elements were found last, and where they are. */
    private String seen = "";

    private String positions = "";

    Maps(OnnxGraph graph, Connection connection) {
      super(graph, connection, cells(connection));
      Map<String, String> options = connection.options();
      kernel = number(options, "kernel");
      padding = number(options, "padding");
      stride = number(options, "stride");
      pool = number(options, "pool");
      poolStride = number(options, "pool-stride");
      if (poolStride < pool) {
        throw new UsageException(
            "The pooling windows of the connection "
                + connection.name()
                + " overlap, which ONNX cannot take back; export a network whose pool-stride is"
                + " at least its pool.");
      }
      String name = connection.name();
      weight = weight(graph, connection);
      feedback = feedback(graph, connection, weight);
      int[] source = connection.source().shape().toArray();
      int[] target = connection.target().shape().toArray();
      int rows = positions(source[1]);
      int columns = positions(source[2]);
      rest = new int[] {rest(source[1], rows), rest(source[2], columns)};
      sourceMaps = graph.list("maps." + name + ".source", -1, source[0], source[1], source[2]);
      flat = graph.list("maps." + name + ".flat", -1, connection.target().size());
      // The input is not pulled at, so what a way back needs would be left over.
      boolean back = !connection.source().input();
      targetMaps =
          back ? graph.list("maps." + name + ".target", -1, target[0], target[1], target[2]) : "";
      first = back ? graph.list("maps." + name + ".first", 0) : "";
      size = back ? graph.list("maps." + name + ".size", target[0], rows, columns) : "";
      row = back ? graph.list("maps." + name + ".row", -1, connection.source().size()) : "";
    }

    private static int cells(Connection connection) {
      Shape maps = connection.target().shape();
      return maps.dimension(1) * maps.dimension(2);
    }

    private static int number(Map<String, String> options, String name) {
      return Integer.parseInt(options.getOrDefault(name, "1"));
    }

    private int positions(int size) {
      return (size + 2 * padding - kernel) / stride + 1;
    }

    private OnnxGraph.Settings convolution() {
      return new OnnxGraph.Settings()
          .put("kernel_shape", kernel, kernel)
          .put("pads", padding, padding, padding, padding)
          .put("strides", stride, stride);
    }

    private OnnxGraph.Settings pooling() {
      return new OnnxGraph.Settings()
          .put("kernel_shape", pool, pool)
          .put("strides", poolStride, poolStride);
    }

    @Override
    String bottomUp(OnnxGraph graph, String from) {
      String maps = graph.node("Reshape", from, sourceMaps);
      String map = graph.node("Conv", convolution(), maps, weight);
      String[] pooled = graph.twoOf("MaxPool", pooling(), map);
      seen = from;
      positions = pooled[1];
      return graph.node("Reshape", pooled[0], flat);
    }

    @Override
    String topDown(OnnxGraph graph, String target, String from) {
      if (!seen.equals(from)) {
        bottomUp(graph, from);
      }
      String maps = graph.node("Reshape", target, targetMaps);
      String rows = graph.node("Gather", graph.node("Shape", target), first);
      String shape = graph.node("Concat", new OnnxGraph.Settings().put("axis", 0L), rows, size);
      String wide = graph.node("MaxUnpool", pooling(), maps, positions, shape);
      OnnxGraph.Settings back = convolution().put("output_padding", rest);
      String unpooled = graph.node("ConvTranspose", back, wide, feedback);
      return graph.node("Reshape", unpooled, row);
    }

    /** Rows or columns at the border that no position of the kernel reaches. */
    private int rest(int size, int count) {
      return size + 2 * padding - kernel - (count - 1) * stride;
    }
  }
}
