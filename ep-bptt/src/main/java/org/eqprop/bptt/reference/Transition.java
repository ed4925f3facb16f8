package org.eqprop.bptt.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eqprop.bptt.tape.Node;
import org.eqprop.bptt.tape.Tape;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Trainable;

/**
 * The transition function s ← F(x, s, θ) (Eq. 1), with nudge as in Eq. 8, as one graph over leaves
 * s, θ and β that is evaluated again and again; and its transposed Jacobians.
 *
 * <ul>
 *   <li>prototypical (Eq. 15): (1−ε)·s + ε·σ(∂Φ/∂s), nudged outside or inside σ
 *   <li>energy-based (Eq. 13): (1−ε)·s + ε·∂Φ(σ(s))/∂s, nudged, then clipped if asked for
 * </ul>
 */
public final class Transition {
  private final Tape tape = new Tape();
  private final List<Node> s = new ArrayList<>();

  /** The state before the last step, where connections found what they remember. */
  private final List<Node> before = new ArrayList<>();

  /** The steady state of the free phase, which updates without Φ refer to. */
  private final List<Node> free = new ArrayList<>();

  private final List<Node> parameters = new ArrayList<>();
  private final List<Node> cotangents = new ArrayList<>();

  /** The vector of {@link #forward}, and what it gives; built when it is first asked for. */
  private final List<Node> tangents = new ArrayList<>();

  private final List<Node> forward = new ArrayList<>();
  private final Node beta = tape.leaf(1, 1);
  private final Node loss;
  private final List<Node> next;
  private final List<Node> phiByParameters;
  private final List<Node> backToState;
  private final List<Node> backToParameters;
  private final List<Node> lossByState;
  private final List<Node> lossByParameters;

  /**
   * The graph of a problem, in the state zero, without nudge.
   *
   * @param problem network, parameters and samples
   */
  public Transition(Problem problem) {
    int batch = problem.batch();
    for (double[] layer : problem.zeroState()) {
      s.add(tape.leaf(batch, layer.length / batch));
      before.add(tape.leaf(batch, layer.length / batch));
      free.add(tape.leaf(batch, layer.length / batch));
      cotangents.add(tape.leaf(batch, layer.length / batch));
    }
    List<List<Node>> perTrainable = parameterLeaves(problem);
    int connections = problem.network().connections().size();
    List<List<Node>> perConnection = perTrainable.subList(0, connections);
    Cost cost = problem.network().cost();
    List<Node> readOut = cost.readOut() == null ? List.of() : perTrainable.get(connections);
    Node y = tape.leaf(batch, cost.classes(), problem.y());
    loss = tape.scale(1.0 / batch, cost.value(tape, s.get(0), y, readOut));
    lossByState = tape.gradient(loss, s);
    lossByParameters = tape.gradient(loss, parameters);
    Node pull = tape.scale(-batch, lossByState.get(0));
    Node nudge = tape.mul(tape.fill(beta, pull.rows(), pull.columns()), pull);
    TransitionFunction function = new TransitionFunction(tape, problem);
    next = function.next(s, perConnection, nudge);
    phiByParameters = tape.gradient(function.learned(s, free, before, perConnection), parameters);
    Node product = tape.constant(0, 1, 1);
    for (int n = 0; n < s.size(); n++) {
      product = tape.add(product, tape.sum(tape.mul(next.get(n), cotangents.get(n))));
    }
    backToState = tape.gradient(product, s);
    backToParameters = tape.gradient(product, parameters);
  }

  private List<List<Node>> parameterLeaves(Problem problem) {
    List<List<Node>> perTrainable = new ArrayList<>();
    for (Trainable trainable : problem.network().trainables()) {
      List<Node> own = new ArrayList<>();
      for (Parameter parameter : trainable.parameters()) {
        double[] values = problem.parameters().get(parameters.size());
        int rows = Problem.rows(parameter.shape());
        Node leaf = tape.leaf(rows, values.length / rows, values);
        parameters.add(leaf);
        own.add(leaf);
      }
      perTrainable.add(own);
    }
    return perTrainable;
  }

  /**
   * Sets state and nudge; connections remember what they find in that state.
   *
   * @param state copied
   * @param strength β, of either sign; 0 in the free phase
   */
  public void set(List<double[]> state, double strength) {
    set(state, state, strength);
  }

