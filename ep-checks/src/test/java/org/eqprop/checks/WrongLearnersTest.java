package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.GradientEstimator;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Outcome;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Updater;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Trainable;
import org.eqprop.core.settle.Context;
import org.junit.jupiter.api.Test;

/** Learners that are right for some networks and batches: the checks refuse each. */
final class WrongLearnersTest {
  private static final Phases PHASES = new Phases(30, 12, 0.5, Phases.Estimate.ONE_SIDED, 3);
  private static final Phases CLOSE = new Phases(200, 150, 0.02, Phases.Estimate.CENTERED, 3);

  /** What becomes of a stored gradient. */
  @FunctionalInterface
  private interface Fault {
    /**
     * Spoils positions {@code from} to {@code to} of a parameter's gradient.
     *
     * @param share of the capacity that the batch has
     */
    void spoil(Parameter parameter, int from, int to, float share);
  }

  private static final class Wrongly implements GradientEstimator {
    private final GradientEstimator sound;
    private final Fault fault;
    private final int capacity;
    private float share;

    private final int updates;

    Wrongly(GradientEstimator sound, int capacity, Fault fault, int updates) {
      this.updates = updates;
      this.sound = sound;
      this.capacity = capacity;
      this.fault = fault;
    }

    @Override
    public void learn(Minibatch batch, Updater updater) {
      for (int i = 0; i < updates; i++) {
        GradientEstimator.super.learn(batch, updater);
      }
    }

    @Override
    public void settle(Minibatch batch) {
      share = (float) batch.count() / capacity;
      sound.settle(batch);
    }

    @Override
    public void gradient(int c, int first, int end, Sink sink) {
      Trainable trainable = network().trainables().get(c);
      sound.gradient(c, first, end, Sink.STORE);
      for (int i = 0; i < trainable.parameters().size(); i++) {
        Parameter p = trainable.parameters().get(i);
        fault.spoil(p, p.start(first), p.start(end), share);
      }
      trainable.drain(KernelsSelector.kernels(), first, end, sink);
    }

    @Override
    public Network network() {
      return sound.network();
    }

    @Override
    public Outcome outcome() {
      return sound.outcome();
    }

    @Override
    public float response(int row) {
      return sound.response(row);
    }

    @Override
    public Layer firstNotFinite(int count) {
      return sound.firstNotFinite(count);
    }

    @Override
    public long work(int c) {
      return sound.work(c);
    }
  }

  private static Learner.Provider provider(Fault fault, String refused) {
    return provider(fault, refused, 1);
  }

  private static Learner.Provider provider(Fault fault, String refused, int updates) {
    return new Learner.Provider() {
      @Override
      public String name() {
        return "wrong";
      }

      @Override
      public Learner create(Network network, Context context, Phases phases, int capacity) {
        if (network.parameters().stream().anyMatch(p -> p.name().endsWith(refused))) {
          throw new IllegalArgumentException("This learner has no use for " + refused + ".");
        }
        GradientEstimator sound = new EquilibriumPropagation(network, context, phases, capacity);
        return new Wrongly(sound, capacity, fault, updates);
      }
    };
  }

  private static Learner.Provider without(String name) {
    return provider(
        (parameter, from, to, share) -> {
          if (parameter.name().endsWith(name)) {
            Arrays.fill(parameter.gradient(), from, to, 0f);
          }
        },
        "nothing");
  }

  @Test
  void aMeanOverTheCapacity() {
    Learner.Provider wrong =
        provider(
            (parameter, from, to, share) -> {
              for (int i = from; i < to; i++) {
                parameter.gradient()[i] *= share;
              }
            },
            "nothing");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> LearnerChecks.checkGradient(wrong, CLOSE, 0.1))
        .withMessageContaining("for 7 samples of the network PROTOTYPICAL");
  }

  @Test
  void aReadOutThatDoesNotLearn() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> LearnerChecks.check(without("weight.readout"), PHASES, 0.3))
        .withMessageContaining("of the network READ_OUT");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> LearnerChecks.checkGradient(without("weight.readout"), CLOSE, 0.1))
        .withMessageContaining("weight.readout");
  }

  @Test
  void feedbackWeightsThatDoNotLearn() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> LearnerChecks.check(without("feedback"), PHASES, 0.3))
        .withMessageContaining("weight.0.feedback of the network UNTIED stays as it was");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> LearnerChecks.checkGradient(without("feedback"), CLOSE, 0.1))
        .withMessageContaining("weight.0.feedback");
  }

  @Test
  void aLearnerMayRefuseUntiedWeightsAndReadOutsButNoOtherNetwork() {
    for (String name : List.of("feedback", "readout")) {
      Learner.Provider some = provider((parameter, from, to, share) -> {}, name);
      assertThatCode(() -> LearnerChecks.checkGradient(some, CLOSE, 0.1))
          .doesNotThrowAnyException();
      assertThatCode(() -> LearnerChecks.check(some, PHASES, 0.3)).doesNotThrowAnyException();
    }
    Learner.Provider none = provider((parameter, from, to, share) -> {}, "weight.0");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> LearnerChecks.checkGradient(none, CLOSE, 0.1));
  }

  /** Schedules would count its epochs twice. */
  @Test
  void twoUpdatesABatchThatAreNotTold() {
    Learner.Provider wrong = provider((parameter, from, to, share) -> {}, "nothing", 2);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> LearnerChecks.check(wrong, PHASES, 0.2))
        .withMessageContaining("updates of one batch, which updatesPerBatch() tells");
  }
}
