package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eqprop.bptt.tape.Node;
import org.eqprop.bptt.tape.Tape;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.tensor.Rows;

/**
 * Everything that a connection does by hand in float32, against what automatic differentiation
 * derives from its term of Φ. Random values in [−1, 1] everywhere, in float32 and on the tape.
 */
final class ConnectionCheck {
  private static final int SAMPLES = 7;

  private final Connection connection;
  private final Kernels kernels = KernelsSelector.kernels();
  private final Random random = new Random(17);
  private final Tape tape = new Tape();
  private final Rows target;
  private final Rows source;
  private final Memory memory;
  private final List<Node> parameters = new ArrayList<>();
  private final Node targetNode;
  private final Node sourceNode;
  private final Node phi;
  private final Node feedback;

  ConnectionCheck(Connection connection) {
    this.connection = connection;
    for (Parameter parameter : connection.parameters()) {
      float[] values = Values.array(parameter.shape().size(), random);
      parameter.read(values);
      int rows = parameter.shape().rank() == 1 ? 1 : parameter.shape().dimension(0);
      parameters.add(tape.leaf(rows, values.length / rows, Values.widen(values)));
    }
    connection.refresh(kernels, 0, connection.tiles());
    target = rows(connection.target().size());
    source = rows(connection.source().size());
    memory = connection.newMemory(SAMPLES);
    targetNode = tape.leaf(SAMPLES, target.size(), Values.widen(Values.flat(target)));
    sourceNode = tape.leaf(SAMPLES, source.size(), Values.widen(Values.flat(source)));
    phi = connection.phi(tape, targetNode, sourceNode, parameters);
    feedback = connection.feedbackPhi(tape, targetNode, sourceNode, sourceNode, parameters);
  }

  void check() {
    Rows up = Rows.allocate(SAMPLES, target.size());
    connection.addBias(up, 0, SAMPLES);
    connection.bottomUp(kernels, source, up, up, memory, 0, SAMPLES);
    compare("bottom-up input", Values.flat(up), phi, targetNode);
    if (!connection.source().input()) {
      Rows down = Rows.allocate(SAMPLES, source.size());
      connection.topDown(kernels, target, down, down, memory, 0, SAMPLES);
      compare("top-down input", Values.flat(down), feedback, sourceNode);
      checkAdjoints();
    }
    checkGradients();
    for (Parameter parameter : connection.parameters()) {
      checkUpdates(parameter);
    }
  }

  /** What the two forces make of a change of the state passes back by their adjoints. */
  private void checkAdjoints() {
    Rows v = rows(source.size());
    Rows w = rows(target.size());
    Node vNode = tape.leaf(SAMPLES, source.size(), Values.widen(Values.flat(v)));
    Node wNode = tape.leaf(SAMPLES, target.size(), Values.widen(Values.flat(w)));
    Node up = tape.gradient(phi, List.of(targetNode)).get(0);
    Rows back = Rows.allocate(SAMPLES, source.size());
    connection.bottomUpAdjoint(kernels, w, back, back, memory, 0, SAMPLES);
    compare("adjoint of bottom-up", Values.flat(back), tape.sum(tape.mul(up, wNode)), sourceNode);
    Node down = tape.gradient(feedback, List.of(sourceNode)).get(0);
    Rows forth = Rows.allocate(SAMPLES, target.size());
    connection.topDownAdjoint(kernels, v, forth, forth, memory, 0, SAMPLES);
    compare("adjoint of top-down", Values.flat(forth), tape.sum(tape.mul(down, vNode)), targetNode);
  }

