package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.eqprop.core.learn.Adam;
import org.eqprop.core.learn.CoupledDecay;
import org.eqprop.core.learn.DecoupledDecay;
import org.eqprop.core.learn.LearningRates;
import org.eqprop.core.learn.MomentumSgd;
import org.eqprop.core.learn.NesterovSgd;
import org.eqprop.core.learn.Optimizer;
import org.eqprop.core.learn.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every optimizer passes. Its plain loop, which remembers what the rule remembers, is itself
 * compared with the rule's formula as a sum over all gradients.
 */
final class OwnOptimizersTest {
  private static final double MU = 0.9;
  private static final double DECAY = 0.1;

  /** The rules, each as a loop and as a sum. */
  @SuppressWarnings("ImmutableEnumChecker")
  enum Rule {
    SGD(Sgd::new, 0, 0, false),
    MOMENTUM(rates -> new MomentumSgd(rates, MU), 0, 0, false),
    NESTEROV(rates -> new NesterovSgd(rates, MU), 0, 0, false),
    ADAM(Adam::new, 0, 0, true),
    ADAMW(rates -> new DecoupledDecay(new Adam(rates), DECAY), 0, DECAY, true),
    DECAYED_SGD(rates -> new DecoupledDecay(new Sgd(rates), DECAY), 0, DECAY, false),
    COUPLED_SGD(rates -> new CoupledDecay(new Sgd(rates), DECAY), DECAY, 0, false),
    COUPLED_ADAM(rates -> new CoupledDecay(new Adam(rates), DECAY), DECAY, 0, true);

    private final Function<LearningRates, Optimizer> made;
    private final double coupled;
    private final double decoupled;
    private final boolean adam;

    Rule(Function<LearningRates, Optimizer> made, double coupled, double decoupled, boolean adam) {
      this.made = made;
      this.coupled = (float) coupled;
      this.decoupled = decoupled;
      this.adam = adam;
    }

    private double mu() {
      return this == MOMENTUM || this == NESTEROV ? MU : 0;
    }

    /** As the papers' algorithms have it. */
    double loop(double weight, double[] gradients, double[] rates) {
      double w = weight;
      double velocity = 0;
      double mean = 0;
      double square = 0;
      for (int t = 0; t < gradients.length; t++) {
        double g = gradients[t] - coupled * w;
        w -= rates[t] * decoupled * w;
        velocity = mu() * velocity + g;
        mean = 0.9 * mean + 0.1 * g;
        square = 0.999 * square + 0.001 * g * g;
        double unbiased = mean / (1 - Math.pow(0.9, t + 1));
        double scale = Math.sqrt(square / (1 - Math.pow(0.999, t + 1))) + 1e-8;
        double step = this == NESTEROV ? g + MU * velocity : velocity;
        w += rates[t] * (adam ? unbiased / scale : step);
      }
      return w;
    }

    /** As weighted sums over all gradients so far. */
    double sums(double weight, double[] gradients, double[] rates) {
      double w = weight;
      double[] g = new double[gradients.length];
      for (int t = 0; t < g.length; t++) {
        g[t] = gradients[t] - coupled * w;
        double step = adam ? means(g, t) : sum(g, t, mu());
        double own = this == NESTEROV ? g[t] + MU * step : step;
        w = w * (1 - rates[t] * decoupled) + rates[t] * own;
      }
      return w;
    }

    private static double sum(double[] g, int t, double share) {
      double sum = 0;
      for (int i = 0; i <= t; i++) {
        sum += Math.pow(share, t - i) * g[i];
      }
      return sum;
    }

    private static double means(double[] g, int t) {
      double[] ones = new double[g.length];
      Arrays.fill(ones, 1);
      double[] squares = Arrays.stream(g).map(x -> x * x).toArray();
      double mean = sum(g, t, 0.9) / sum(ones, t, 0.9);
      return mean / (Math.sqrt(sum(squares, t, 0.999) / sum(ones, t, 0.999)) + 1e-8);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theOptimizerFollowsTheLoop(Rule rule) {
    OptimizerChecks.check(rule.made, rule::loop);
  }

  @ParameterizedTest
  @EnumSource
  void theLoopIsTheFormulaAsASum(Rule rule) {
    Random random = new Random(3);
    for (int i = 0; i < 100; i++) {
      double[] gradients = random.doubles(50, -1, 1).toArray();
      double[] rates = random.doubles(50, 0.001, 0.1).toArray();
      double weight = random.nextDouble();
      assertThat(rule.loop(weight, gradients, rates))
          .isCloseTo(rule.sums(weight, gradients, rates), within(1e-12));
    }
  }

  @Test
  void anotherRuleIsNoticed() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> OptimizerChecks.check(Rule.NESTEROV.made, Rule.MOMENTUM::loop))
        .withMessageContaining("after 50 updates");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                OptimizerChecks.check(rates -> new MomentumSgd(rates, 0.9001), Rule.MOMENTUM::loop))
        .withMessageContaining("after 50 updates");
  }
}
