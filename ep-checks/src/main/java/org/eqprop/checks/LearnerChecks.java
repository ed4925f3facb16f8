package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
import org.eqprop.core.learn.WarmStarts;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.settle.Context;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * What every learner must pass, estimators of gradients and those that update while they settle: it
 * learns all parameters, with the same bits on any number of threads and on all kernels; it makes
 * no update from states that are not finite; it allocates nothing.
 */
public final class LearnerChecks {
  private static final int SIZE = 45;
  private static final int BATCH = 20;
  private static final int SHORT = 7;
  private static final int EPOCHS = 20;

  private LearnerChecks() {}

  /**
   * Checks a learner on small networks of both settings, on one with a read-out and on one with
   * untied weights. The last two it may refuse with an {@link IllegalArgumentException} when it is
   * made.
   *
   * @param provider makes learners
   * @param phases what it is made with
   * @param rate a learning rate at which it must bring the loss of 45 easy samples below a half
   * @throws AssertionError in words, if it does not pass
   */
  public static void check(Learner.Provider provider, Phases phases, double rate) {
    assertThat(provider.name()).as("name of the learner").isNotBlank();
    for (Subject subject : Subject.values()) {
      float[][] one = train(provider, phases, rate, subject, new ScalarKernels(), 1);
      if (one.length == 0) {
        continue;
      }
      for (int threads = 1; threads <= 3; threads++) {
        float[][] found =
            train(provider, phases, rate, subject, KernelsSelector.kernels(), threads);
        for (int p = 0; p < one.length; p++) {
          assertThat(Arrays.equals(found[p], one[p]))
              .as("weights on %d threads and on one are the same", threads)
              .isTrue();
        }
      }
      checkDivergence(provider, phases, subject);
    }
    checkStarts(provider, phases);
    checkAllocation(provider, phases, Subject.PROTOTYPICAL);
    checkAllocation(provider, phases, Subject.READ_OUT);
  }

  /**
   * Checks that the estimate is the gradient of the loss, as backpropagation through the free phase
   * has it in float64: on the same networks (the untied weights equal in both directions), for a
   * whole batch and then for fewer samples.
   *
   * @param provider makes learners
   * @param phases what it is made with; the free phase must come to rest
   * @param tolerance the largest difference, by the largest element of each parameter's gradient
   * @throws AssertionError in words, if it does not pass
   */
  public static void checkGradient(Learner.Provider provider, Phases phases, double tolerance) {
    RandomSamples samples = new RandomSamples(BATCH, Subject.INPUTS, Subject.CLASSES);
    for (Subject subject : Subject.values()) {
      Network network = subject.symmetric();
      Minibatch batch = new Minibatch(samples, BATCH);
      int[] order = IntStream.range(0, BATCH).toArray();
      try (Context context = new Context(2)) {
        Learner learner = create(provider, subject, network, context, phases);
        if (learner == null) {
          continue;
        }
        assertThat(learner).as("the learner").isInstanceOf(GradientEstimator.class);
        for (int count : new int[] {BATCH, SHORT}) {
          batch.select(order, 0, count, 0);
          ((GradientEstimator) learner).estimate(batch);
          List<double[]> expected = Gradient64.of(network, samples, count, phases.t());
          compare(network, expected, tolerance, count + " samples of the network " + subject);
        }
      }
    }
  }

  private static void compare(
      Network network, List<double[]> expected, double tolerance, String where) {
    for (int p = 0; p < expected.size(); p++) {
      Parameter parameter = network.parameters().get(p);
      double largest = Arrays.stream(expected.get(p)).map(Math::abs).max().orElseThrow();
      assertThat(Gradient64.distance(parameter.writeGradient(), expected.get(p)) / largest)
          .as(
              "difference of the gradient of %s, by its largest element, for %s",
              parameter.name(), where)
          .isLessThanOrEqualTo(tolerance);
    }
  }

  /**
   * A learner of a network, or null if it refuses one that it may refuse.
   *
   * @throws IllegalArgumentException if it refuses another one
   */
  private static @Nullable Learner create(
      Learner.Provider provider, Subject subject, Network network, Context context, Phases phases) {
    try {
      return provider.create(network, context, phases, BATCH);
    } catch (IllegalArgumentException refused) {
      if (subject != Subject.UNTIED && subject != Subject.READ_OUT) {
        throw refused;
      }
      assertThat(refused.getMessage())
          .as("why the learner refuses the network %s, in a sentence", subject)
          .isNotBlank()
          .endsWith(".");
      return null;
    }
  }