  /**
   * Sets state and nudge.
   *
   * @param state copied
   * @param previous the state before it, whose step filled the connections' memories; copied
   * @param strength β, of either sign; 0 in the free phase
   */
  void set(List<double[]> state, List<double[]> previous, double strength) {
    for (int n = 0; n < s.size(); n++) {
      s.get(n).set(state.get(n));
      before.get(n).set(previous.get(n));
    }
    beta.set(strength);
  }

  /**
   * Sets the steady state of the free phase that {@link #phiByParameters} refers to; copied.
   *
   * @param state one array for each layer
   */
  public void setFree(List<double[]> state) {
    for (int n = 0; n < s.size(); n++) {
      free.get(n).set(state.get(n));
    }
  }

  /**
   * One step of all layers together.
   *
   * @return whether anything changed; if not, no further step will change anything
   */
  public boolean step() {
    List<double[]> stepped = values(next);
    boolean changed = false;
    for (int n = 0; n < s.size(); n++) {
      before.get(n).set(s.get(n).value());
      changed |= s.get(n).set(stepped.get(n));
    }
    return changed;
  }

  /** Whether the state has the bits of {@code other}. */
  boolean isIn(List<double[]> other) {
    for (int n = 0; n < s.size(); n++) {
      if (!Arrays.equals(s.get(n).value(), other.get(n))) {
        return false;
      }
    }
    return true;
  }

  /** {@return the state, copied} */
  public List<double[]> state() {
    return s.stream().map(node -> node.value().clone()).toList();
  }

  /** {@return L = (1/B) Σ ℓ(s⁰, y) of the state} */
  public double loss() {
    return loss.scalar();
  }

  /** {@return ∂L/∂s at the state; valid until the state changes} */
  public List<double[]> lossByState() {
    return values(lossByState);
  }

  /**
   * {@return ∂Φ/∂θ at the state (or what takes its place where there is no Φ), with the positions
   * that connections found in the step to it, summed over the samples, in the order of {@link
   * Problem#parameters}; valid until the state changes}
   */
  public List<double[]> phiByParameters() {
    return values(phiByParameters);
  }

  /**
   * Sets the vector v of {@link #backToState} and {@link #backToParameters}.
   *
   * @param v one array for each layer
   */
  public void setCotangent(List<double[]> v) {
    for (int n = 0; n < s.size(); n++) {
      cotangents.get(n).set(v.get(n));
    }
  }

  /**
   * {@return ∂L/∂θ at the state, which only a read-out's parameters have; zero for all others;
   * valid until the state changes}
   */
  public List<double[]> lossByParameters() {
    return values(lossByParameters);
  }

  /** {@return (∂F/∂s)ᵀ·v at the state; valid until state or v change} */
  public List<double[]> backToState() {
    return values(backToState);
  }

  /**
   * {@return (∂F/∂θ)ᵀ·v at the state, summed over the samples, in the order of {@link
   * Problem#parameters}; valid until state or v change}
   */
  public List<double[]> backToParameters() {
    return values(backToParameters);
  }

  /**
   * {@return (∂F/∂s)·v at the state: the derivative by w of v·((∂F/∂s)ᵀ·w)} Valid until the state
   * changes or this is called again.
   *
   * @param v one array for each layer
   */
  public List<double[]> forward(List<double[]> v) {
    if (forward.isEmpty()) {
      Node product = tape.constant(0, 1, 1);
      for (Node back : backToState) {
        Node tangent = tape.leaf(back.rows(), back.columns());
        tangents.add(tangent);
        product = tape.add(product, tape.sum(tape.mul(tangent, back)));
      }
      forward.addAll(tape.gradient(product, cotangents));
    }
    for (int n = 0; n < tangents.size(); n++) {
      tangents.get(n).set(v.get(n));
    }
    return values(forward);
  }

  /**
   * {@return the same transition with a complex β, and so with complex states}
   *
   * @throws IllegalArgumentException in one sentence, if F is not holomorphic: with activations
   *     made of straight lines, clipped states, or max pooling between layers that step
   */
  public ComplexTransition continued() {
    return new ComplexTransition(tape, s, beta, next, phiByParameters);
  }

  private static List<double[]> values(List<Node> nodes) {
    return nodes.stream().map(Node::value).toList();
  }
}
