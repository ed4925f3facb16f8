package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eqprop.core.internal.machine.Float32;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.learn.LearningRates;
import org.eqprop.core.learn.Optimizer;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Steps;
import org.eqprop.core.tensor.Shape;

/**
 * Everything that determines the result of a training run, resolved: what a run folder keeps in
 * {@code config.json}. The number of threads is not in it because the result does not depend on it.
 *
 * @param preset the preset it started from
 * @param convention whose conventions the preset follows
 * @param method the method's name, or several with commas between them, compared; {@code both} for
 *     ep and bptt
 * @param setting which of the paper's two settings
 * @param hidden sizes of the fully connected hidden layers, output side first
 * @param convolutions the layers between those and the input
 * @param graph layers and connections from a file, in place of both; or none
 * @param settlingMode exact or fast
 * @param activation σ
 * @param output how the output layer steps
 * @param nudge outside or inside σ, prototypical only
 * @param clamp whether energy-based states are clipped to [0, 1]
 * @param epsilon ε
 * @param t T, steps of the free phase
 * @param k K, steps of the nudged phase, or that BPTT goes back
 * @param beta β
 * @param estimate how nudged phases combine
 * @param start where the free phase of each training sample starts
 * @param initialWeights what the weights start from
 * @param epochs passes over the training set
 * @param batch samples an update
 * @param lr learning rates, output side first
 * @param cost what learning makes small; with cross-entropy a read-out of the last hidden layer
 *     takes the place of the output, and the first of the learning rates is its own
 * @param updates how gradients become updates
 * @param rates how the learning rates change over the epochs
 * @param untied whether the connections have weights of their own in each direction
 * @param seed of initial weights, order and sign
 * @param data name or folder of the data set
 * @param limit first so many training samples, 0 for all
 * @param validation training samples held out to measure on instead of the test set, 0 for none
 * @param trackGradient updates from one look at the gradient's quality to the next, 0 for none
 * @param keeping when the training ends early, and which models it keeps
 * @param source what is known about the data beside its name
 */