  private static float[][] train(
      Learner.Provider provider,
      Phases phases,
      double rate,
      Subject subject,
      Kernels kernels,
      int threads) {
    Network network = subject.network();
    RandomSamples samples = new RandomSamples(SIZE, Subject.INPUTS, Subject.CLASSES);
    try (Context context = new Context(threads, kernels)) {
      Learner learner = create(provider, subject, network, context, phases);
      if (learner == null) {
        return new float[0][];
      }
      assertThat(learner.network()).as("network of the learner").isSameAs(network);
      Sgd sgd = new Sgd(rates(network, rate));
      Trainer trainer = new Trainer(network, context, learner, sgd, samples, BATCH, 1);
      double first = 0;
      double last = 0;
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        Totals totals = new Totals();
        trainer.train(epoch, 0, totals, (done, batches, sums) -> true);
        first = epoch == 0 ? totals.loss() : first;
        last = totals.loss();
      }
      assertThat(last)
          .as("loss after %d epochs of the network %s", EPOCHS, subject)
          .isLessThan(first / 2);
    }
    float[][] untrained = weights(subject.network());
    float[][] trained = weights(network);
    for (int p = 0; p < trained.length; p++) {
      assertThat(Arrays.equals(trained[p], untrained[p]))
          .as("%s of the network %s stays as it was", network.parameters().get(p).name(), subject)
          .isFalse();
    }
    return trained;
  }

  private static double[] rates(Network network, double rate) {
    double[] rates = new double[network.trainables().size()];
    Arrays.fill(rates, rate);
    return rates;
  }

  private static float[][] weights(Network network) {
    return network.parameters().stream().map(Parameter::write).toArray(float[][]::new);
  }

  private static void checkDivergence(Learner.Provider provider, Phases phases, Subject subject) {
    Network network = subject.network();
    Parameter broken = network.connections().getLast().parameters().getLast();
    float[] values = broken.write();
    values[1] = Float.NaN;
    broken.read(values);
    network.refresh(KernelsSelector.kernels());
    float[][] before = weights(network);
    RandomSamples samples = new RandomSamples(SIZE, Subject.INPUTS, Subject.CLASSES);
    Minibatch batch = new Minibatch(samples, BATCH);
    batch.select(IntStream.range(0, SIZE).toArray(), 0, BATCH, 0);
    try (Context context = new Context(1)) {
      Learner learner = provider.create(network, context, phases, BATCH);
      Updater updater = new Updater(network, context, new Sgd(rates(network, 0.1)));
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

  private static void checkStarts(Learner.Provider provider, Phases phases) {
    Network network = Subject.PROTOTYPICAL.network();
    RandomSamples samples = new RandomSamples(SIZE, Subject.INPUTS, Subject.CLASSES);
    try (Context context = new Context(1)) {
      Learner learner = provider.create(network, context, phases, BATCH);
      WarmStarts starts = new WarmStarts(network, SIZE);
      Sgd sgd = new Sgd(rates(network, 0.01));
      Trainer trainer = new Trainer(network, context, learner, sgd, samples, BATCH, 1, starts);
      assertThatNoException()
          .as("free phases that start at the last steady state")
          .isThrownBy(() -> trainer.train(0, 0, new Totals(), (done, batches, sums) -> true));
      Rows output = starts.memory().getFirst();
      assertThat(output.get(0, 0)).as("a steady state that is kept").isNotZero();
    }
  }

  private static void checkAllocation(Learner.Provider provider, Phases phases, Subject subject) {
    Network network = subject.network();
    RandomSamples samples = new RandomSamples(SIZE, Subject.INPUTS, Subject.CLASSES);
    Minibatch batch = new Minibatch(samples, BATCH);
    batch.select(IntStream.range(0, SIZE).toArray(), 0, BATCH, 0);
    try (Context context = new Context(1, new ScalarKernels())) {
      Learner learner = create(provider, subject, network, context, phases);
      if (learner == null) {
        return;
      }
      Updater updater = new Updater(network, context, new Sgd(rates(network, 0.01)));
      learner.learn(batch, updater);
      assertThat((long) learner.updatesPerBatch())
          .as("updates of one batch, which updatesPerBatch() tells")
          .isEqualTo(updater.step());
      Allocation.assertNone("an update by the learner", () -> learner.learn(batch, updater));
    }
  }
}
