package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.learn.DivergenceException;
import org.eqprop.core.learn.GradientEstimator;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.learn.Updater;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.settle.Context;

/**
 * What every learner must pass, estimators of gradients and those that update while they settle: it
 * learns, with the same bits on any number of threads and on all kernels; it makes no update from
 * states that are not finite; it allocates nothing.
 */
public final class LearnerChecks {
  private static final int SIZE = 45;
  private static final int BATCH = 20;
  private static final int INPUTS = 20;
  private static final int CLASSES = 3;
  private static final int EPOCHS = 20;

  private LearnerChecks() {}

  /**
   * Checks a learner on small networks of both settings.
   *
   * @param phases what it is made with
   * @param rate a learning rate at which it must bring the loss of 45 easy samples below a half
   * @throws AssertionError in words, if it does not pass
   */
  public static void check(Learner.Provider provider, Phases phases, double rate) {
    assertThat(provider.name()).as("name of the learner").isNotBlank();
    for (boolean energy : new boolean[] {false, true}) {
      float[][] one = train(provider, phases, rate, energy, new ScalarKernels(), 1);
      for (int threads = 1; threads <= 3; threads++) {
        float[][] found = train(provider, phases, rate, energy, KernelsSelector.kernels(), threads);
        for (int p = 0; p < one.length; p++) {
          assertThat(Arrays.equals(found[p], one[p]))
              .as("weights on %d threads and on one are the same", threads)
              .isTrue();
        }
      }
      checkDivergence(provider, phases, energy);
    }
    checkAllocation(provider, phases);
  }

  /**
   * Checks that the estimate is the gradient of the loss, as backpropagation through the free phase
   * has it in float64.
   *
   * @param phases what it is made with; the free phase must come to rest
   * @param tolerance the largest difference, by the largest element of each parameter's gradient
   * @throws AssertionError in words, if it does not pass
   */
  public static void checkGradient(Learner.Provider provider, Phases phases, double tolerance) {
    RandomSamples samples = new RandomSamples(7, INPUTS, CLASSES);
    for (boolean energy : new boolean[] {false, true}) {
      Network network = network(energy);
      Minibatch batch = new Minibatch(samples, samples.size());
      batch.select(IntStream.range(0, samples.size()).toArray(), 0, samples.size(), 0);
      try (Context context = new Context(2)) {
        Learner learner = provider.create(network, context, phases, samples.size());
        assertThat(learner).as("the learner").isInstanceOf(GradientEstimator.class);
        ((GradientEstimator) learner).estimate(batch);
      }
      List<double[]> expected = Gradient64.of(network, samples, phases.t());
      for (int p = 0; p < expected.size(); p++) {
        Parameter parameter = network.parameters().get(p);
        double largest = Arrays.stream(expected.get(p)).map(Math::abs).max().orElseThrow();
        assertThat(Gradient64.distance(parameter.writeGradient(), expected.get(p)) / largest)
            .as("difference of the gradient of %s, by its largest element", parameter.name())
            .isLessThanOrEqualTo(tolerance);
      }
    }
  }

  private static Network network(boolean energy) {
    Network network =
        energy
            ? Network.chain(
                new EnergyBased(0.5, false, false), Activation.SIGMOID4, CLASSES, 17, INPUTS)
            : Network.chain(
                new Prototypical(1, Prototypical.Nudge.INSIDE),
                Activation.SIGMOID4,
                CLASSES,
                17,
                INPUTS);
    network.initialise(5, KernelsSelector.kernels());
    return network;
  }

  private static float[][] train(
      Learner.Provider provider,
      Phases phases,
      double rate,
      boolean energy,
      Kernels kernels,
      int threads) {
    Network network = network(energy);
    RandomSamples samples = new RandomSamples(SIZE, INPUTS, CLASSES);
    try (Context context = new Context(threads, kernels)) {
      Learner learner = provider.create(network, context, phases, BATCH);
      assertThat(learner.network()).as("network of the learner").isSameAs(network);
      Sgd sgd = new Sgd(rate, rate);
      Trainer trainer = new Trainer(network, context, learner, sgd, samples, BATCH, 1);
      double first = 0;
      double last = 0;
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        Totals totals = new Totals();
        trainer.train(epoch, 0, totals, (done, batches, sums) -> true);
        first = epoch == 0 ? totals.loss() : first;
        last = totals.loss();
      }
      assertThat(last).as("loss after %d epochs", EPOCHS).isLessThan(first / 2);
    }
    return weights(network);
  }

  private static float[][] weights(Network network) {
    return network.parameters().stream().map(Parameter::write).toArray(float[][]::new);
  }

  private static void checkDivergence(Learner.Provider provider, Phases phases, boolean energy) {
    Network network = network(energy);
    Parameter broken = network.connections().getLast().parameters().getLast();
    float[] values = broken.write();
    values[1] = Float.NaN;
    broken.read(values);
    network.refresh(KernelsSelector.kernels());
    float[][] before = weights(network);
    RandomSamples samples = new RandomSamples(SIZE, INPUTS, CLASSES);
    Minibatch batch = new Minibatch(samples, BATCH);
    batch.select(IntStream.range(0, SIZE).toArray(), 0, BATCH, 0);
    try (Context context = new Context(1)) {
      Learner learner = provider.create(network, context, phases, BATCH);
      Updater updater = new Updater(network, context, new Sgd(0.1, 0.1));
      assertThatExceptionOfType(DivergenceException.class)
          .as("a state that is not a number")
          .isThrownBy(
              () -> {
                learner.learn(batch, updater);
                learner.requireFinite(BATCH);
              });
    }
    float[][] after = weights(network);
    for (int p = 0; p < before.length; p++) {
      assertThat(after[p]).as("weights after states that are no numbers").isEqualTo(before[p]);
    }
  }

  private static void checkAllocation(Learner.Provider provider, Phases phases) {
    Network network = network(false);
    RandomSamples samples = new RandomSamples(SIZE, INPUTS, CLASSES);
    Minibatch batch = new Minibatch(samples, BATCH);
    batch.select(IntStream.range(0, SIZE).toArray(), 0, BATCH, 0);
    try (Context context = new Context(1, new ScalarKernels())) {
      Learner learner = provider.create(network, context, phases, BATCH);
      Updater updater = new Updater(network, context, new Sgd(0.01, 0.01));
      Allocation.assertNone("an update by the learner", () -> learner.learn(batch, updater));
    }
  }
}
