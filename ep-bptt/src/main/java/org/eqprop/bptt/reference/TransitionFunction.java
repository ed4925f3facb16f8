package org.eqprop.bptt.reference;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.bptt.tape.Node;
import org.eqprop.bptt.tape.Tape;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;

/** F(x, s, θ) as an expression of any s and θ, for a problem's x. */
final class TransitionFunction {
  private final Tape tape;
  private final Network network;
  private final Force force;
  private final Node x;

  TransitionFunction(Tape tape, Problem problem) {
    this.tape = tape;
    this.network = problem.network();
    this.force = problem.force();
    this.x = tape.leaf(problem.batch(), network.input().size(), problem.x());
  }

  /** What each layer feeds to its neighbours in state s, the input last. */
  List<Node> feed(List<Node> s) {
    List<Node> u = new ArrayList<>();
    for (Layer layer : network.layers()) {
      Node state = layer.input() ? x : s.get(layer.index());
      boolean separate = network.dynamics().separateFeed();
      u.add(separate ? tape.activate(layer.activation(), state) : state);
    }
    return u;
  }

  /**
   * The scalar whose derivative by θ is learned, in state s: Φ where there is one.
   *
   * @param free the steady state of the free phase
   * @param before the state in which connections found their positions
   */
  Node learned(List<Node> s, List<Node> free, List<Node> before, List<List<Node>> parameters) {
    return Force.learned(tape, network, feed(s), feed(free), feed(before), parameters);
  }

  /**
   * The next state of each layer.
   *
   * @param parameters one list a connection
   * @param nudge β·(y − s⁰)
   */
  List<Node> next(List<Node> s, List<List<Node>> parameters, Node nudge) {
    List<Node> u = feed(s);
    List<Node> by = new ArrayList<>(s);
    if (network.dynamics() instanceof EnergyBased energy && energy.linearOutput()) {
      by.set(0, u.get(0));
    }
    List<Node> pulls = force.on(tape, network, u, by, parameters);
    List<Node> next = new ArrayList<>();
    for (int n = 0; n < s.size(); n++) {
      Node state = s.get(n);
      Node extra = n == 0 ? nudge : tape.constant(0, state.rows(), state.columns());
      next.add(step(network.layers().get(n), state, pulls.get(n), extra));
    }
    return next;
  }

  private Node step(Layer layer, Node s, Node pull, Node nudge) {
    double epsilon = network.dynamics().epsilon();
    return switch (network.dynamics()) {
      case EnergyBased energy -> {
        Node stepped = mix(epsilon, s, tape.add(pull, nudge));
        yield energy.clamp() ? tape.clip(stepped) : stepped;
      }
      case Prototypical prototypical -> {
        boolean inside = prototypical.nudge() == Prototypical.Nudge.INSIDE;
        yield inside
            ? mix(epsilon, s, tape.activate(layer.activation(), tape.add(pull, nudge)))
            : mix(epsilon, s, tape.add(tape.activate(layer.activation(), pull), nudge));
      }
    };
  }

  /** (1−ε)·s + ε·aim. */
  private Node mix(double epsilon, Node s, Node aim) {
    return tape.add(tape.scale(1 - epsilon, s), tape.scale(epsilon, aim));
  }
}
