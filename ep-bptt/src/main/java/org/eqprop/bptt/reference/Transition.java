package org.eqprop.bptt.reference;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.bptt.tape.Node;
import org.eqprop.bptt.tape.Tape;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;

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
  private final List<Node> parameters = new ArrayList<>();
  private final List<Node> cotangents = new ArrayList<>();
  private final Node beta = tape.leaf(1, 1);
  private final Node loss;
  private final List<Node> next;
  private final List<Node> phiByParameters;
  private final List<Node> backToState;
  private final List<Node> backToParameters;
  private final List<Node> lossByState;

  /** The graph of a problem, in the state zero, without nudge. */
  public Transition(Problem problem) {
    Network network = problem.network();
    int batch = problem.batch();
    List<Node> u = new ArrayList<>();
    for (Layer layer : network.layers()) {
      Node state = tape.leaf(batch, layer.size());
      if (layer.input()) {
        state.set(problem.x());
      } else {
        s.add(state);
        cotangents.add(tape.leaf(batch, layer.size()));
      }
      boolean feed = network.dynamics().separateFeed();
      u.add(feed ? tape.activate(layer.activation(), state) : state);
    }
    List<List<Node>> perConnection = parameterLeaves(problem);
    Node error = tape.sub(s.get(0), tape.leaf(batch, network.output().size(), problem.y()));
    loss = tape.scale(0.5 / batch, tape.sum(tape.mul(error, error)));
    lossByState = tape.gradient(loss, s);
    Node pull = tape.scale(-batch, lossByState.get(0));
    Node nudge = tape.mul(tape.fill(beta, pull.rows(), pull.columns()), pull);
    next = step(problem, u, perConnection, nudge);
    phiByParameters = tape.gradient(Force.phi(tape, network, u, perConnection), parameters);
    Node product = tape.constant(0, 1, 1);
    for (int n = 0; n < s.size(); n++) {
      product = tape.add(product, tape.sum(tape.mul(next.get(n), cotangents.get(n))));
    }
    backToState = tape.gradient(product, s);
    backToParameters = tape.gradient(product, parameters);
  }

  private List<List<Node>> parameterLeaves(Problem problem) {
    List<List<Node>> perConnection = new ArrayList<>();
    for (Connection connection : problem.network().connections()) {
      List<Node> own = new ArrayList<>();
      for (Parameter parameter : connection.parameters()) {
        double[] values = problem.parameters().get(parameters.size());
        int rows = Problem.rows(parameter.shape());
        Node leaf = tape.leaf(rows, values.length / rows, values);
        parameters.add(leaf);
        own.add(leaf);
      }
      perConnection.add(own);
    }
    return perConnection;
  }

  private List<Node> step(
      Problem problem, List<Node> u, List<List<Node>> perConnection, Node nudge) {
    Network network = problem.network();
    List<Node> by = new ArrayList<>(s);
    if (network.dynamics() instanceof EnergyBased energy && energy.linearOutput()) {
      by.set(0, u.get(0));
    }
    List<Node> force = problem.force().on(tape, network, u, by, perConnection);
    List<Node> result = new ArrayList<>();
    for (int n = 0; n < s.size(); n++) {
      Node pull = n == 0 ? nudge : tape.constant(0, nudge.rows(), s.get(n).columns());
      Layer layer = network.layers().get(n);
      result.add(
          switch (network.dynamics()) {
            case EnergyBased energy -> step(energy, s.get(n), force.get(n), pull);
            case Prototypical prototypical ->
                step(prototypical, layer, s.get(n), force.get(n), pull);
          });
    }
    return result;
  }

  private Node step(EnergyBased energy, Node state, Node force, Node nudge) {
    Node stepped = mix(energy.epsilon(), state, tape.add(force, nudge));
    return energy.clamp() ? tape.clip(stepped) : stepped;
  }

  private Node step(Prototypical prototypical, Layer layer, Node state, Node force, Node nudge) {
    double epsilon = prototypical.epsilon();
    return switch (prototypical.nudge()) {
      case INSIDE -> mix(epsilon, state, tape.activate(layer.activation(), tape.add(force, nudge)));
      case OUTSIDE ->
          mix(epsilon, state, tape.add(tape.activate(layer.activation(), force), nudge));
    };
  }

  /** (1−ε)·s + ε·aim. */
  private Node mix(double epsilon, Node state, Node aim) {
    return tape.add(tape.scale(1 - epsilon, state), tape.scale(epsilon, aim));
  }

  /**
   * Sets state and nudge.
   *
   * @param state copied
   * @param strength β, of either sign; 0 in the free phase
   */
  public void set(List<double[]> state, double strength) {
    for (int n = 0; n < s.size(); n++) {
      s.get(n).set(state.get(n));
    }
    beta.set(strength);
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
      changed |= s.get(n).set(stepped.get(n));
    }
    return changed;
  }

  /** The state, copied. */
  public List<double[]> state() {
    return s.stream().map(node -> node.value().clone()).toList();
  }

  /** L = (1/2B) Σ‖s⁰ − y‖² of the state. */
  public double loss() {
    return loss.scalar();
  }

  /** ∂L/∂s at the state; valid until the state changes. */
  List<double[]> lossByState() {
    return values(lossByState);
  }

  /**
   * ∂Φ/∂θ at the state, summed over the samples, in the order of {@link Problem#parameters}; valid
   * until the state changes.
   */
  public List<double[]> phiByParameters() {
    return values(phiByParameters);
  }

  /** Sets the vector v of {@link #backToState} and {@link #backToParameters}. */
  void setCotangent(List<double[]> v) {
    for (int n = 0; n < s.size(); n++) {
      cotangents.get(n).set(v.get(n));
    }
  }

  /** (∂F/∂s)ᵀ·v at the state; valid until state or v change. */
  List<double[]> backToState() {
    return values(backToState);
  }

  /** (∂F/∂θ)ᵀ·v at the state; valid until state or v change. */
  List<double[]> backToParameters() {
    return values(backToParameters);
  }

  private static List<double[]> values(List<Node> nodes) {
    return nodes.stream().map(Node::value).toList();
  }
}
