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
 * derives from its term of Φ. Random states in [−size, size] and parameters in [−1, 1], in float32
 * and on the tape.
 */
final class ConnectionCheck {
  private final Connection connection;
  private final int samples;
  private final float size;
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

  /** One use of the connection: out = base + what it gives. */
  @FunctionalInterface
  private interface Force {
    void add(Rows base, Rows out);
  }

  ConnectionCheck(Connection connection, int samples, float size) {
    this.connection = connection;
    this.samples = samples;
    this.size = size;
    for (Parameter parameter : connection.parameters()) {
      float[] values = Values.array(parameter.shape().size(), random);
      parameter.read(values);
      int rows = parameter.shape().rank() == 1 ? 1 : parameter.shape().dimension(0);
      parameters.add(tape.leaf(rows, values.length / rows, Values.widen(values)));
    }
    connection.refresh(kernels, 0, connection.tiles());
    target = rows(connection.target().size());
    source = rows(connection.source().size());
    memory = connection.newMemory(samples);
    targetNode = leaf(target);
    sourceNode = leaf(source);
    phi = connection.phi(tape, targetNode, sourceNode, parameters);
    feedback = connection.feedbackPhi(tape, targetNode, sourceNode, sourceNode, parameters);
  }

  void check() {
    Node up = tape.gradient(phi, List.of(targetNode)).get(0);
    int targets = target.size();
    checkForce("bottom-up input", targets, true, up, this::bottomUp);
    if (!connection.source().input()) {
      checkForce(
          "bottom-up input at the positions found",
          targets,
          true,
          up,
          (base, out) -> connection.bottomUpFrozen(kernels, source, base, out, memory, 0, samples));
      Node down = tape.gradient(feedback, List.of(sourceNode)).get(0);
      checkForce(
          "top-down input",
          source.size(),
          false,
          down,
          (base, out) -> connection.topDown(kernels, target, base, out, memory, 0, samples));
      checkAdjoints(up, down);
    }
    checkGradients();
    for (Parameter parameter : connection.parameters()) {
      checkUpdates(parameter);
    }
  }

  private void bottomUp(Rows base, Rows out) {
    connection.bottomUp(kernels, source, base, out, memory, 0, samples);
  }

  /** What the two forces make of a change of the state passes back by their adjoints. */
  private void checkAdjoints(Node up, Node down) {
    Rows v = rows(source.size());
    Rows w = rows(target.size());
    Node back = tape.gradient(tape.sum(tape.mul(up, leaf(w))), List.of(sourceNode)).get(0);
    checkForce(
        "adjoint of bottom-up",
        source.size(),
        false,
        back,
        (base, out) -> connection.bottomUpAdjoint(kernels, w, base, out, memory, 0, samples));
    Node forth = tape.gradient(tape.sum(tape.mul(down, leaf(v))), List.of(targetNode)).get(0);
    checkForce(
        "adjoint of top-down",
        target.size(),
        false,
        forth,
        (base, out) -> connection.topDownAdjoint(kernels, v, base, out, memory, 0, samples));
  }

