package org.eqprop.bptt.reference;

import java.util.List;
import org.eqprop.bptt.tape.Node;
import org.eqprop.bptt.tape.Tape;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;

/** What the connections exert on the units of each layer that follows the dynamics. */
@FunctionalInterface
interface Force {
  /** ∂Φ/∂s, derived by the tape. */
  Force DERIVED =
      (tape, network, u, by, parameters) -> tape.gradient(phi(tape, network, u, parameters), by);

  /**
   * The force on each layer.
   *
   * @param u what each layer feeds, the input last
   * @param by what to differentiate by: each layer's s, or its u where σ′ is left out
   * @param parameters one list a connection
   */
  List<Node> on(
      Tape tape, Network network, List<Node> u, List<Node> by, List<List<Node>> parameters);

  /** Φ = Σ of the connections' terms. */
  static Node phi(Tape tape, Network network, List<Node> u, List<List<Node>> parameters) {
    Node sum = tape.constant(0, 1, 1);
    for (int c = 0; c < network.connections().size(); c++) {
      sum = tape.add(sum, phi(tape, network.connections().get(c), u, parameters.get(c)));
    }
    return sum;
  }

  /**
   * Φ with the positions that connections found in another state.
   *
   * @param before what each layer fed then, the input last
   */
  static Node phi(
      Tape tape, Network network, List<Node> u, List<Node> before, List<List<Node>> parameters) {
    Node sum = tape.constant(0, 1, 1);
    for (int c = 0; c < network.connections().size(); c++) {
      Connection connection = network.connections().get(c);
      int source = connection.source().index();
      Node target = u.get(connection.target().index());
      Node term =
          connection.phi(tape, target, u.get(source), before.get(source), parameters.get(c));
      sum = tape.add(sum, term);
    }
    return sum;
  }

  /** One connection's term of Φ. */
  static Node phi(Tape tape, Connection connection, List<Node> u, List<Node> parameters) {
    Node target = u.get(connection.target().index());
    return connection.phi(tape, target, u.get(connection.source().index()), parameters);
  }
}
