package org.eqprop.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Rests;
import org.eqprop.core.testing.KernelsUnderTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule beside a plain loop in float64, written after its paper. */
@Tag("kernels")
class OptimizersTest {
  /** Skips all of it where this machine has no such vectors. */
  @BeforeAll
  static void requireKernels() {
    KernelsUnderTest.kernels();
  }

  private static final int UPDATES = 50;
  private static final double RATE = 0.01;
  private static final double DECAY = 0.1;
  private static final double MU = 0.9;
  private static final int UPDATES_PER_EPOCH = 5;

  /**
   * Each update rounds its step, of at most 40 rates, in a few places, and W, of at most 16, once.
   */
  private static final double BOUND = UPDATES * 0x1p-24 * (16 + 8 * 40 * 3 * RATE);

  /** A rule and what it does to one element, given all gradients so far. */
  enum Rule {
    SGD {
      @Override
      Optimizer optimizer(LearningRates rates) {
        return new Sgd(rates);
      }

      @Override
      double next(double w, double[] g, int t, double rate) {
        return w + rate * g[t];
      }
    },
    MOMENTUM {
      @Override
      Optimizer optimizer(LearningRates rates) {
        return new MomentumSgd(rates, MU);
      }

      @Override
      double next(double w, double[] g, int t, double rate) {
        return w + rate * velocity(g, t);
      }
    },
    NESTEROV {
      @Override
      Optimizer optimizer(LearningRates rates) {
        return new NesterovSgd(rates, MU);
      }

      @Override
      double next(double w, double[] g, int t, double rate) {
        return w + rate * (g[t] + MU * velocity(g, t));
      }
    },
    ADAM {
      @Override
      Optimizer optimizer(LearningRates rates) {
        return new Adam(rates);
      }

      @Override
      double next(double w, double[] g, int t, double rate) {
        return w + rate * adam(g, t);
      }
    },
    ADAMW {
      @Override
      Optimizer optimizer(LearningRates rates) {
        return new DecoupledDecay(new Adam(rates), DECAY);
      }

      @Override
      double next(double w, double[] g, int t, double rate) {
        return w - rate * DECAY * w + rate * adam(g, t);
      }
    },
    DECAYED_SGD {
      @Override
      Optimizer optimizer(LearningRates rates) {
        return new DecoupledDecay(new Sgd(rates), DECAY);
      }

      @Override
      double next(double w, double[] g, int t, double rate) {
        return w - rate * DECAY * w + rate * g[t];
      }
    },
    COUPLED_SGD {
      @Override
      Optimizer optimizer(LearningRates rates) {
        return new CoupledDecay(new Sgd(rates), DECAY);
      }

      @Override
      double next(double w, double[] g, int t, double rate) {
        return w + rate * g[t];
      }
    },
    COUPLED_ADAM {
      @Override
      Optimizer optimizer(LearningRates rates) {
        return new CoupledDecay(new Adam(rates), DECAY);
      }

      @Override
      double next(double w, double[] g, int t, double rate) {
        return w + rate * adam(g, t);
      }
    };

    abstract Optimizer optimizer(LearningRates rates);

    /** The element after update t from 0; g[t] has a coupled decay in it already. */
    abstract double next(double w, double[] g, int t, double rate);

    boolean coupled() {
      return this == COUPLED_SGD || this == COUPLED_ADAM;
    }

    /** Σ μ^(t−i)·g_i. */
    private static double velocity(double[] g, int t) {
      double sum = 0;
      for (int i = 0; i <= t; i++) {
        sum += Math.pow(MU, t - i) * g[i];
      }
      return sum;
    }

    /** The weighted means of Kingma and Ba, as sums. */
    private static double adam(double[] g, int t) {
      double mean = 0;
      double square = 0;
      double weight1 = 0;
      double weight2 = 0;
      for (int i = 0; i <= t; i++) {
        mean += Math.pow(0.9, t - i) * g[i];
        square += Math.pow(0.999, t - i) * g[i] * g[i];
        weight1 += Math.pow(0.9, t - i);
        weight2 += Math.pow(0.999, t - i);
      }
      return mean / weight1 / (Math.sqrt(square / weight2) + 1e-8);
    }
  }