@JsonPropertyOrder({"preset", "convention", "method", "data"})
public record Config(
    String preset,
    Convention convention,
    String method,
    Setting setting,
    List<Integer> hidden,
    @JsonUnwrapped Convolutions convolutions,
    @JsonUnwrapped Graph graph,
    @JsonUnwrapped Mode settlingMode,
    Activation activation,
    OutputType output,
    NudgeType nudge,
    boolean clamp,
    double epsilon,
    int t,
    int k,
    double beta,
    EstimateType estimate,
    StartType start,
    @JsonUnwrapped InitialWeights initialWeights,
    int epochs,
    int batch,
    List<Double> lr,
    CostType cost,
    @JsonUnwrapped OptimizerSettings updates,
    @JsonUnwrapped RateSettings rates,
    UntiedRule untied,
    long seed,
    String data,
    int limit,
    int validation,
    @JsonProperty("track-gradient") int trackGradient,
    @JsonUnwrapped Keeping keeping,
    @JsonUnwrapped DataSource source) {

  /** The method that trains with each of the two methods that the paper compares. */
  static final String BOTH = "both";

  /** Epochs that a run has at most. */
  static final int MOST_EPOCHS = 1_000_000;

  static final String BPTT = "bptt";

  /**
   * A checked configuration.
   *
   * @throws UsageException in one sentence, if a value is out of range
   */
  public Config {
    hidden = List.copyOf(hidden);
    lr = List.copyOf(lr);
    range("epochs", epochs, MOST_EPOCHS);
    positive("batch", batch);
    range("T", t, Steps.MOST);
    range("K", k, Steps.MOST);
    boolean exact = settlingMode.settling().equals(Settling.EXACT);
    if (k > t && exact && Learners.named(method).contains(BPTT)) {
      throw new UsageException(
          "K is "
              + k
              + "; backpropagation through time goes back at most through the T = "
              + t
              + " steps of the free phase.");
    }
    notNegative("limit", limit);
    notNegative("validation", validation);
    notNegative("track-gradient", trackGradient);
    if (keeping.patience() > 0 && validation == 0) {
      throw new UsageException(
          "patience is "
              + keeping.patience()
              + ", but no samples are held out to tell whether the error still falls; give"
              + " --validation.");
    }
    if (graph.isEmpty() && hiddenLayers(hidden, convolutions) == 0) {
      throw new UsageException("hidden is empty; give the size of at least one hidden layer.");
    }
    for (int size : hidden) {
      positive("hidden", size);
    }
    if (!((float) beta > 0 && (float) beta < Float.POSITIVE_INFINITY)) {
      throw new UsageException("beta is " + beta + "; it must be above 0 and finite.");
    }
    if ((float) beta < Float.MIN_NORMAL) {
      throw new UsageException(
          "beta is " + beta + ", too small for float32 to divide by; make it larger.");
    }
    if (!((float) epsilon > 0 && epsilon <= 1)) {
      throw new UsageException("epsilon is " + epsilon + "; it must be above 0 and at most 1.");
    }
    if (cost == CostType.CROSS_ENTROPY && output != OutputType.ACTIVATION) {
      throw new UsageException(
          "output is "
              + output
              + ", but with cross-entropy there is no output layer; leave it out, or choose the"
              + " cost squared-error.");
    }
    int layers = hiddenLayers(hidden, convolutions);
    if (!graph.isEmpty()) {
      graph.check(cost, output, lr.size());
    } else if (lr.size() != layers + 1) {
      throw new UsageException(
          "lr has "
              + lr.size()
              + (lr.size() == 1 ? " learning rate, but " : " learning rates, but ")
              + layers
              + (layers == 1 ? " hidden layer needs " : " hidden layers need ")
              + (layers + 1)
              + ": one for each connection, output side first.");
    }
    initialWeights.checkCount(lr.size());
    for (double rate : lr) {
      if (!(rate >= 0 && (float) rate < Float.POSITIVE_INFINITY)) {
        throw new UsageException("lr has " + rate + "; rates must be at least 0 and finite.");
      }
      if (rate > 0 && (float) rate == 0) {
        throw new UsageException(
            "lr has " + Float32.text(rate) + "; write 0 if that is meant, or a larger rate.");
      }
    }
  }

  private static int hiddenLayers(List<Integer> hidden, Convolutions convolutions) {
    return hidden.size() + convolutions.channels().size();
  }

  static void positive(String name, int value) {
    if (value < 1) {
      throw new UsageException(name + " is " + value + "; it must be at least 1.");
    }
  }

  /** Checks that a value is from 1 to {@code most}. */
  static void range(String name, int value, int most) {
    if (value < 1 || value > most) {
      String range = value < 1 ? "at least 1" : "at most " + most;
      throw new UsageException(name + " is " + value + "; it must be " + range + ".");
    }
  }

  static void notNegative(String name, int value) {
    if (value < 0) {
      throw new UsageException(name + " is " + value + "; it must not be negative.");
    }
  }

  static void oneOf(String name, String value, List<String> values) {
    if (!values.contains(value)) {
      throw new UsageException(
          "'"
              + value
              + "' is no value of "
              + name
              + "; choose one of "
              + String.join(", ", values)
              + "."
              + Names.suggestion(value, values));
    }
  }

  /** The hidden layers for people: {@code hidden [512]}. */
  public String layers() {
    if (!graph.isEmpty()) {
      return graph.description();
    }
    String full = "hidden " + hidden;
    String maps = convolutions.description();
    return convolutions.isEmpty() ? full : hidden.isEmpty() ? maps : full + ", " + maps;
  }

  /** The methods that are trained with, one after the other. */
  public List<String> methods() {
    return Learners.named(method);
  }

  /** The same configuration with another seed. */
  Config withSeed(long other) {
    return Configs.with(this, "seed", other);
  }

  /** The same configuration with another method. */
  Config withMethod(String other) {
    return Configs.with(this, "method", other);
  }

  /** The same configuration with another number of epochs. */
  Config withEpochs(int other) {
    return Configs.with(this, "epochs", other);
  }

  /** The same configuration with data that has another name. */
  Config withData(String other) {
    return Configs.with(this, "data", other);
  }

  /** The same configuration with something else known about the data. */
  Config withSource(DataSource other) {
    return Configs.withAll(this, other);
  }

  /** What the error is measured on beside the training samples. */
  public Measured measured() {
    return validation == 0 ? Measured.TEST : Measured.VALIDATION;
  }

  /** What is trained: the network of a file by its name, or the preset's. */
  public String title() {
    return graph.isEmpty() ? preset : graph.network();
  }

  /** What is trained and its data for people: {@code p-1h on mnist, limit 1000}. */
  public String subject() {
    return title() + " on " + data + (limit == 0 ? "" : ", limit " + limit);
  }

  /** The setting in which the network steps. */
  public Dynamics dynamics() {
    return setting == Setting.ENERGY_BASED
        ? new EnergyBased(epsilon, clamp, output == OutputType.LINEAR)
        : new Prototypical(epsilon, nudge.nudge());
  }

  /**
   * The network, weights zero, for inputs of the given shape.
   *
   * @throws UsageException if its convolutions do not fit the input, or it is too large for arrays
   */
  public Network network(Shape input, int classes) {
    Activation sigma = activation;
    Activation last = output == OutputType.IDENTITY ? Activation.IDENTITY : sigma;
    Wiring wiring = new Wiring(dynamics(), cost, untied);
    String algorithm = settlingMode.convolution().id();
    if (!graph.isEmpty()) {
      return new GraphNetwork(graph, wiring, input, classes)
          .network(classes, last, sigma, algorithm);
    }
    return convolutions.network(wiring, last, sigma, classes, hidden, input, algorithm);
  }

  /** Says of each convolution whose windows do not divide its map what happens to the border. */
  public List<String> borders(Shape input, int classes) {
    return graph.isEmpty()
        ? convolutions.borders(input)
        : new GraphNetwork(graph, new Wiring(dynamics(), cost, untied), input, classes).borders();
  }

  /**
   * The optimizer with its learning rates, those of the connections first, output side first, as
   * the library has them.
   *
   * @param updatesPerEpoch at least 1
   */
  Optimizer optimizer(int updatesPerEpoch) {
    List<Double> ordered = new ArrayList<>(lr);
    if (cost == CostType.CROSS_ENTROPY) {
      Collections.rotate(ordered, -1);
    }
    double[] base = ordered.stream().mapToDouble(Double::doubleValue).toArray();
    return updates.optimizer(new LearningRates(rates.schedule(), updatesPerEpoch, base));
  }

  /** The same configuration with the digest of the model that it starts from, if there is one. */
  Config withStart() {
    InitialWeights found = initialWeights.found();
    return found.equals(initialWeights) ? this : Configs.withAll(this, found);
  }

  /** Sets the weights that a training starts from. */
  void initialise(Network network, Kernels kernels) {
    initialWeights.initialise(network, seed, kernels);
  }

  /** The phases of the estimator. */
  public Phases phases() {
    return new Phases(t, k, beta, estimate.estimate(), seed, settlingMode.settling());
  }
}
