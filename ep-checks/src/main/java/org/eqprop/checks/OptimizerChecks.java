package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.eqprop.core.learn.LearningRates;
import org.eqprop.core.learn.Optimizer;
import org.eqprop.core.learn.RateSchedule;
import org.eqprop.core.learn.StateTensor;
import org.eqprop.core.learn.Updater;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.settle.Context;

/**
 * What every optimizer must pass: 50 updates at changing learning rates follow a plain loop in
 * float64; the number of threads, a stop and a start from saved state leave the bits as they are;
 * ranges may be updated on several threads at once; and no update allocates.
 */
public final class OptimizerChecks {
  private static final int UPDATES = 50;
  private static final int STOP = 20;
  private static final int UPDATES_PER_EPOCH = 5;
  private static final double RATE = 0.01;
  private static final RateSchedule SCHEDULE =
      new RateSchedule.WarmUp(3, new RateSchedule.Cosine(12, 0.1));

  /** The rule in float64, for one weight. */
  @FunctionalInterface
  public interface PlainRule {
    /**
     * {@return the weight after all updates}
     *
     * @param weight before the first one
     * @param gradients one for each update: the direction of descent
     * @param rates the learning rate of each update
     */
    double last(double weight, double[] gradients, double[] rates);
  }

  private OptimizerChecks() {}

  /**
   * Checks a rule.
   *
   * @param rule makes it with given learning rates, one for each of two connections
   * @param plain what it must do
   * @throws AssertionError in words, if it does not pass
   */
  public static void check(Function<LearningRates, Optimizer> rule, PlainRule plain) {
    Optimizer optimizer = rule.apply(rates());
    assertThat(optimizer.name()).as("name of the optimizer").isNotBlank();
    float[][] whole = train(rule, 1, UPDATES);
    checkFormula(whole, plain);
    for (int threads = 2; threads <= 3; threads++) {
      assertSame("weights with " + threads + " threads", train(rule, threads, UPDATES), whole);
    }
    assertSame("weights after a stop and a start", train(rule, 1, STOP), whole);
    new OptimizerParts(() -> rule.apply(rates())).check();
  }

  private static LearningRates rates() {
    return new LearningRates(SCHEDULE, UPDATES_PER_EPOCH, RATE, 3 * RATE);
  }

  private static void checkFormula(float[][] found, PlainRule plain) {
    Network start = Noise.network();
    double[] rates = new double[UPDATES];
    List<Parameter> parameters = start.parameters();
    for (int p = 0; p < parameters.size(); p++) {
      int connection = p / 2;
      for (int t = 0; t < UPDATES; t++) {
        rates[t] =
            (connection + 1 + connection) * RATE * SCHEDULE.factor((double) t / UPDATES_PER_EPOCH);
      }
      float[][] drawn = new float[UPDATES][];
      Noise noise = new Noise(start);
      for (int t = 0; t < UPDATES; t++) {
        noise.at(t);
        drawn[t] = noise.of(connection, p % 2);
      }
      float[] first = parameters.get(p).write();
      for (int i = 0; i < first.length; i++) {
        double[] gradients = new double[UPDATES];
        for (int t = 0; t < UPDATES; t++) {
          gradients[t] = drawn[t][i];
        }
        double expected = plain.last(first[i], gradients, rates);
        // each update rounds the weight once, and its own step in a few dozen places
        double step = Math.abs(expected - first[i]) + 3 * RATE;
        double bound = UPDATES * 0x1p-24 * (Math.abs(first[i]) + 1 + 32 * step);
        assertThat((double) found[p][i])
            .as("%s at %d after %d updates", parameters.get(p).name(), i, UPDATES)
            .isCloseTo(expected, within(bound));
      }
    }
  }

  /** Weights after all updates, stopped after some and gone on with in another network. */
  private static float[][] train(Function<LearningRates, Optimizer> rule, int threads, int stop) {
    Network first = Noise.network();
    Network second = Noise.network();
    try (Context context = new Context(threads)) {
      Updater updater = new Updater(first, context, rule.apply(rates()));
      run(first, 0, stop, updater);
      Updater next = new Updater(second, context, rule.apply(rates()));
      assertThat(next.state()).as("state tensors").hasSameSizeAs(updater.state());
      for (int i = 0; i < updater.state().size(); i++) {
        StateTensor kept = updater.state().get(i);
        assertThat(next.state().get(i).name()).as("name of a state tensor").isEqualTo(kept.name());
        next.state().get(i).read(kept.write());
      }
      for (int p = 0; p < first.parameters().size(); p++) {
        second.parameters().get(p).read(first.parameters().get(p).write());
      }
      next.resume(updater.step());
      run(second, stop, UPDATES, next);
    }
    return second.parameters().stream().map(Parameter::write).toArray(float[][]::new);
  }

  private static void run(Network network, int from, int to, Updater updater) {
    Noise noise = new Noise(network);
    for (int t = from; t < to; t++) {
      noise.at(t);
      updater.update(noise);
    }
  }

  private static void assertSame(String what, float[][] found, float[][] expected) {
    for (int p = 0; p < expected.length; p++) {
      assertThat(Arrays.equals(found[p], expected[p])).as(what + " are the same").isTrue();
    }
  }
}
