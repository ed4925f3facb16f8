package org.eqprop.bptt.reference;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.bptt.tape.Node;
import org.eqprop.bptt.tape.Tape;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;

/** What the connections exert on the units of each layer that follows the dynamics. */
@FunctionalInterface
interface Force {
  /**
   * ∂Φ/∂s, derived by the tape. A connection without Φ exerts ∂/∂s_target of the scalar for its
   * target and ∂/∂s_source of the one for its source.
   */
  Force DERIVED =
      (tape, network, u, by, parameters) -> {
        Node sum = tape.constant(0, 1, 1);
        for (int c = 0; c < network.connections().size(); c++) {
          Connection connection = network.connections().get(c);
          if (connection.hasPhi()) {
            sum = tape.add(sum, phi(tape, connection, u, parameters.get(c)));
          }
        }
        List<Node> forces = new ArrayList<>(tape.gradient(sum, by));
        for (int c = 0; c < network.connections().size(); c++) {
          Connection connection = network.connections().get(c);
          if (!connection.hasPhi()) {
            addBothEnds(tape, connection, u, by, parameters.get(c), forces);
          }
        }
        return forces;
      };

  /**
   * The force on each layer.
   *
   * @param u what each layer feeds, the input last
   * @param by what to differentiate by: each layer's s, or its u where σ′ is left out
   * @param parameters one list a connection
   */
  List<Node> on(
      Tape tape, Network network, List<Node> u, List<Node> by, List<List<Node>> parameters);

  private static void addBothEnds(
      Tape tape,
      Connection connection,
      List<Node> u,
      List<Node> by,
      List<Node> parameters,
      List<Node> forces) {
    int target = connection.target().index();
    int source = connection.source().index();
    Node up = phi(tape, connection, u, parameters);
    Node pull = tape.gradient(up, List.of(by.get(target))).get(0);
    forces.set(target, tape.add(forces.get(target), pull));
    Node down =
        connection.feedbackPhi(tape, u.get(target), u.get(source), u.get(source), parameters);
    Node push = tape.gradient(down, List.of(by.get(source))).get(0);
    forces.set(source, tape.add(forces.get(source), push));
  }

  /**
   * The scalar whose derivative by the parameters is learned: Φ where there is one.
   *
   * @param free what each layer fed in the steady state of the free phase, the input last
   * @param before what each layer fed when connections found their positions, the input last
   */
  static Node learned(
      Tape tape,
      Network network,
      List<Node> u,
      List<Node> free,
      List<Node> before,
      List<List<Node>> parameters) {
    Node sum = tape.constant(0, 1, 1);
    for (int c = 0; c < network.connections().size(); c++) {
      Connection connection = network.connections().get(c);
      int target = connection.target().index();
      int source = connection.source().index();
      Node term =
          connection.learnedPhi(
              tape,
              u.get(target),
              u.get(source),
              free.get(target),
              free.get(source),
              before.get(source),
              parameters.get(c));
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
