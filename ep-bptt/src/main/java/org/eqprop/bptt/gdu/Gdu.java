package org.eqprop.bptt.gdu;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.bptt.reference.BackpropSteps;
import org.eqprop.bptt.reference.EquilibriumSteps;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.bptt.reference.StepwiseGradient;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;

/**
 * Measures the property of gradient-descending updates (Theorem 1, Eq. 12): runs BPTT and
 * equilibrium propagation side by side from the same free phase and compares them step by step. The
 * parameters' gradients are never kept for more than one step.
 */
public final class Gdu {
  /** What RelMSE is a mean over. */
  public enum Definition {
    /**
     * As in the authors' program: neurons are summed over the batch first, and steps t &lt; n of
     * layer n count as zero; parameters are the batch's.
     */
    PROGRAM("sum over the batch"),
    /** As in the paper's text: each sample alone, then the mean over the samples. */
    PAPER("mean over samples");

    private final String description;

    Definition(String description) {
      this.description = description;
    }

    /** A few words to print beside the figures. */
    public String description() {
      return description;
    }
  }

  /** Sees each step, for plots. */
  @FunctionalInterface
  public interface StepListener {
    /** Called after step {@code t} of both, t = 0, 1, …, in the program's definition. */
    void step(int t, StepwiseGradient backprop, StepwiseGradient equilibrium);
  }

  private Gdu() {}

  /**
   * Compares the first {@code steps} steps.
   *
   * @param free kept at least {@code steps} states before the last
   * @param beta β of the nudged phase
   */
  public static Comparison compare(
      FreePhase free,
      int steps,
      double beta,
      EquilibriumSteps.Estimate estimate,
      Definition definition) {
    if (definition == Definition.PROGRAM) {
      return compare(free, steps, beta, estimate, (t, backprop, equilibrium) -> {});
    }
    List<Comparison> samples = new ArrayList<>();
    for (int row = 0; row < free.problem().batch(); row++) {
      FreePhase sample = free.sample(row);
      Run run = new Run(sample.problem(), false);
      run.compare(new BackpropSteps(sample), new EquilibriumSteps(sample, beta, estimate), steps);
      samples.add(run.result());
    }
    return Comparison.mean(samples);
  }

  /** Compares the first {@code steps} steps in the program's definition. */
  public static Comparison compare(
      FreePhase free,
      int steps,
      double beta,
      EquilibriumSteps.Estimate estimate,
      StepListener listener) {
    Run run = new Run(free.problem(), true);
    run.listener = listener;
    run.compare(new BackpropSteps(free), new EquilibriumSteps(free, beta, estimate), steps);
    return run.result();
  }

  /** The sum over the samples of a layer's values of samples × size. */
  public static double[] sumOverBatch(double[] values, int size) {
    double[] sum = new double[size];
    for (int i = 0; i < values.length; i++) {
      sum[i % size] += values[i];
    }
    return sum;
  }

  /** One comparison on its way. */
  private static final class Run {
    private final Network network;
    private final boolean skipEarly;
    private final List<RelMse> neurons = new ArrayList<>();
    private final List<RelMse> instantaneous = new ArrayList<>();
    private final List<RelMse> cumulated = new ArrayList<>();
    private final List<double[]> backpropTotals = new ArrayList<>();
    private final List<double[]> equilibriumTotals = new ArrayList<>();
    private StepListener listener = (t, backprop, equilibrium) -> {};

    Run(Problem problem, boolean skipEarly) {
      this.network = problem.network();
      this.skipEarly = skipEarly;
      for (Layer layer : network.layers().subList(0, network.depth())) {
        neurons.add(new RelMse(layer.size()));
      }
      for (Parameter parameter : Problem.parameters(network)) {
        int size = parameter.shape().size();
        instantaneous.add(new RelMse(size));
        cumulated.add(new RelMse(size));
        backpropTotals.add(new double[size]);
        equilibriumTotals.add(new double[size]);
      }
    }

    void compare(StepwiseGradient backprop, StepwiseGradient equilibrium, int steps) {
      for (int t = 0; t < steps; t++) {
        backprop.advance();
        equilibrium.advance();
        for (int n = 0; n < neurons.size() && (n <= t || !skipEarly); n++) {
          int size = network.layers().get(n).size();
          double[] a = sumOverBatch(backprop.neuron(n), size);
          neurons.get(n).add(a, sumOverBatch(equilibrium.neuron(n), size));
        }
        for (int p = 0; p < instantaneous.size(); p++) {
          double[] a = backprop.parameter(p);
          double[] b = equilibrium.parameter(p);
          instantaneous.get(p).add(a, b);
          accumulate(a, backpropTotals.get(p));
          accumulate(b, equilibriumTotals.get(p));
          cumulated.get(p).add(backpropTotals.get(p), equilibriumTotals.get(p));
        }
        listener.step(t, backprop, equilibrium);
      }
    }

    private static void accumulate(double[] values, double[] sum) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += values[i];
      }
    }

    Comparison result() {
      List<Comparison.OfLayer> layers = new ArrayList<>();
      for (int n = 0; n < neurons.size(); n++) {
        String name = network.layers().get(n).name();
        layers.add(new Comparison.OfLayer(name, neurons.get(n).mean()));
      }
      List<Comparison.OfParameter> parameters = new ArrayList<>();
      List<Parameter> all = Problem.parameters(network);
      for (int p = 0; p < all.size(); p++) {
        parameters.add(
            new Comparison.OfParameter(
                all.get(p).name(),
                instantaneous.get(p).mean(),
                cumulated.get(p).mean(),
                Agreement.of(backpropTotals.get(p), equilibriumTotals.get(p))));
      }
      return new Comparison(layers, parameters);
    }
  }
}
