package org.eqprop.bptt.gdu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eqprop.bptt.reference.EquilibriumSteps;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.bptt.reference.StepwiseGradient;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.tensor.Rows;

/**
 * Equilibrium propagation's nudged phase step by step with the kernels that train, in float32:
 * states, and weight updates as differences of two states, as {@link
 * org.eqprop.core.learn.EquilibriumPropagation} takes them between s* and s^β.
 */
public final class Float32Steps implements StepwiseGradient {
  private final Network network;
  private final Kernels kernels;
  private final int count;
  private final Relaxation relaxation;
  private final Rows y;
  private final List<Branch> branches = new ArrayList<>();
  private final List<Rows> change = new ArrayList<>();
  private final List<double[]> neurons = new ArrayList<>();
  private final List<double[]> parameters = new ArrayList<>();

  /** One nudged phase before and after its last step; its share of the gradient is weight · Δ. */
  private record Branch(State before, State after, float beta, float weight) {}

  /**
   * The nudged phase or phases from the end of {@code free}.
   *
   * @param network with the parameters of the free phase; its gradients are overwritten
   * @param kernels the kernels to calculate with
   * @param free the free phase that it starts from
   * @param beta β
   * @param estimate how nudged phases give the gradient
   */
  public Float32Steps(
      Network network,
      Kernels kernels,
      FreePhase free,
      double beta,
      EquilibriumSteps.Estimate estimate) {
    this.network = network;
    this.kernels = kernels;
    this.count = free.problem().batch();
    this.relaxation = new Relaxation(network, kernels, count);
    this.y = Rows.allocate(count, network.output().size());
    fill(free.problem().y(), y);
    float weight = (float) (-1 / (beta * count));
    if (estimate == EquilibriumSteps.Estimate.CENTERED) {
      branches.add(branch(free, (float) beta, weight / 2));
      branches.add(branch(free, (float) -beta, -weight / 2));
    } else {
      branches.add(branch(free, (float) beta, weight));
    }
    for (Layer layer : network.layers().subList(0, network.depth())) {
      change.add(Rows.allocate(count, layer.size()));
      neurons.add(new double[count * layer.size()]);
    }
    for (Parameter parameter : Problem.parameters(network)) {
      parameters.add(new double[parameter.shape().size()]);
    }
  }

  private Branch branch(FreePhase free, float beta, float weight) {
    State state = relaxation.newState();
    fill(free.problem().x(), relaxation.x());
    relaxation.clamp(state, 0, count);
    // so that connections remember what the last free step found
    set(state, free.states().get(free.states().size() - 2));
    relaxation.gather(state, 0, count);
    set(state, free.end());
    return new Branch(relaxation.newState(), state, beta, weight);
  }

  private void set(State state, List<double[]> values) {
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      fill(values.get(n), state.s(layer));
      if (network.dynamics().separateFeed()) {
        network.dynamics().feed(kernels, layer, state.s(layer), state.u(layer), 0, count);
      }
    }
  }

  /**
   * Copies samples × size values into rows.
   *
   * @param values row-major
   * @param rows filled
   */
  public static void fill(double[] values, Rows rows) {
    for (int i = 0; i < values.length; i++) {
      rows.set(i / rows.size(), i % rows.size(), (float) values[i]);
    }
  }

  @Override
  public void advance() {
    neurons.forEach(values -> Arrays.fill(values, 0));
    parameters.forEach(values -> Arrays.fill(values, 0));
    for (Branch branch : branches) {
      branch.before.copy(branch.after, 0, count);
      relaxation.nudgedStep(branch.after, branch.beta, y, 0, count);
      addNeurons(branch);
      addParameters(branch);
    }
  }

  private void addNeurons(Branch branch) {
    float weight = (float) (branch.weight / network.dynamics().epsilon());
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      Rows moved = change.get(n);
      kernels.difference(weight, branch.after.s(layer), branch.before.s(layer), moved, 0, count);
      double[] sum = neurons.get(n);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += moved.get(i / moved.size(), i % moved.size());
      }
    }
  }

  private void addParameters(Branch branch) {
    int p = 0;
    for (int c = 0; c < network.connections().size(); c++) {
      Connection connection = network.connections().get(c);
      Layer target = connection.target();
      Rows moved = change.get(target.index());
      kernels.difference(
          branch.weight, branch.after.u(target), branch.before.u(target), moved, 0, count);
      connection.biasGradient(kernels, moved, count, 0, connection.tiles(), Sink.STORE);
      if (connection.remembers()) {
        takeBoth(branch, connection, c);
      } else {
        takeDifference(branch, connection, c);
      }
      for (Parameter parameter : connection.parameters()) {
        float[] gradient = parameter.writeGradient();
        double[] sum = parameters.get(p++);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += gradient[i];
        }
      }
    }
  }

  /** u_t⁺u_s⁺ − u_t u_s = (u_t⁺ − u_t) u_s⁺ + u_t (u_s⁺ − u_s). */
  private void takeDifference(Branch branch, Connection connection, int c) {
    State after = branch.after;
    State before = branch.before;
    Layer source = connection.source();
    Layer target = connection.target();
    Rows moved = change.get(target.index());
    add(connection, moved, after.u(source), after.memory(c), Sink.STORE);
    if (!source.input()) {
      Rows sourceMoved = change.get(source.index());
      kernels.difference(branch.weight, after.u(source), before.u(source), sourceMoved, 0, count);
      add(connection, before.u(target), sourceMoved, before.memory(c), Sink.ADD);
    }
  }

  /** u_t⁺u_s⁺ − u_t u_s, each product at the positions of its own state. */
  private void takeBoth(Branch branch, Connection connection, int c) {
    State after = branch.after;
    State before = branch.before;
    Layer source = connection.source();
    Layer target = connection.target();
    Rows scaled = change.get(target.index());
    Rows zero = Rows.allocate(count, target.size());
    kernels.difference(branch.weight, after.u(target), zero, scaled, 0, count);
    add(connection, scaled, after.u(source), after.memory(c), Sink.STORE);
    kernels.difference(-branch.weight, before.u(target), zero, scaled, 0, count);
    add(connection, scaled, before.u(source), before.memory(c), Sink.ADD);
  }

  private void add(Connection c, Rows target, Rows source, Memory memory, Sink sink) {
    c.bottomUpGradient(kernels, target, source, memory, count, 0, c.tiles(), sink);
  }

  @Override
  public double[] neuron(int n) {
    return neurons.get(n);
  }

  @Override
  public double[] parameter(int p) {
    return parameters.get(p);
  }
}