  private static Network network() {
    Network network = Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.TANH, 3, 17, 20);
    network.initialise(3, KernelsUnderTest.kernels());
    return network;
  }

  /** Random gradients, a function of the update and the parameter. */
  private static final class Noise implements Gradients {
    private final Network network;
    int update;

    Noise(Network network) {
      this.network = network;
    }

    float[] of(int c, int p) {
      Random random = new Random(1000L * update + 10L * c + p);
      Parameter parameter = network.connections().get(c).parameters().get(p);
      float[] values = new float[parameter.shape().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = 2 * random.nextFloat() - 1;
      }
      return values;
    }

    @Override
    public void gradient(int c, int first, int end, Sink sink) {
      Connection connection = network.connections().get(c);
      for (int p = 0; p < connection.parameters().size(); p++) {
        Parameter parameter = connection.parameters().get(p);
        float[] all = new float[parameter.gradient().length];
        parameter.scatter(of(c, p), all);
        int from = parameter.start(first);
        System.arraycopy(all, from, parameter.gradient(), from, parameter.start(end) - from);
      }
      connection.drain(KernelsUnderTest.kernels(), first, end, sink);
    }

    @Override
    public long work(int c) {
      return 1;
    }
  }

  private static void run(Network network, int from, int to, Updater updater) {
    Noise noise = new Noise(network);
    for (int t = from; t < to; t++) {
      noise.update = t;
      updater.update(noise);
    }
  }

  private static float[][] weights(Network network) {
    return network.connections().stream()
        .flatMap(c -> c.parameters().stream())
        .map(Parameter::write)
        .toArray(float[][]::new);
  }

  private static LearningRates rates() {
    RateSchedule schedule = new RateSchedule.WarmUp(3, new RateSchedule.Cosine(12, 0.1));
    return new LearningRates(schedule, UPDATES_PER_EPOCH, RATE, 3 * RATE);
  }

  @ParameterizedTest
  @EnumSource
  void fiftyUpdatesFollowTheFormula(Rule rule) {
    Network network = network();
    RateSchedule schedule = new RateSchedule.WarmUp(3, new RateSchedule.Cosine(12, 0.1));
    Parameter parameter = network.connections().get(1).parameters().get(0);
    float[] start = parameter.write();
    try (Context context = new Context(1, KernelsUnderTest.kernels())) {
      Updater updater = new Updater(network, context, rule.optimizer(rates()));
      run(network, 0, UPDATES, updater);
      assertThat(updater.step()).isEqualTo(UPDATES);
    }
    float[] found = parameter.write();
    Noise noise = new Noise(network);
    float[][] drawn = new float[UPDATES][];
    for (int t = 0; t < UPDATES; t++) {
      noise.update = t;
      drawn[t] = noise.of(1, 0);
    }
    for (int i = 0; i < found.length; i++) {
      double[] g = new double[UPDATES];
      double w = start[i];
      for (int t = 0; t < UPDATES; t++) {
        g[t] = drawn[t][i] - (rule.coupled() ? (double) (float) DECAY * w : 0);
        w = rule.next(w, g, t, 3 * RATE * schedule.factor((double) t / UPDATES_PER_EPOCH));
      }
      assertThat((double) found[i]).isCloseTo(w, within(BOUND));
    }
  }

  @Test
  void anotherMomentumIsNoticed() {
    Network network = network();
    Network other = network();
    try (Context context = new Context(1, KernelsUnderTest.kernels())) {
      run(network, 0, 3, new Updater(network, context, new MomentumSgd(rates(), MU)));
      run(other, 0, 3, new Updater(other, context, new MomentumSgd(rates(), MU + 0.001)));
    }
    assertThat(Math.abs(weights(network)[2][0] - weights(other)[2][0])).isGreaterThan(0f);
  }

  @ParameterizedTest
  @EnumSource
  void resultsDoNotDependOnTheNumberOfThreadsOrOnAStop(Rule rule) {
    float[][] whole = train(rule, 1, UPDATES);
    assertThat(train(rule, 2, UPDATES)).isDeepEqualTo(whole);
    assertThat(train(rule, 3, 20)).isDeepEqualTo(whole);
  }

  /**
   * Weights after all updates, stopped after some and gone on with in another network, by a caller
   * whose workers rest.
   */
  private static float[][] train(Rule rule, int threads, int stop) {
    Network first = network();
    Network second = network();
    try (Context context = new Context(threads, KernelsUnderTest.kernels())) {
      Updater updater = new Updater(first, context, rule.optimizer(rates()));
      run(first, 0, stop, updater);
      Updater next = new Updater(second, context, rule.optimizer(rates()));
      for (int i = 0; i < updater.state().size(); i++) {
        StateTensor kept = updater.state().get(i);
        assertThat(next.state().get(i).name()).isEqualTo(kept.name());
        next.state().get(i).read(kept.write());
      }
      for (int c = 0; c < first.connections().size(); c++) {
        List<Parameter> from = first.connections().get(c).parameters();
        for (int p = 0; p < from.size(); p++) {
          second.connections().get(c).parameters().get(p).read(from.get(p).write());
        }
      }
      next.resume(updater.step());
      Rests.begin(context);
      run(second, stop, UPDATES, next);
    }
    return weights(second);
  }

  @Test
  void stateIsNamedAfterItsParameter() {
    Optimizer.Bound bound = new Adam(rates()).bind(network());
    assertThat(bound.state().stream().map(StateTensor::name))
        .containsExactly(
            "mean.weight.0",
            "square.weight.0",
            "mean.bias.0",
            "square.bias.0",
            "mean.weight.1",
            "square.weight.1",
            "mean.bias.1",
            "square.bias.1");
    assertThat(new Sgd(rates()).bind(network()).state()).isEmpty();
  }

  @Test
  void schedulesFollowTheirFormulas() {
    RateSchedule step = new RateSchedule.Step(10, 0.5);
    assertThat(step.factor(9.99)).isEqualTo(1);
    assertThat(step.factor(20)).isEqualTo(0.25);
    assertThat(new RateSchedule.Exponential(0.9).factor(2)).isCloseTo(0.81, within(1e-15));
    RateSchedule cosine = new RateSchedule.Cosine(10, 0.2);
    assertThat(cosine.factor(0)).isEqualTo(1);
    assertThat(cosine.factor(5)).isCloseTo(0.6, within(1e-15));
    assertThat(cosine.factor(15)).isEqualTo(0.2);
    RateSchedule warm = new RateSchedule.WarmUp(2, step);
    assertThat(warm.factor(0)).isEqualTo(0);
    assertThat(warm.factor(1)).isEqualTo(0.5);
    assertThat(warm.factor(12)).isEqualTo(0.5);
    assertThat(RateSchedule.CONSTANT.factor(7)).isEqualTo(1);
  }

  @Test
  void ratesThatDoNotFitTheNetworkAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sgd(0.1).bind(network()))
        .withMessage(
            "There is 1 learning rate, but the network has 2 connections, a read-out included;"
                + " give one rate for each.");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void settingsOutOfTheirRangeAreRefused(double value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new MomentumSgd(rates(), value));
    assertThatIllegalArgumentException().isThrownBy(() -> new NesterovSgd(rates(), value));
    assertThatIllegalArgumentException().isThrownBy(() -> new Adam(rates(), value, 0.9, 1e-8));
    assertThatIllegalArgumentException().isThrownBy(() -> new Adam(rates(), 0.9, value, 1e-8));
    double negative = -Math.abs(value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CoupledDecay(new Sgd(0.1, 0.1), negative));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DecoupledDecay(new Sgd(0.1, 0.1), negative));
    assertThatIllegalArgumentException().isThrownBy(() -> new RateSchedule.Step(negative, 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> new RateSchedule.Step(1, negative));
    assertThatIllegalArgumentException().isThrownBy(() -> new RateSchedule.Exponential(negative));
    assertThatIllegalArgumentException().isThrownBy(() -> new RateSchedule.Cosine(negative, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new RateSchedule.Cosine(1, negative));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RateSchedule.WarmUp(negative, RateSchedule.CONSTANT));
  }
}