  /**
   * The updates between two states, where nothing is remembered or all refers to one of them: what
   * the parameters' scalar gains from the one to the other.
   */
  private void checkGradients() {
    int tiles = connection.tiles();
    Rows before = rows(target.size());
    Rows beforeSource = connection.source().input() ? source : rows(source.size());
    if (connection.remembers() && !connection.learnsFromFreeState()) {
      connection.bottomUpGradient(kernels, target, source, memory, SAMPLES, 0, tiles, Sink.STORE);
      connection.biasGradient(kernels, target, SAMPLES, 0, tiles, Sink.STORE);
      compareAll(learned(targetNode, sourceNode, targetNode, sourceNode));
      return;
    }
    Node targetBefore = tape.leaf(SAMPLES, target.size(), Values.widen(Values.flat(before)));
    Node sourceBefore =
        connection.source().input()
            ? sourceNode
            : tape.leaf(SAMPLES, source.size(), Values.widen(Values.flat(beforeSource)));
    Memory found = connection.newMemory(SAMPLES);
    Rows ignored = Rows.allocate(SAMPLES, target.size());
    connection.bottomUp(kernels, beforeSource, ignored, ignored, found, 0, SAMPLES);
    Rows up = connection.learnsFromFreeState() ? beforeSource : source;
    Rows change = difference(target, before);
    connection.biasGradient(kernels, change, SAMPLES, 0, tiles, Sink.STORE);
    connection.bottomUpGradient(kernels, change, up, found, SAMPLES, 0, tiles, Sink.STORE);
    if (!connection.source().input()) {
      Rows moved = difference(source, beforeSource);
      connection.topDownGradient(kernels, before, moved, found, SAMPLES, 0, tiles, Sink.STORE);
    }
    Node after = learned(targetNode, sourceNode, targetBefore, sourceBefore);
    compareAll(tape.sub(after, learned(targetBefore, sourceBefore, targetBefore, sourceBefore)));
  }

  private Node learned(Node target, Node source, Node freeTarget, Node freeSource) {
    return connection.learnedPhi(
        tape, target, source, freeTarget, freeSource, freeSource, parameters);
  }

  private Rows difference(Rows after, Rows before) {
    Rows change = Rows.allocate(SAMPLES, after.size());
    kernels.difference(1f, after, before, change, 0, SAMPLES);
    return change;
  }

  private void compareAll(Node scalar) {
    for (int p = 0; p < parameters.size(); p++) {
      Parameter parameter = connection.parameters().get(p);
      compare(parameter.name(), parameter.writeGradient(), scalar, parameters.get(p));
    }
  }

  /** The gradient added to a parameter, whichever way, has the bits of the gradient added. */
  private void checkUpdates(Parameter parameter) {
    Sink.Axpy sink = new Sink.Axpy(-0.3f);
    float rate = sink.rate();
    int tiles = connection.tiles();
    connection.bottomUpGradient(kernels, target, source, memory, SAMPLES, 0, tiles, Sink.STORE);
    connection.biasGradient(kernels, target, SAMPLES, 0, tiles, Sink.STORE);
    float[] expected = parameter.write();
    float[] gradient = parameter.writeGradient();
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Math.fma(rate, gradient[i], expected[i]);
    }
    if (connection.hasPhi()) {
      connection.bottomUpGradient(kernels, target, source, memory, SAMPLES, 0, tiles, sink);
      connection.biasGradient(kernels, target, SAMPLES, 0, tiles, sink);
    } else {
      connection.drain(kernels, 0, tiles, sink);
    }
    assertThat(parameter.write()).as("updated " + parameter.name()).containsExactly(expected);
  }

  private void compare(String what, float[] actual, Node scalar, Node by) {
    double[] derived = tape.gradient(scalar, List.of(by)).get(0).value();
    // a sum of n products of values in [-2, 2]: at most n roundings of at most 2n
    double terms = 2 + Math.max(SAMPLES, Math.max(target.size(), source.size()));
    double bound = terms * terms * 0x1p-24;
    assertThat(Values.widen(actual)).as(what).containsExactly(derived, within(bound));
  }

  private Rows rows(int size) {
    return Values.rows(SAMPLES, size, random);
  }
}