  /**
   * A force on zeros, on other numbers, and from another base, which stays as it is.
   *
   * @param bias whether the bias, too, is a part of what is derived
   */
  private void checkForce(String what, int units, boolean bias, Node derived, Force force) {
    for (boolean zero : new boolean[] {true, false}) {
      Rows start = zero ? Rows.allocate(samples, units) : rows(units);
      double[] expected = Values.widen(Values.flat(start));
      for (int i = 0; i < expected.length; i++) {
        expected[i] += derived.value()[i];
      }
      Rows base = Rows.allocate(samples, units);
      base.copy(start, 0, samples);
      if (bias) {
        connection.addBias(base, 0, samples);
      }
      Rows out = rows(units);
      out.copy(base, 0, samples);
      force.add(out, out);
      compare(zero ? what : what + " on its own base", Values.flat(out), expected, size);
      float[] before = Values.flat(base);
      out = rows(units);
      force.add(base, out);
      compare(what + " on another base", Values.flat(out), expected, size);
      assertThat(Values.flat(base)).as("base of the " + what).containsExactly(before);
    }
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
      connection.bottomUpGradient(kernels, target, source, memory, samples, 0, tiles, Sink.STORE);
      connection.biasGradient(kernels, target, samples, 0, tiles, Sink.STORE);
      compareAll(learned(targetNode, sourceNode, targetNode, sourceNode));
      return;
    }
    Node targetBefore = leaf(before);
    Node sourceBefore = connection.source().input() ? sourceNode : leaf(beforeSource);
    Memory found = connection.newMemory(samples);
    Rows ignored = Rows.allocate(samples, target.size());
    connection.bottomUp(kernels, beforeSource, ignored, ignored, found, 0, samples);
    Rows up = connection.learnsFromFreeState() ? beforeSource : source;
    Rows change = difference(target, before);
    connection.biasGradient(kernels, change, samples, 0, tiles, Sink.STORE);
    connection.bottomUpGradient(kernels, change, up, found, samples, 0, tiles, Sink.STORE);
    if (!connection.source().input()) {
      Rows moved = difference(source, beforeSource);
      connection.topDownGradient(kernels, before, moved, found, samples, 0, tiles, Sink.STORE);
    }
    Node after = learned(targetNode, sourceNode, targetBefore, sourceBefore);
    compareAll(tape.sub(after, learned(targetBefore, sourceBefore, targetBefore, sourceBefore)));
  }

  private Node learned(Node target, Node source, Node freeTarget, Node freeSource) {
    return connection.learnedPhi(
        tape, target, source, freeTarget, freeSource, freeSource, parameters);
  }

  private Rows difference(Rows after, Rows before) {
    Rows change = Rows.allocate(samples, after.size());
    kernels.difference(1f, after, before, change, 0, samples);
    return change;
  }

  private void compareAll(Node scalar) {
    for (int p = 0; p < parameters.size(); p++) {
      Parameter parameter = connection.parameters().get(p);
      double[] derived = tape.gradient(scalar, List.of(parameters.get(p))).get(0).value();
      compare(parameter.name(), parameter.writeGradient(), derived, size * size);
    }
  }

  /** The gradient added to a parameter, whichever way, has the bits of the gradient added. */
  private void checkUpdates(Parameter parameter) {
    Sink.Axpy sink = new Sink.Axpy(-0.3f);
    float rate = sink.rate();
    int tiles = connection.tiles();
    connection.bottomUpGradient(kernels, target, source, memory, samples, 0, tiles, Sink.STORE);
    connection.biasGradient(kernels, target, samples, 0, tiles, Sink.STORE);
    float[] expected = parameter.write();
    float[] gradient = parameter.writeGradient();
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Math.fma(rate, gradient[i], expected[i]);
    }
    if (connection.hasPhi()) {
      connection.bottomUpGradient(kernels, target, source, memory, samples, 0, tiles, sink);
      connection.biasGradient(kernels, target, samples, 0, tiles, sink);
    } else {
      connection.drain(kernels, 0, tiles, sink);
    }
    assertThat(parameter.write()).as("updated " + parameter.name()).containsExactly(expected);
  }

  private void compare(String what, float[] actual, double[] expected, float unit) {
    // a sum of n products of values in [-2, 2]: at most n roundings of at most 2n
    double terms = 2 + Math.max(samples, Math.max(target.size(), source.size()));
    double bound = terms * terms * 0x1p-24 * unit;
    assertThat(Values.widen(actual)).as(what).containsExactly(expected, within(bound));
  }

  private Node leaf(Rows rows) {
    return tape.leaf(samples, rows.size(), Values.widen(Values.flat(rows)));
  }

  private Rows rows(int units) {
    return Values.rows(samples, units, size, random);
  }
}
