package org.eqprop.core.train;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.eqprop.core.learn.DivergenceException;
import org.eqprop.core.learn.Listener;
import org.eqprop.core.learn.Optimizer;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Steps;
import org.eqprop.core.store.Model;
import org.eqprop.core.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network by equilibrium propagation: from samples to a {@link Model}. It begins with the
 * settings of a network of the paper; each method sets one of them and returns the same object.
 *
 * <p>The same settings and samples give the same weights, bit for bit, on any number of threads.
 * Not thread-safe.
 */
public final class Training {
  private final PaperNet preset;
  private List<Integer> hidden;
  private @Nullable Shape inputShape;
  private @Nullable Network network;
  private @Nullable Optimizer optimizer;
  private @Nullable Settling settling;
  private @Nullable Samples test;
  private int epochs;
  private int batchSize = PaperNet.BATCH;
  private int t;
  private int k;
  private double beta;
  private Phases.Estimate estimate;
  private int threads = Math.min(Runtime.getRuntime().availableProcessors(), Context.MOST_THREADS);
  private long seed = 1;
  private Listener onBatch = (done, batches, totals) -> true;
  private Consumer<EpochSummary> onEpoch = summary -> {};
  private Predicate<EpochSummary> until = summary -> false;

  private Training(PaperNet preset) {
    PaperNet.Training paper = preset.training();
    this.preset = preset;
    this.hidden = preset.hidden();
    this.epochs = paper.epochs();
    this.t = paper.t();
    this.k = paper.k();
    this.beta = paper.beta();
    this.estimate = preset.estimate();
  }

  /**
   * {@return the settings of a network of the paper, and a settling that takes few steps}
   *
   * @param preset a network of the paper
   */
  public static Training of(PaperNet preset) {
    return new Training(preset);
  }

  /**
   * Sizes of the hidden layers, the output side first (default: 512 each).
   *
   * @param sizes as many as the preset has, each at least 1
   * @return this
   * @throws IllegalArgumentException if there is another number of them, or one is below 1
   */
  public Training hidden(int... sizes) {
    if (sizes.length != preset.hidden().size()) {
      throw new IllegalArgumentException(
          preset.id()
              + " has "
              + preset.hidden().size()
              + " fully connected hidden layers, but "
              + sizes.length
              + " sizes are given; take another preset, or give a network of your own.");
    }
    for (int size : sizes) {
      Checks.atLeastOne("The size of a hidden layer", size);
    }
    hidden = IntStream.of(sizes).boxed().toList();
    return this;
  }

  /**
   * Shape of the input, which a network with convolutions must know (default for it: one channel of
   * as many rows as columns). Give it for other networks too if {@code ep} is to read the model:
   * {@code ep} knows images only.
   *
   * @param channels number of channels, at least 1
   * @param height rows, at least 1
   * @param width columns, at least 1
   * @return this
   * @throws IllegalArgumentException if one is below 1
   */
  public Training inputShape(int channels, int height, int width) {
    Checks.atLeastOne("The number of channels", channels);
    Checks.atLeastOne("The height of the input", height);
    Checks.atLeastOne("The width of the input", width);
    inputShape = Shape.of(channels, height, width);
    return this;
  }

  /**
   * Trains this network, from the weights that it has, instead of a new one of the preset's kind.
   * Its layers, setting and cost count; of the preset there remain T, K, β, the epochs and the
   * learning rates. So take a preset of the network's setting, energy-based or prototypical. Each
   * {@link #fit} changes the network, and with it the models that it gave before.
   *
   * @param own the network
   * @return this
   */
  public Training network(Network own) {
    network = Objects.requireNonNull(own, "network");
    return this;
  }

  /**
   * Passes over the samples, at least 1 (default: the paper's).
   *
   * @param number at least 1
   * @return this
   * @throws IllegalArgumentException if it is below 1
   */
  public Training epochs(int number) {
    epochs = Checks.atLeastOne("The number of epochs", number);
    return this;
  }

  /**
   * Samples of an update, at least 1 (default: 20, or all if there are fewer).
   *
   * @param samples at least 1
   * @return this
   * @throws IllegalArgumentException if it is below 1
   */
  public Training batchSize(int samples) {
    batchSize = Checks.atLeastOne("The batch size", samples);
    return this;
  }

  /**
   * T, steps of the free phase at most, from 1 to {@link Steps#MOST} (default: the paper's).
   *
   * @param steps from 1 to {@link Steps#MOST}
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public Training freeSteps(int steps) {
    Steps.check("T", steps);
    t = steps;
    return this;
  }

  /**
   * K, steps of the nudged phase, from 1 to {@link Steps#MOST} (default: the paper's).
   *
   * @param steps from 1 to {@link Steps#MOST}
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public Training nudgedSteps(int steps) {
    Steps.check("K", steps);
    k = steps;
    return this;
  }

  /**
   * β, above 0 and finite (default: the paper's).
   *
   * @param nudge above 0 and finite
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public Training beta(double nudge) {
    if (!(nudge > 0 && nudge < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("beta is " + nudge + "; it must be above 0 and finite.");
    }
    beta = nudge;
    return this;
  }

  /**
   * How nudged phases give the gradient (default: the preset's).
   *
   * @param way one-sided, with a random sign or symmetric
   * @return this
   */
  public Training estimate(Phases.Estimate way) {
    estimate = Objects.requireNonNull(way, "estimate");
    return this;
  }

