package org.eqprop.examples.exchange;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Reads an ONNX file with Google's library, and runs a graph of the operators of fully connected
 * layers in float64, as onnx.ai describes them.
 */
final class OnnxInterpreter {
  private final Map<String, Tensor> values = new HashMap<>();
  private final List<UnknownFieldSet> nodes = new ArrayList<>();
  private final UnknownFieldSet model;

  /** Values of up to two dimensions. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Tensor(int[] shape, double[] data) {}

  OnnxInterpreter(byte[] file) throws InvalidProtocolBufferException {
    model = UnknownFieldSet.parseFrom(file);
    UnknownFieldSet graph = message(model, 7).get(0);
    nodes.addAll(message(graph, 1));
    for (UnknownFieldSet initializer : message(graph, 5)) {
      int[] shape =
          initializer.getField(1).getVarintList().stream().mapToInt(Long::intValue).toArray();
      ByteBuffer raw =
          initializer.getField(9).getLengthDelimitedList().get(0).asReadOnlyByteBuffer();
      raw.order(ByteOrder.LITTLE_ENDIAN);
      boolean floats = initializer.getField(2).getVarintList().get(0) == 1;
      double[] data = new double[raw.remaining() / (floats ? 4 : 8)];
      for (int i = 0; i < data.length; i++) {
        data[i] = floats ? raw.getFloat() : raw.getLong();
      }
      values.put(text(initializer, 8).get(0), new Tensor(shape, data));
    }
  }

  long irVersion() {
    return model.getField(1).getVarintList().get(0);
  }

  /** How many nodes there are of an operator. */
  long count(String operator) {
    return nodes.stream().filter(node -> text(node, 4).get(0).equals(operator)).count();
  }

  /** Names of inputs (11) or outputs (12). */
  List<String> ports(int field) {
    return message(message(model, 7).get(0), field).stream().map(p -> text(p, 1).get(0)).toList();
  }

  private static List<UnknownFieldSet> message(UnknownFieldSet of, int field) {
    List<UnknownFieldSet> messages = new ArrayList<>();
    for (ByteString bytes : of.getField(field).getLengthDelimitedList()) {
      try {
        messages.add(UnknownFieldSet.parseFrom(bytes));
      } catch (InvalidProtocolBufferException thrown) {
        throw new AssertionError(thrown);
      }
    }
    return messages;
  }

  private static List<String> text(UnknownFieldSet of, int field) {
    return of.getField(field).getLengthDelimitedList().stream()
        .map(ByteString::toStringUtf8)
        .toList();
  }

  private static long setting(UnknownFieldSet node, String name, long otherwise) {
    for (UnknownFieldSet attribute : message(node, 5)) {
      if (text(attribute, 1).get(0).equals(name)) {
        return attribute.getField(3).getVarintList().get(0);
      }
    }
    return otherwise;
  }

  /** Runs the graph on an input named x. */
  Map<String, Tensor> run(double[] x, int rows) {
    values.put("x", new Tensor(new int[] {rows, x.length / rows}, x));
    for (UnknownFieldSet node : nodes) {
      List<Tensor> in = new ArrayList<>();
      for (String name : text(node, 1)) {
        Tensor value = values.get(name);
        if (value == null) {
          throw new AssertionError("The graph reads " + name + " before it is there.");
        }
        in.add(value);
      }
      values.put(text(node, 2).get(0), apply(text(node, 4).get(0), node, in));
    }
    return values;
  }

  private static Tensor apply(String operator, UnknownFieldSet node, List<Tensor> in) {
    Tensor a = in.get(0);
    return switch (operator) {
      case "Gemm" -> gemm(a, in.get(1), setting(node, "transB", 0) == 1, in);
      case "Add" -> both(a, in.get(1), (p, q) -> p + q);
      case "Sub" -> both(a, in.get(1), (p, q) -> p - q);
      case "Mul" -> both(a, in.get(1), (p, q) -> p * q);
      case "GreaterOrEqual" -> both(a, in.get(1), (p, q) -> p >= q ? 1 : 0);
      case "LessOrEqual" -> both(a, in.get(1), (p, q) -> p <= q ? 1 : 0);
      case "And" -> both(a, in.get(1), (p, q) -> p * q);
      case "Where" ->
          both(
              both(a, in.get(1), (p, q) -> p * q),
              both(a, in.get(2), (p, q) -> (1 - p) * q),
              (p, q) -> p + q);
      case "Sigmoid" -> each(a, v -> 1 / (1 + Math.exp(-v)));
      case "Tanh" -> each(a, Math::tanh);
      case "Identity" -> a;
      case "Clip" -> each(a, v -> Math.min(Math.max(v, in.get(1).data()[0]), in.get(2).data()[0]));
      case "Shape" ->
          new Tensor(
              new int[] {a.shape().length}, Arrays.stream(a.shape()).asDoubleStream().toArray());
      case "Gather" ->
          new Tensor(new int[] {1}, new double[] {a.data()[(int) in.get(1).data()[0]]});
      case "Concat" -> new Tensor(new int[] {2}, new double[] {a.data()[0], in.get(1).data()[0]});
      case "Expand" -> {
        int[] shape = Arrays.stream(in.get(1).data()).mapToInt(d -> (int) d).toArray();
        yield both(new Tensor(shape, new double[shape[0] * shape[1]]), a, (p, q) -> q);
      }
      case "Softmax" -> softmax(a);
      case "ArgMax" -> argMax(a);
      default -> throw new AssertionError("There is no operator " + operator + " here.");
    };
  }

  private static Tensor gemm(Tensor a, Tensor b, boolean transposed, List<Tensor> in) {
    int rows = a.shape()[0];
    int inner = a.shape()[1];
    int columns = b.shape()[transposed ? 0 : 1];
    double[] out = new double[rows * columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double sum = in.size() > 2 ? in.get(2).data()[c] : 0;
        for (int i = 0; i < inner; i++) {
          double weight = transposed ? b.data()[c * inner + i] : b.data()[i * columns + c];
          sum += a.data()[r * inner + i] * weight;
        }
        out[r * columns + c] = sum;
      }
    }
    return new Tensor(new int[] {rows, columns}, out);
  }

  /** Element by element, where a row or a number stands for as many as the other has. */
  private static Tensor both(Tensor a, Tensor b, DoubleBinaryOperator operator) {
    Tensor large = a.data().length >= b.data().length ? a : b;
    double[] out = new double[large.data().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = operator.applyAsDouble(a.data()[i % a.data().length], b.data()[i % b.data().length]);
    }
    return new Tensor(large.shape(), out);
  }

  private static Tensor each(Tensor a, DoubleUnaryOperator operator) {
    return new Tensor(a.shape(), Arrays.stream(a.data()).map(operator).toArray());
  }

  private static Tensor softmax(Tensor a) {
    int columns = a.shape()[1];
    double[] out = Arrays.stream(a.data()).map(Math::exp).toArray();
    for (int r = 0; r < a.shape()[0]; r++) {
      double sum = Arrays.stream(out, r * columns, (r + 1) * columns).sum();
      for (int c = 0; c < columns; c++) {
        out[r * columns + c] /= sum;
      }
    }
    return new Tensor(a.shape(), out);
  }

  private static Tensor argMax(Tensor a) {
    int columns = a.shape()[1];
    double[] out = new double[a.shape()[0]];
    for (int r = 0; r < out.length; r++) {
      for (int c = 1; c < columns; c++) {
        int best = (int) out[r];
        out[r] = a.data()[r * columns + c] > a.data()[r * columns + best] ? c : best;
      }
    }
    return new Tensor(new int[] {out.length}, out);
  }
}
