package org.eqprop.bptt.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eqprop.bptt.tape.Node;
import org.eqprop.bptt.tape.Tape;
import org.eqprop.core.cost.CrossEntropy;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Trainable;

/** Small networks with random parameters, inputs in [0, 1] and one-hot targets. */
public final class Cases {
  public static final Dynamics ENERGY = new EnergyBased(0.08, false, false);
  public static final Dynamics LINEAR_OUTPUT = new EnergyBased(0.08, false, true);
  public static final Dynamics INSIDE = new Prototypical(1, Prototypical.Nudge.INSIDE);
  public static final Dynamics OUTSIDE = new Prototypical(1, Prototypical.Nudge.OUTSIDE);

  /** Top-down through other weights than bottom-up, random ones of the same size. */
  static final Force UNTIED =
      (tape, network, u, by, parameters) -> {
        Node[] force = new Node[network.depth()];
        for (int c = 0; c < network.connections().size(); c++) {
          Connection connection = network.connections().get(c);
          List<Node> own = parameters.get(c);
          List<Node> other = own.stream().map(p -> random(tape, p)).toList();
          int target = connection.target().index();
          int source = connection.source().index();
          Node up = Force.phi(tape, connection, u, own);
          Node pull = tape.gradient(up, List.of(by.get(target))).get(0);
          force[target] = force[target] == null ? pull : tape.add(force[target], pull);
          if (!connection.source().input()) {
            Node down = Force.phi(tape, connection, u, other);
            Node push = tape.gradient(down, List.of(by.get(source))).get(0);
            force[source] = force[source] == null ? push : tape.add(force[source], push);
          }
        }
        return List.of(force);
      };

  private Cases() {}

  private static Node random(Tape tape, Node like) {
    double bound = 1 / Math.sqrt(like.columns());
    double[] values = new Random(5).doubles(like.size(), -bound, bound).toArray();
    return tape.leaf(like.rows(), like.columns(), values);
  }

  public static Problem toy(Dynamics dynamics) {
    return problem(Network.toy(dynamics, Activation.TANH, 5, 12, 7), 3);
  }

  public static Problem chain(Dynamics dynamics, int... sizes) {
    return problem(Network.chain(dynamics, Activation.TANH, sizes), 3);
  }

  /** A chain with a softmax read-out, a case of {@code classes} classes. */
  public static Problem classified(Dynamics dynamics, int classes, int... sizes) {
    Network network =
        Network.chain(
            dynamics, Activation.TANH, output -> new CrossEntropy(output, classes), sizes);
    return problem(network, 3);
  }

  public static Problem problem(Network network, int batch) {
    Random random = new Random(11);
    Map<String, double[]> parameters = new HashMap<>();
    for (Trainable trainable : network.trainables()) {
      double bound = 1 / Math.sqrt(trainable.fanIn());
      for (Parameter parameter : trainable.parameters()) {
        parameters.put(
            parameter.name(), random.doubles(parameter.shape().size(), -bound, bound).toArray());
      }
    }
    int in = network.input().size();
    int out = network.cost().classes();
    double[] x = random.doubles((long) batch * in).toArray();
    double[] y = new double[batch * out];
    for (int row = 0; row < batch; row++) {
      y[row * out + random.nextInt(out)] = 1;
    }
    return Problem.of(network, parameters::get, x, y);
  }

  /**
   * How far the inputs of all units stay from 0 and 1, where the hard sigmoid has its kinks.
   *
   * @param state in which they are taken
   */
  static double distanceToKink(Problem problem, List<double[]> state) {
    Tape tape = new Tape();
    TransitionFunction function = new TransitionFunction(tape, problem);
    List<Node> s = state.stream().map(v -> leaf(tape, problem.batch(), v)).toList();
    List<List<Node>> parameters = new ArrayList<>();
    int p = 0;
    for (Connection connection : problem.network().connections()) {
      List<Node> own = new ArrayList<>();
      for (Parameter parameter : connection.parameters()) {
        own.add(leaf(tape, Problem.rows(parameter.shape()), problem.parameters().get(p++)));
      }
      parameters.add(own);
    }
    List<Node> inputs = Force.DERIVED.on(tape, problem.network(), function.feed(s), s, parameters);
    return inputs.stream()
        .flatMapToDouble(a -> Arrays.stream(a.value()))
        .map(a -> Math.min(Math.abs(a), Math.abs(a - 1)))
        .min()
        .orElseThrow();
  }

  private static Node leaf(Tape tape, int rows, double[] values) {
    return tape.leaf(rows, values.length / rows, values);
  }
}
