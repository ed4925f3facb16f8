package org.eqprop.examples.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.eqprop.core.tensor.Shape;

/**
 * A graph of ONNX (IR 8, operators of version 13) as it grows: nodes have one output each unless
 * said otherwise, and are named by their number. Field numbers are those of onnx.proto.
 */
final class OnnxGraph {
  private static final int IR_VERSION = 8;
  private static final int OPERATORS = 13;
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int ATTRIBUTE_INT = 2;
  private static final int ATTRIBUTE_INTS = 7;
  private static final String BATCH = "n";

  private final ProtoMessage graph = new ProtoMessage();
  private final Map<Float, String> numbers = new HashMap<>();
  private int nodes;

  /** An operator's whole-number settings. */
  static final class Settings {
    private final ProtoMessage node = new ProtoMessage();

    /** A setting that is one number. */
    Settings put(String name, long value) {
      ProtoMessage attribute = new ProtoMessage().text(1, name).number(3, value);
      node.message(5, attribute.number(20, ATTRIBUTE_INT));
      return this;
    }

    /** A setting that is a list of numbers. */
    Settings put(String name, int... values) {
      ProtoMessage attribute = new ProtoMessage().text(1, name);
      for (int value : values) {
        attribute.number(8, value);
      }
      node.message(5, attribute.number(20, ATTRIBUTE_INTS));
      return this;
    }
  }

  /** Adds a node without settings; the name of its output. */
  String node(String operator, String... inputs) {
    return node(operator, new Settings(), inputs);
  }

  /** Adds a node; the name of its output. */
  String node(String operator, Settings settings, String... inputs) {
    String output = "v" + nodes++;
    add(operator, settings, new String[] {output}, inputs);
    return output;
  }

  /** Adds a node with two outputs; their names. */
  String[] twoOf(String operator, Settings settings, String... inputs) {
    String[] outputs = {"v" + nodes++, "v" + nodes++};
    add(operator, settings, outputs, inputs);
    return outputs;
  }

  /** Adds a node whose output has a name. */
  void named(String output, String operator, Settings settings, String... inputs) {
    add(operator, settings, new String[] {output}, inputs);
  }

  private void add(String operator, Settings settings, String[] outputs, String[] inputs) {
    ProtoMessage node = new ProtoMessage();
    for (String input : inputs) {
      node.text(1, input);
    }
    for (String output : outputs) {
      node.text(2, output);
    }
    node.text(3, operator + "_" + outputs[0]).text(4, operator);
    byte[] attributes = settings.node.content();
    byte[] head = node.content();
    byte[] whole = new byte[head.length + attributes.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(attributes, 0, whole, head.length, attributes.length);
    graph.raw(1, whole);
  }

  /** A constant number; the same number is there once. */
  String number(double value) {
    float exact = (float) value;
    return numbers.computeIfAbsent(
        exact, v -> tensor("c" + numbers.size(), Shape.of(), new float[] {v}));
  }

  /** Adds a constant tensor; its name. */
  String tensor(String name, Shape shape, float[] values) {
    byte[] raw = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return tensor(name, shape.toArray(), FLOAT, raw);
  }

  /** Adds a constant list of whole numbers; its name. */
  String list(String name, long... values) {
    byte[] raw = new byte[Math.multiplyExact(values.length, Long.BYTES)];
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    return tensor(name, new int[] {values.length}, INT64, raw);
  }

  private String tensor(String name, int[] sizes, int type, byte[] raw) {
    ProtoMessage tensor = new ProtoMessage();
    for (int size : sizes) {
      tensor.number(1, size);
    }
    graph.message(5, tensor.number(2, type).text(8, name).raw(9, raw));
    return name;
  }

  /** Says which input the graph has: any number of rows of {@code columns} floats. */
  void input(String name, int columns) {
    graph.message(11, port(name, FLOAT, columns));
  }

  /** Says of an output that it has rows of {@code columns} floats. */
  void output(String name, int columns) {
    graph.message(12, port(name, FLOAT, columns));
  }

  /** Says of an output that it has one whole number a row. */
  void wholeOutput(String name) {
    graph.message(12, port(name, INT64, 0));
  }

  private static ProtoMessage port(String name, int type, int columns) {
    ProtoMessage shape = new ProtoMessage().message(1, new ProtoMessage().text(2, BATCH));
    if (columns > 0) {
      shape.message(1, new ProtoMessage().number(1, columns));
    }
    ProtoMessage tensor = new ProtoMessage().number(1, type).message(2, shape);
    return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
  }

  /**
   * The whole file.
   *
   * @param name of the graph
   * @param facts what is known of it, by name
   */
  byte[] file(String name, Map<String, String> facts) {
    ProtoMessage file = new ProtoMessage().number(1, IR_VERSION).text(2, "eqprop");
    file.message(7, graph.text(2, name));
    file.message(8, new ProtoMessage().text(1, "").number(2, OPERATORS));
    facts.forEach((key, value) -> file.message(14, new ProtoMessage().text(1, key).text(2, value)));
    return file.content();
  }
}
