package org.eqprop.bptt.reference;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.bptt.tape.ComplexNode;
import org.eqprop.bptt.tape.Continuation;
import org.eqprop.bptt.tape.Node;
import org.eqprop.bptt.tape.Tape;

/**
 * The nudged transition s ← F(x, s, θ, β) with complex β and s: the expressions of a {@link
 * Transition}, its derivatives of Φ included, continued analytically. What the update refers to as
 * the steady state of the free phase is the {@link Transition}'s.
 */
public final class ComplexTransition {
  private final List<ComplexNode> s = new ArrayList<>();
  private final List<ComplexNode> next = new ArrayList<>();
  private final List<ComplexNode> phiByParameters = new ArrayList<>();
  private final ComplexNode beta;

  ComplexTransition(
      Tape tape, List<Node> state, Node beta, List<Node> next, List<Node> phiByParameters) {
    Continuation continuation = new Continuation(tape);
    state.forEach(layer -> s.add(continuation.variable(layer)));
    this.beta = continuation.variable(beta);
    next.forEach(layer -> this.next.add(continuation.of(layer)));
    phiByParameters.forEach(values -> this.phiByParameters.add(continuation.of(values)));
  }

  /**
   * Sets a real state and a nudge.
   *
   * @param state copied
   * @param re the real part of β
   * @param im the imaginary part of β
   */
  public void set(List<double[]> state, double re, double im) {
    for (int n = 0; n < s.size(); n++) {
      s.get(n).re().set(state.get(n));
      s.get(n).im().set(new double[state.get(n).length]);
    }
    beta.re().set(re);
    beta.im().set(im);
  }

  /**
   * One step of all layers together.
   *
   * @return the largest change of a part of a unit; NaN if a unit is no number any more
   */
  public double step() {
    List<double[]> re = next.stream().map(layer -> layer.re().value().clone()).toList();
    List<double[]> im = next.stream().map(layer -> layer.im().value().clone()).toList();
    double largest = 0;
    for (int n = 0; n < s.size(); n++) {
      largest = Math.max(largest, set(s.get(n).re(), re.get(n)));
      largest = Math.max(largest, set(s.get(n).im(), im.get(n)));
    }
    return largest;
  }

  private static double set(Node leaf, double[] values) {
    double[] before = leaf.value();
    double largest = 0;
    for (int i = 0; i < values.length; i++) {
      largest = Math.max(largest, Math.abs(values[i] - before[i]));
    }
    leaf.set(values);
    return largest;
  }

  /** {@return the state's real part, copied} */
  public List<double[]> re() {
    return s.stream().map(layer -> layer.re().value().clone()).toList();
  }

  /** {@return the state's imaginary part, copied} */
  public List<double[]> im() {
    return s.stream().map(layer -> layer.im().value().clone()).toList();
  }

  /** {@return the real part of ∂Φ/∂θ at the state; valid until the state changes} */
  public List<double[]> phiByParametersRe() {
    return phiByParameters.stream().map(values -> values.re().value()).toList();
  }

  /** {@return the imaginary part of ∂Φ/∂θ at the state; valid until the state changes} */
  public List<double[]> phiByParametersIm() {
    return phiByParameters.stream().map(values -> values.im().value()).toList();
  }
}
