package org.eqprop.examples.gdu;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.eqprop.bptt.reference.EquilibriumSteps;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.settle.Steps;
import org.eqprop.examples.run.Convention;
import org.eqprop.examples.run.ConvolutionType;
import org.eqprop.examples.run.Convolutions;
import org.eqprop.examples.run.EstimateType;
import org.eqprop.examples.run.Names;
import org.eqprop.examples.run.NudgeType;
import org.eqprop.examples.run.OutputType;
import org.eqprop.examples.run.Precision;
import org.eqprop.examples.run.Setting;
import org.eqprop.examples.run.UsageException;

/**
 * Everything that determines a comparison of both gradients.
 *
 * @param network the name of a {@link GduNet}
 * @param convention whose conventions it follows
 * @param setting which of the paper's two settings
 * @param hidden sizes of the fully connected hidden layers, output side first
 * @param convolutions the layers between those and the input
 * @param activation σ
 * @param output how an energy-based output steps, not identity
 * @param nudge outside or inside σ, prototypical only
 * @param epsilon ε
 * @param beta β
 * @param t T, steps of the free phase
 * @param k K, steps of the nudged phase and of BPTT, at most T
 * @param estimate one-sided or centered
 * @param precision the arithmetic
 * @param batch samples of a mini-batch
 * @param batches mini-batches to take the mean over
 * @param seed of weights, samples, and of what is plotted
 * @param data where the samples come from
 */
public record GduSettings(
    String network,
    Convention convention,
    Setting setting,
    List<Integer> hidden,
    @JsonUnwrapped Convolutions convolutions,
    Activation activation,
    OutputType output,
    NudgeType nudge,
    double epsilon,
    double beta,
    int t,
    int k,
    EstimateType estimate,
    Precision precision,
    int batch,
    int batches,
    long seed,
    String data) {

  /** The least β whose effect float64 resolves. */
  private static final double LEAST_BETA = 1e-12;

  /** Units that a hidden layer has at most. */
  private static final int MOST_UNITS = 1_000_000;

  /** Samples of a mini-batch, and mini-batches, at most: what MNIST has. */
  private static final int MOST_SAMPLES = 60_000;

  /**
   * Checked settings.
   *
   * @throws UsageException in one sentence, if a value is out of range
   */
  public GduSettings {
    hidden = List.copyOf(hidden);
    if (output == OutputType.IDENTITY) {
      throw new UsageException("--output is identity; it must be activation or linear here.");
    }
    if (estimate == EstimateType.RANDOM_SIGN) {
      throw new UsageException("--estimate is random-sign; it must be one-sided or centered here.");
    }
    for (int size : hidden) {
      range("hidden", size, MOST_UNITS);
    }
    range("T", t, Steps.MOST);
    range("K", k, Steps.MOST);
    range("batch", batch, MOST_SAMPLES);
    range("batches", batches, MOST_SAMPLES);
    if (k > t) {
      throw new UsageException(
          "-K is "
              + k
              + " and -T "
              + t
              + "; BPTT cannot go back further than the free phase, so make -K smaller or -T"
              + " larger.");
    }
    checkBeta("--beta", beta);
    if (!(epsilon > 0 && epsilon <= 1)) {
      throw new UsageException("--epsilon is " + epsilon + "; it must be above 0 and at most 1.");
    }
    boolean prototypical = setting == Setting.PROTOTYPICAL;
    if (prototypical && output == OutputType.LINEAR) {
      throw new UsageException(
          "Only energy-based networks can have a linear output; leave --output out.");
    }
    if (!prototypical && nudge == NudgeType.INSIDE) {
      throw new UsageException(
          "Only prototypical networks can be nudged inside sigma; leave --nudge out.");
    }
    boolean toy = network.equals(GduNet.TOY.id());
    if (toy && (hidden.size() != 1 || !convolutions.isEmpty())) {
      throw new UsageException(
          "The toy model has one hidden layer and no convolutions; give one size to --hidden, and"
              + " leave --channels and its options out.");
    }
  }

  /**
   * Checks that β can be divided by.
   *
   * @param option that it was given by
   * @throws UsageException if not
   */
  public static void checkBeta(String option, double beta) {
    if (!(beta > 0 && beta < Double.POSITIVE_INFINITY)) {
      throw new UsageException(option + " is " + beta + "; it must be above 0 and finite.");
    }
  }

  /**
   * Checks that the nudge moves states by more than float64 rounds them.
   *
   * @throws UsageException if not
   */
  void requireResolved() {
    if (beta < LEAST_BETA) {
      throw new UsageException(
          "--beta is "
              + beta
              + "; it must be at least 1e-12 here, because a smaller nudge is lost in rounding.");
    }
  }

  private static void range(String name, int value, int most) {
    if (value < 1 || value > most) {
      String range = value < 1 ? "at least 1" : "at most " + most;
      throw new UsageException(Names.option(name) + " is " + value + "; it must be " + range + ".");
    }
  }

  /** The same settings with another ε. */
  GduSettings withEpsilon(double other) {
    return new GduSettings(
        network,
        convention,
        setting,
        hidden,
        convolutions,
        activation,
        output,
        nudge,
        other,
        beta,
        t,
        k,
        estimate,
        precision,
        batch,
        batches,
        seed,
        data);
  }

  /** The network, weights zero. */
  Network network(GduData samples) {
    Activation sigma = activation;
    int classes = samples.classes();
    return network.equals(GduNet.TOY.id())
        ? Network.toy(dynamics(), sigma, classes, hidden.get(0), samples.input().size())
        : convolutions.network(
            dynamics(),
            sigma,
            sigma,
            classes,
            hidden,
            samples.input(),
            ConvolutionType.DIRECT.id());
  }

  private Dynamics dynamics() {
    return setting == Setting.PROTOTYPICAL
        ? new Prototypical(epsilon, nudge.nudge())
        : new EnergyBased(epsilon, false, output == OutputType.LINEAR);
  }

  /** How the nudged phases combine. */
  EquilibriumSteps.Estimate combination() {
    return estimate == EstimateType.CENTERED
        ? EquilibriumSteps.Estimate.CENTERED
        : EquilibriumSteps.Estimate.ONE_SIDED;
  }

  /** Whether the states are those of the kernels that train. */
  @JsonIgnore
  boolean isFloat32() {
    return precision == Precision.FLOAT32;
  }

  /**
   * Whether Δs(t) is compared with a gradient that it does not tend to: nudged inside σ, it tends
   * to that of the layer's input, σ′·∇s(t).
   */
  @JsonIgnore
  boolean nudgesInside() {
    return nudge == NudgeType.INSIDE;
  }
}
