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

    /** {@return a few words to print beside the figures} */
    public String description() {
      return description;
    }
  }

  /** Sees each step, for plots and progress. */
  @FunctionalInterface
  public interface StepListener {
    /**
     * Called after step {@code t} of both, t = 0, 1, …
     *
     * @param t number of the step, from 0
     * @param backprop gradients of backpropagation through time
     * @param equilibrium updates of equilibrium propagation
     */
    void step(int t, StepwiseGradient backprop, StepwiseGradient equilibrium);
  }

  /** Equilibrium propagation from the end of a free phase, in whatever precision. */
  @FunctionalInterface
  public interface Equilibrium {
    /**
     * {@return the nudged phase or phases from the end of {@code free}}
     *
     * @param free the free phase
     */
    StepwiseGradient from(FreePhase free);
  }

  private Gdu() {}

  /**
   * Compares the first {@code steps} steps in float64.
   *
   * @param free kept at least {@code steps} states before the last
   * @param steps number of steps, from 1 to K
   * @param beta β of the nudged phase
   * @param estimate how nudged phases give the gradient
   * @param definition in which precision and way updates are taken
   * @return the comparison
   */
  public static Comparison compare(
      FreePhase free,
      int steps,
      double beta,
      EquilibriumSteps.Estimate estimate,
      Definition definition) {
    Equilibrium nudged = phase -> new EquilibriumSteps(phase, beta, estimate);
    if (definition == Definition.PROGRAM) {
      return compareBatch(free, steps, nudged, (t, backprop, equilibrium) -> {});
    }
    List<Comparison> samples = new ArrayList<>();
    for (int row = 0; row < free.problem().batch(); row++) {
      samples.add(compareSample(free, row, steps, nudged, (t, backprop, equilibrium) -> {}));
    }
    return Comparison.mean(samples);
  }

  /**
   * Compares the first {@code steps} steps in the program's definition.
   *
   * @param free the free phase
   * @param steps number of steps, from 1 to K
   * @param nudged the nudged phase
   * @param listener is told of each step
   * @return the comparison
   */
  public static Comparison compareBatch(
      FreePhase free, int steps, Equilibrium nudged, StepListener listener) {
    Run run = new Run(free.problem(), true);
    run.compare(new BackpropSteps(free), nudged.from(free), steps, listener);
    return run.result();
  }

  /**
   * Compares the first {@code steps} steps of sample {@code row} alone; the paper's definition is
   * the mean over the samples.
   *
   * @param free the free phase
   * @param row number of the sample, from 0
   * @param steps number of steps, from 1 to K
   * @param nudged the nudged phase
   * @param listener is told of each step
   * @return the comparison
   */
  public static Comparison compareSample(
      FreePhase free, int row, int steps, Equilibrium nudged, StepListener listener) {
    FreePhase sample = free.sample(row);
    Run run = new Run(sample.problem(), false);
    run.compare(new BackpropSteps(sample), nudged.from(sample), steps, listener);
    return run.result();
  }

  /**
   * {@return the sum over the samples of a layer's values of samples × size}
   *
   * @param values samples × size, row-major
   * @param size units of the layer
   */
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
    private final List<Totals> neuronTotals = new ArrayList<>();
    private final List<Totals> parameterTotals = new ArrayList<>();

    Run(Problem problem, boolean skipEarly) {
      this.network = problem.network();
      this.skipEarly = skipEarly;
      for (Layer layer : network.layers().subList(0, network.depth())) {
        neurons.add(new RelMse(layer.size()));
        neuronTotals.add(new Totals(layer.size()));
      }
      for (Parameter parameter : Problem.parameters(network)) {
        int size = parameter.shape().size();
        instantaneous.add(new RelMse(size));
        cumulated.add(new RelMse(size));
        parameterTotals.add(new Totals(size));
      }
    }

    void compare(
        StepwiseGradient backprop, StepwiseGradient equilibrium, int steps, StepListener listener) {
      for (int t = 0; t < steps; t++) {
        backprop.advance();
        equilibrium.advance();
        for (int n = 0; n < neurons.size() && (n <= t || !skipEarly); n++) {
          int size = network.layers().get(n).size();
          double[] a = sumOverBatch(backprop.neuron(n), size);
          double[] b = sumOverBatch(equilibrium.neuron(n), size);
          neurons.get(n).add(a, b);
          neuronTotals.get(n).add(a, b);
        }
        for (int p = 0; p < instantaneous.size(); p++) {
          double[] a = backprop.parameter(p);
          double[] b = equilibrium.parameter(p);
          Totals totals = parameterTotals.get(p);
          instantaneous.get(p).add(a, b);
          totals.add(a, b);
          cumulated.get(p).add(totals.backprop, totals.equilibrium);
        }
        listener.step(t, backprop, equilibrium);
      }
    }

    Comparison result() {
      List<Comparison.OfLayer> layers = new ArrayList<>();
      for (int n = 0; n < neurons.size(); n++) {
        String name = network.layers().get(n).name();
        Agreement total = neuronTotals.get(n).agreement();
        layers.add(new Comparison.OfLayer(name, neurons.get(n).mean(), total));
      }
      List<Comparison.OfParameter> parameters = new ArrayList<>();
      List<Parameter> all = Problem.parameters(network);
      for (int p = 0; p < all.size(); p++) {
        parameters.add(
            new Comparison.OfParameter(
                all.get(p).name(),
                instantaneous.get(p).mean(),
                cumulated.get(p).mean(),
                parameterTotals.get(p).agreement()));
      }
      return new Comparison(layers, parameters);
    }
  }

  /** Sums over the steps. */
  private static final class Totals {
    private final double[] backprop;
    private final double[] equilibrium;

    Totals(int size) {
      backprop = new double[size];
      equilibrium = new double[size];
    }

    void add(double[] a, double[] b) {
      for (int i = 0; i < backprop.length; i++) {
        backprop[i] += a[i];
        equilibrium[i] += b[i];
      }
    }

    Agreement agreement() {
      return Agreement.of(backprop, equilibrium);
    }
  }
}
