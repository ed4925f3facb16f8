package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.function.Function;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.learn.LearningRates;
import org.eqprop.core.learn.MomentumSgd;
import org.eqprop.core.learn.Optimizer;
import org.eqprop.core.learn.StateTensor;
import org.eqprop.core.network.Network;
import org.junit.jupiter.api.Test;

/** Optimizers that are right in an easy case and wrong in another: the checks refuse each. */
final class WrongOptimizersTest {
  private static final double MU = 0.9;

  private static double loop(double weight, double[] gradients, double[] rates) {
    double w = weight;
    double velocity = 0;
    for (int t = 0; t < gradients.length; t++) {
      velocity = MU * velocity + gradients[t];
      w += rates[t] * velocity;
    }
    return w;
  }

  private static void assertRefused(Function<Optimizer.Bound, Optimizer.Bound> wrong, String what) {
    Function<LearningRates, Optimizer> rule =
        rates -> {
          Optimizer sound = new MomentumSgd(rates, MU);
          return new Optimizer() {
            @Override
            public String name() {
              return "wrong";
            }

            @Override
            public Bound bind(Network network) {
              return wrong.apply(sound.bind(network));
            }
          };
        };
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> OptimizerChecks.check(rule, WrongOptimizersTest::loop))
        .withMessageContaining(what);
  }

  /** A rule that another one does the work of. */
  private static class Momentum implements Optimizer.Bound {
    private final Optimizer.Bound sound;
    volatile float[] wasted = new float[1];

    Momentum(Optimizer.Bound sound) {
      this.sound = sound;
    }

    void waste() {
      wasted = new float[wasted.length];
    }

    @Override
    public void begin(long step) {
      sound.begin(step);
    }

    @Override
    public float rate(int c) {
      return sound.rate(c);
    }

    @Override
    public void update(Kernels k, int c, int p, int from, int to) {
      sound.update(k, c, p, from, to);
    }

    @Override
    public List<StateTensor> state() {
      return sound.state();
    }
  }

  @Test
  void aLaterBeginThatAllocates() {
    assertRefused(
        sound ->
            new Momentum(sound) {
              @Override
              public void begin(long step) {
                super.begin(step);
                if (step > 7) {
                  waste();
                }
              }
            },
        "bytes allocated by an update");
  }

  @Test
  void anUpdateOfALaterParameterThatAllocates() {
    assertRefused(
        sound ->
            new Momentum(sound) {
              @Override
              public void update(Kernels k, int c, int p, int from, int to) {
                super.update(k, c, p, from, to);
                if (c == 1 && p == 1) {
                  waste();
                }
              }
            },
        "bytes allocated by an update");
  }

  /** Where the range ends is kept where all threads see it. */
  @Test
  void aRangeThatThreadsShare() {
    assertRefused(
        sound ->
            new Momentum(sound) {
              private volatile int end;

              @Override
              public void update(Kernels k, int c, int p, int from, int to) {
                end = to;
                Wrong.dawdle();
                super.update(k, c, p, from, Math.clamp(end, from, to));
              }
            },
        "threads");
  }
}