  /**
   * How phases settle (default: {@link Settling#fast}). {@link Settling#EXACT} makes the paper's
   * steps, all T of them.
   *
   * @param way a solver and a tolerance
   * @return this
   */
  public Training settling(Settling way) {
    settling = Objects.requireNonNull(way, "settling");
    return this;
  }

  /**
   * Learning rates, one for each connection, output side first (default: the paper's).
   *
   * @param rates at least 0 and finite
   * @return this
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public Training learningRates(double... rates) {
    return optimizer(new Sgd(rates));
  }

  /**
   * How gradients become updates (default: {@link Sgd} with the paper's learning rates).
   *
   * @param rule makes an update of a gradient
   * @return this
   */
  public Training optimizer(Optimizer rule) {
    optimizer = Objects.requireNonNull(rule, "optimizer");
    return this;
  }

  /**
   * Threads (default: one for each processor).
   *
   * @param number from 1 to {@value Context#MOST_THREADS}
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public Training threads(int number) {
    Context.checkThreads(number);
    threads = number;
    return this;
  }

  /**
   * Seed of the initial weights, the order of the samples and random signs (default: 1).
   *
   * @param number any number
   * @return this
   */
  public Training seed(long number) {
    seed = number;
    return this;
  }

  /**
   * Samples to measure the error on after each epoch (default: none).
   *
   * @param samples not used for training
   * @return this
   */
  public Training test(Samples samples) {
    test = Objects.requireNonNull(samples, "test");
    return this;
  }

  /**
   * Hears of each batch, on the thread that trains; ends the training if it returns false.
   *
   * @param listener is told of each batch
   * @return this
   */
  public Training onBatch(Listener listener) {
    onBatch = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Hears of each epoch, on the thread that trains.
   *
   * @param listener is told of each epoch
   * @return this
   */
  public Training onEpoch(Consumer<EpochSummary> listener) {
    onEpoch = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Ends the training after the first epoch of which this is true.
   *
   * @param enough says whether to end
   * @return this
   */
  public Training until(Predicate<EpochSummary> enough) {
    until = Objects.requireNonNull(enough, "until");
    return this;
  }

  /**
   * Trains.
   *
   * @param samples what to learn
   * @return the trained network, with the steps and the settling that a prediction takes
   * @throws IllegalArgumentException if the settings do not fit the samples
   * @throws DivergenceException if a state or a weight is not finite any more
   * @throws CancellationException if the thread was interrupted; it still is, and the weights of a
   *     {@link #network} of your own are those after the last whole batch
   */
  public Model fit(Samples samples) {
    Epochs.requireNotInterrupted();
    Network trained =
        network == null ? initialised(samples.inputSize(), samples.classes()) : network;
    Trainer.checkFit(trained, samples);
    Phases phases = phases(trained);
    int batch = Math.min(batchSize, samples.size());
    Optimizer rule = rule();
    Epochs run =
        new Epochs(
            trained, phases, rule, batch, threads, new Epochs.Heard(onBatch, onEpoch, until));
    run.run(samples, test, epochs, seed);
    Checks.requireFinite(trained);
    return new Model(trained, t, phases.settling(), Map.of());
  }

  /**
   * A training that is given its samples one at a time, an update for each. The settings of epochs,
   * batches, threads and listeners do not count. Learning rates suit the batch size: begin with a
   * smaller one than for batches of many samples.
   *
   * @param inputSize values of a sample, at least 1
   * @param classes number of classes, or of output values, at least 1
   * @return a training without any sample so far
   * @throws IllegalArgumentException if the settings do not fit the sizes
   */
  public OnlineTraining online(int inputSize, int classes) {
    Checks.atLeastOne("The number of inputs", inputSize);
    Checks.atLeastOne("The number of classes", classes);
    Network trained = network == null ? initialised(inputSize, classes) : network;
    return new OnlineTraining(trained, inputSize, classes, phases(trained), rule());
  }

  private Phases phases(Network trained) {
    boolean energyBased = trained.dynamics() instanceof EnergyBased;
    Settling way = settling == null ? Settling.fast(energyBased, beta) : settling;
    return new Phases(t, k, beta, estimate, seed, way);
  }

  private Optimizer rule() {
    double[] rates = preset.training().rates().stream().mapToDouble(rate -> rate).toArray();
    return optimizer == null ? new Sgd(rates) : optimizer;
  }

  private Network initialised(int inputSize, int classes) {
    Shape shape = inputShape == null ? InputShapes.of(preset, inputSize) : inputShape;
    Network made = preset.network(shape, classes, hidden);
    made.initialise(seed);
    return made;
  }
}
