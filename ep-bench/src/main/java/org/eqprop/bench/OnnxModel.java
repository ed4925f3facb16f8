package org.eqprop.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * A feed-forward network of one hidden layer as an ONNX file: y = W₂·σ(W₁·x + b₁) + b₂, with
 * weights that nobody trained. Only as much of the format (Protocol Buffers, ONNX IR 8, operators
 * of version 13) as that takes.
 */
final class OnnxModel {
  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int FLOAT = 1;
  private static final int IR_VERSION = 8;
  private static final int OPERATORS = 13;
  private static final float SPREAD = 0.05f;

  private final Random random = new Random(1);

  private OnnxModel() {}

  /** The file of a network of these sizes; its input is {@code x}, its output {@code y}. */
  static byte[] feedForward(int inputs, int hidden, int outputs) {
    OnnxModel model = new OnnxModel();
    Message graph = new Message();
    graph.bytes(1, node("Gemm", "a", "x", "w1", "b1"));
    graph.bytes(1, node("Sigmoid", "h", "a"));
    graph.bytes(1, node("Gemm", "y", "h", "w2", "b2"));
    graph.text(2, "feed-forward");
    graph.bytes(5, model.tensor("w1", inputs, hidden));
    graph.bytes(5, model.tensor("b1", hidden));
    graph.bytes(5, model.tensor("w2", hidden, outputs));
    graph.bytes(5, model.tensor("b2", outputs));
    graph.bytes(11, port("x", inputs));
    graph.bytes(12, port("y", outputs));
    Message operators = new Message();
    operators.text(1, "");
    operators.number(2, OPERATORS);
    Message file = new Message();
    file.number(1, IR_VERSION);
    file.bytes(7, graph);
    file.bytes(8, operators);
    return file.content();
  }

  private static Message node(String operator, String output, String... inputs) {
    Message node = new Message();
    for (String input : inputs) {
      node.text(1, input);
    }
    node.text(2, output);
    node.text(4, operator);
    return node;
  }

  private Message tensor(String name, int... sizes) {
    Message tensor = new Message();
    int count = 1;
    for (int size : sizes) {
      tensor.number(1, size);
      count *= size;
    }
    tensor.number(2, FLOAT);
    tensor.text(8, name);
    ByteBuffer values = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      values.putFloat(SPREAD * (2 * random.nextFloat() - 1));
    }
    tensor.raw(9, values.array());
    return tensor;
  }

  /** An input or output of any number of rows. */
  private static Message port(String name, int columns) {
    Message rows = new Message();
    rows.text(2, "n");
    Message width = new Message();
    width.number(1, columns);
    Message shape = new Message();
    shape.bytes(1, rows);
    shape.bytes(1, width);
    Message tensor = new Message();
    tensor.number(1, FLOAT);
    tensor.bytes(2, shape);
    Message type = new Message();
    type.bytes(1, tensor);
    Message port = new Message();
    port.text(1, name);
    port.bytes(2, type);
    return port;
  }

  /** A message of Protocol Buffers. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void number(int field, long value) {
      varint(((long) field << 3) | VARINT);
      varint(value);
    }

    void text(int field, String value) {
      raw(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(int field, Message value) {
      raw(field, value.content());
    }

    void raw(int field, byte[] value) {
      varint(((long) field << 3) | BYTES);
      varint(value.length);
      out.writeBytes(value);
    }

    private void varint(long value) {
      long left = value;
      while (left > 0x7f) {
        out.write((int) ((left & 0x7f) | 0x80));
        left >>>= 7;
      }
      out.write((int) left);
    }

    byte[] content() {
      return out.toByteArray();
    }
  }
}
