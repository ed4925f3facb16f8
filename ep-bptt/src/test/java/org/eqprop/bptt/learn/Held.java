package org.eqprop.bptt.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.bptt.reference.Transition;

/** Phases in float64 in which the outputs are held, for comparison. */
final class Held {
  private Held() {}

  /** s* after {@code steps} steps from a state. */
  static List<double[]> free(Problem problem, List<double[]> start, int steps) {
    Transition transition = new Transition(problem);
    transition.set(start, 0);
    for (int t = 0; t < steps; t++) {
      transition.step();
    }
    return transition.state();
  }

  /** The end of {@code steps} steps nudged by β. */
  static List<double[]> nudged(Problem problem, List<double[]> start, double beta, int steps) {
    Transition transition = new Transition(problem);
    transition.set(start, beta);
    for (int t = 0; t < steps; t++) {
      transition.step();
    }
    return transition.state();
  }

  /** The outputs of a state moved by a share of the way to the targets. */
  static double[] towards(Problem problem, List<double[]> state, double share) {
    double[] output = state.get(0).clone();
    for (int i = 0; i < output.length; i++) {
      output[i] += share * (problem.y()[i] - output[i]);
    }
    return output;
  }

  /** The end of {@code steps} steps of all layers but the output, which is held. */
  static List<double[]> held(Problem problem, List<double[]> start, double[] output, int steps) {
    Transition transition = new Transition(problem);
    List<double[]> state = new ArrayList<>(start);
    state.set(0, output);
    for (int t = 0; t < steps; t++) {
      transition.set(state, 0);
      transition.step();
      state = new ArrayList<>(transition.state());
      state.set(0, output);
    }
    return state;
  }

  /** ∂Φ/∂θ in a state, the sum over the samples. */
  static List<double[]> phiByParameters(Problem problem, List<double[]> state) {
    Transition transition = new Transition(problem);
    transition.set(state, 0);
    return transition.phiByParameters().stream().map(double[]::clone).toList();
  }

  /** scale·(∂Φ/∂θ(plus) − ∂Φ/∂θ(minus)). */
  static List<double[]> difference(
      Problem problem, List<double[]> plus, List<double[]> minus, double scale) {
    List<double[]> a = phiByParameters(problem, plus);
    List<double[]> b = phiByParameters(problem, minus);
    List<double[]> all = new ArrayList<>();
    for (int p = 0; p < a.size(); p++) {
      double[] values = new double[a.get(p).length];
      for (int i = 0; i < values.length; i++) {
        values[i] = scale * (a.get(p)[i] - b.get(p)[i]);
      }
      all.add(values);
    }
    return all;
  }

  /** Values times a factor. */
  static List<double[]> times(double factor, List<double[]> values) {
    return values.stream()
        .map(part -> Arrays.stream(part).map(value -> factor * value).toArray())
        .toList();
  }

  /** The norm of all parameters' differences, by the norm of the second. */
  static double distance(List<double[]> one, List<double[]> other) {
    double difference = 0;
    double norm = 0;
    for (int p = 0; p < one.size(); p++) {
      for (int i = 0; i < one.get(p).length; i++) {
        difference += Math.pow(one.get(p)[i] - other.get(p)[i], 2);
        norm += Math.pow(other.get(p)[i], 2);
      }
    }
    return Math.sqrt(difference / norm);
  }

  /** The slope of the logarithms of errors by those of what they depend on. */
  static double slope(double[] x, double[] error) {
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      meanX += Math.log(x[i]) / x.length;
      meanY += Math.log(error[i]) / x.length;
    }
    double above = 0;
    double below = 0;
    for (int i = 0; i < x.length; i++) {
      above += (Math.log(x[i]) - meanX) * (Math.log(error[i]) - meanY);
      below += Math.pow(Math.log(x[i]) - meanX, 2);
    }
    return above / below;
  }
}
