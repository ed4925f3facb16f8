package org.eqprop.bptt.replay;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.bptt.gdu.Gdu;
import org.eqprop.bptt.gdu.RelMse;
import org.eqprop.bptt.reference.BackpropSteps;
import org.eqprop.bptt.reference.EquilibriumSteps;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.bptt.reference.Transition;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.store.Safetensors;

/**
 * Computes in float64 everything that a {@link ReferenceFile} has recorded, from Φ and the cost,
 * and compares it tensor by tensor.
 *
 * <p>The program's fully connected BPTT goes back K + 1 steps, but records K rows: those of the
 * last K steps, which the additional one does not change. So K steps reproduce the files.
 */
public final class Replay {
  private final ReferenceFile file;
  private final Safetensors tensors;
  private final Network network;
  private final Problem problem;
  private final int steps;
  private final Differences differences = new Differences();

  private Replay(ReferenceFile file) {
    this.file = file;
    this.tensors = file.tensors();
    this.network = file.network();
    this.problem = file.problem();
    this.steps = file.nudgedSteps();
  }

  /**
   * Replays a file.
   *
   * @param file a recorded trajectory
   * @return the differences
   * @throws IllegalArgumentException in one sentence, if it cannot be replayed: see {@link
   *     Coverage#of}
   */
  public static Differences run(ReferenceFile file) {
    Coverage.of(file);
    Replay replay = new Replay(file);
    replay.freeStates();
    FreePhase free = FreePhase.run(replay.problem, file.freeSteps(), replay.steps);
    replay.gradients(free);
    return replay.differences;
  }

  private void freeStates() {
    Transition transition = new Transition(problem);
    for (int t = 1; t <= file.freeSteps(); t++) {
      transition.step();
      compareStates(Group.FREE_STATES, "free.t" + t + ".", transition.state());
    }
  }

  private void compareStates(Group group, String prefix, List<double[]> state) {
    for (int n = 0; n < network.depth(); n++) {
      compare(group, prefix + network.layers().get(n).name(), state.get(n));
    }
  }

  private void compare(Group group, String name, double[] actual) {
    if (tensors.names().contains(name)) {
      differences.compare(group, name, tensors.doubles(name), actual);
    }
  }

  private void gradients(FreePhase free) {
    BackpropSteps backprop = new BackpropSteps(free);
    EquilibriumSteps equilibrium =
        new EquilibriumSteps(free, file.beta(), EquilibriumSteps.Estimate.ONE_SIDED);
    List<Recording> neurons = new ArrayList<>();
    for (Layer layer : network.layers().subList(0, network.depth())) {
      neurons.add(new Recording(layer.size(), steps));
    }
    List<Recording> weights = new ArrayList<>();
    List<Parameter> parameters = Problem.parameters(network);
    for (Parameter parameter : parameters) {
      weights.add(new Recording(parameter.shape().size(), steps));
    }
    for (int t = 0; t < steps; t++) {
      backprop.advance();
      equilibrium.advance();
      compareStates(Group.NUDGED_STATES, "nudged.t" + (t + 1) + ".", equilibrium.state());
      for (int n = 0; n <= Math.min(t, network.depth() - 1); n++) {
        int size = network.layers().get(n).size();
        neurons
            .get(n)
            .record(
                t,
                Gdu.sumOverBatch(backprop.neuron(n), size),
                Gdu.sumOverBatch(moved(equilibrium, n), size));
      }
      for (int p = 0; p < parameters.size(); p++) {
        weights.get(p).accumulate(t, backprop.parameter(p), equilibrium.parameter(p));
      }
    }
    compareRecordings(neurons, weights, parameters);
  }

  /** −Δs, which the program sets to zero where a clamped state has arrived at a bound. */
  private double[] moved(EquilibriumSteps equilibrium, int n) {
    double[] neuron = equilibrium.neuron(n).clone();
    if (network.dynamics() instanceof EnergyBased energy && energy.clamp()) {
      double[] state = equilibrium.state().get(n);
      for (int i = 0; i < neuron.length; i++) {
        if (state[i] == 0 || state[i] == 1) {
          neuron[i] = 0;
        }
      }
    }
    return neuron;
  }

  private void compareRecordings(
      List<Recording> neurons, List<Recording> weights, List<Parameter> parameters) {
    double[] ofNeurons = new double[neurons.size()];
    for (int n = 0; n < neurons.size(); n++) {
      String name = network.layers().get(n).name();
      compare(Group.BPTT_NEURONS, "bptt.neuron." + name, neurons.get(n).backprop);
      compare(Group.EP_NEURONS, "ep.neuron." + name, neurons.get(n).equilibrium);
      ofNeurons[n] = neurons.get(n).relMse();
    }
    double[] ofWeights = new double[network.connections().size()];
    int connection = 0;
    for (int p = 0; p < parameters.size(); p++) {
      String name = parameters.get(p).name();
      Recording process = weights.get(p);
      compare(Group.BPTT_WEIGHTS, "bptt.cumulative." + name, process.backprop);
      compare(Group.EP_WEIGHTS, "ep.cumulative." + name, process.equilibrium);
      compare(Group.EP_UPDATE, "ep." + name, process.update());
      if (name.startsWith("weight.")) {
        ofWeights[connection++] = process.relMse();
      }
    }
    differences.compare(
        Group.REL_MSE, "relmse.neuron", file.numbers("relmse.neuron", ofNeurons.length), ofNeurons);
    differences.compare(
        Group.REL_MSE, "relmse.weight", file.numbers("relmse.weight", ofWeights.length), ofWeights);
  }

  /** Both gradients of one layer or parameter, a row a step. */
  private static final class Recording {
    private final int size;
    private final int steps;
    private final double[] backprop;
    private final double[] equilibrium;
    private final RelMse relMse;

    Recording(int size, int steps) {
      this.size = size;
      this.steps = steps;
      backprop = new double[steps * size];
      equilibrium = new double[steps * size];
      relMse = new RelMse(size);
    }

    void record(int t, double[] a, double[] b) {
      System.arraycopy(a, 0, backprop, t * size, size);
      System.arraycopy(b, 0, equilibrium, t * size, size);
      relMse.add(a, b);
    }

    void accumulate(int t, double[] a, double[] b) {
      double[] sumA = a.clone();
      double[] sumB = b.clone();
      for (int i = 0; t > 0 && i < size; i++) {
        sumA[i] += backprop[(t - 1) * size + i];
        sumB[i] += equilibrium[(t - 1) * size + i];
      }
      record(t, sumA, sumB);
    }

    /** The direction of descent after all steps. */
    double[] update() {
      double[] last = new double[size];
      for (int i = 0; i < size; i++) {
        last[i] = -equilibrium[(steps - 1) * size + i];
      }
      return last;
    }

    double relMse() {
      return relMse.mean();
    }
  }
}
