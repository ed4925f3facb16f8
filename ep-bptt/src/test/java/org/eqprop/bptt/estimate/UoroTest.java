package org.eqprop.bptt.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.eqprop.bptt.reference.Cases;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Transition;
import org.eqprop.core.network.Randomness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mean over N draws approaches RTRL's gradient as 1/√N, and that of faulty signs does not. */
final class UoroTest {
  private static final int T = 12;
  private static final int K = 5;
  private static final int DRAWS = 8192;
  private static final double[] GROUPS = {1, 4, 16, 64, 256, 1024};

  static List<Nets.Net> nets() {
    return List.of(
        new Nets.Net("p-1h", Cases.chain(Cases.INSIDE, 3, 5, 4)),
        new Nets.Net("eb-2h", Cases.chain(Nets.ENERGY, 3, 4, 5, 4)),
        new Nets.Net("untied p-2h", Nets.untied(Nets.LEAKY)),
        new Nets.Net("p-1h, cross-entropy", Cases.classified(Cases.INSIDE, 3, 6, 5, 4)));
  }

  /** For each N the error of the mean over N draws, the root of its mean square over all groups. */
  private static double[] errors(FreePhase free, Uoro.Signs signs) {
    double[] exact = Vectors.flat(new Rtrl(free, K).gradients());
    Uoro uoro = new Uoro(free, K, 1, 7, signs);
    List<double[]> draws = new ArrayList<>();
    int batch = free.problem().batch();
    for (int draw = 0; draw < DRAWS; draw++) {
      draws.add(new double[exact.length]);
    }
    for (int row = 0; row < batch; row++) {
      Uoro.Sample sample = uoro.new Sample(row);
      for (int draw = 0; draw < DRAWS; draw++) {
        Vectors.add(1.0 / batch, Vectors.flat(sample.estimate(draw)), draws.get(draw));
      }
    }
    return Arrays.stream(GROUPS).map(n -> error(draws, exact, (int) n)).toArray();
  }

  private static double error(List<double[]> draws, double[] exact, int n) {
    double squares = 0;
    int groups = draws.size() / n;
    for (int g = 0; g < groups; g++) {
      double[] difference = new double[exact.length];
      Vectors.add(-1, exact, difference);
      for (double[] draw : draws.subList(g * n, (g + 1) * n)) {
        Vectors.add(1.0 / n, draw, difference);
      }
      squares += Vectors.dot(difference, difference);
    }
    return Math.sqrt(squares / groups) / Vectors.norm(exact);
  }

  @ParameterizedTest
  @MethodSource("nets")
  void isUnbiased(Nets.Net net) {
    FreePhase free = FreePhase.run(net.problem(), T, K);
    double[] errors = errors(free, Uoro.Signs.INDEPENDENT);
    assertThat(Nets.slope(GROUPS, errors)).isBetween(-0.6, -0.4);
    assertThat(errors[errors.length - 1]).isLessThan(0.1 * errors[0]);
  }

  static List<Nets.Net> twoNets() {
    return nets().subList(0, 2);
  }

  @ParameterizedTest
  @MethodSource("twoNets")
  void faultySignsAreBiased(Nets.Net net) {
    FreePhase free = FreePhase.run(net.problem(), T, K);
    Uoro.Signs none = (random, nu) -> Arrays.fill(nu, 1);
    assertThat(Nets.slope(GROUPS, errors(free, none))).as("no signs").isGreaterThan(-0.1);
    Map<Randomness, double[]> first = new WeakHashMap<>();
    Uoro.Signs same =
        (random, nu) -> {
          double[] kept = first.computeIfAbsent(random, r -> draw(r, nu.length));
          System.arraycopy(kept, 0, nu, 0, nu.length);
        };
    assertThat(Nets.slope(GROUPS, errors(free, same))).as("the same").isGreaterThan(-0.4);
    Uoro.Signs oneForAll = (random, nu) -> Arrays.fill(nu, random.nextLong() < 0 ? -1 : 1);
    assertThat(Nets.slope(GROUPS, errors(free, oneForAll))).as("one").isGreaterThan(-0.4);
  }

  private static double[] draw(Randomness random, int length) {
    double[] nu = new double[length];
    Uoro.Signs.INDEPENDENT.draw(random, nu);
    return nu;
  }

  /** What a recursion written anew may get wrong. */
  private enum Fault {
    NONE,
    /** s̃ takes 1 in place of ν. */
    SIGNS_OF_ONE_FACTOR_DROPPED,
    /** θ̃ takes other signs than s̃. */
    SIGNS_DRAWN_TWICE,
    /** θ̃ is multiplied by ρ₀ where it is to be divided. */
    BALANCED_THE_WRONG_WAY
  }

  /** Estimates of the first sample's gradient, with J and D as matrices. */
  private static double[] errors(FreePhase free, Fault fault) {
    FreePhase sample = free.sample(0);
    Transition transition = new Transition(sample.problem());
    Jacobians jacobians = new Jacobians(transition, sample.problem());
    double[] exact = Vectors.flat(new Rtrl(sample, K).gradients());
    List<double[][]> js = new ArrayList<>();
    List<double[][]> ds = new ArrayList<>();
    for (List<double[]> state : LastSteps.states(sample, K)) {
      transition.set(state, 0);
      js.add(jacobians.byState());
      double[][] d = new double[js.get(0).length][exact.length];
      jacobians.addByParameters(d);
      ds.add(d);
    }
    transition.set(sample.end(), 0);
    double[] byState = Vectors.flat(transition.lossByState());
    List<double[]> draws = new ArrayList<>();
    Randomness random = new Randomness(3, Randomness.Stream.DIRECTION, 0);
    for (int draw = 0; draw < DRAWS; draw++) {
      double[] s = new double[byState.length];
      double[] theta = new double[exact.length];
      for (int t = 0; t < K; t++) {
        double[] nu = draw(random, s.length);
        double[] other = fault == Fault.SIGNS_DRAWN_TWICE ? draw(random, s.length) : nu;
        double[] moved = new double[s.length];
        double[] byParameters = new double[theta.length];
        for (int i = 0; i < s.length; i++) {
          moved[i] = Vectors.dot(js.get(t)[i], s);
          Vectors.add(other[i], ds.get(t)[i], byParameters);
        }
        double rho0 = t == 0 ? 1 : Math.sqrt(Vectors.norm(theta) / Vectors.norm(moved));
        double rho1 = Math.sqrt(Vectors.norm(byParameters) / Vectors.norm(nu));
        double kept = fault == Fault.BALANCED_THE_WRONG_WAY ? rho0 : 1 / rho0;
        for (int i = 0; i < s.length; i++) {
          double sign = fault == Fault.SIGNS_OF_ONE_FACTOR_DROPPED ? 1 : nu[i];
          s[i] = rho0 * moved[i] + rho1 * sign;
        }
        for (int q = 0; q < theta.length; q++) {
          theta[q] = kept * theta[q] + byParameters[q] / rho1;
        }
      }
      double[] gradient = new double[theta.length];
      Vectors.add(Vectors.dot(byState, s), theta, gradient);
      draws.add(gradient);
    }
    return Arrays.stream(GROUPS).map(n -> error(draws, exact, (int) n)).toArray();
  }

  @Test
  void faultyRecursionsAreBiased() {
    FreePhase free = FreePhase.run(Cases.chain(Cases.INSIDE, 3, 5, 4), T, K);
    for (Fault fault : Fault.values()) {
      double[] errors = errors(free, fault);
      double last = errors[errors.length - 1] / errors[errors.length - 2];
      if (fault == Fault.NONE) {
        assertThat(Nets.slope(GROUPS, errors)).isBetween(-0.6, -0.4);
        assertThat(last).isBetween(0.3, 0.7);
      } else {
        // four times as many draws do not help any more
        assertThat(last).as(fault.name()).isGreaterThan(0.8);
      }
    }
  }

  @Test
  void theSeedDeterminesIt() {
    FreePhase free = FreePhase.run(Cases.chain(Cases.INSIDE, 3, 5, 4), T, K);
    List<double[]> one = new Uoro(free, K, 3, 1).gradients();
    List<double[]> again = new Uoro(free, K, 3, 1).gradients();
    List<double[]> other = new Uoro(free, K, 3, 2).gradients();
    for (int p = 0; p < one.size(); p++) {
      assertThat(again.get(p)).isEqualTo(one.get(p));
      assertThat(other.get(p)).isNotEqualTo(one.get(p));
    }
    assertThat(new Uoro(free, K, 3, 1).name()).isEqualTo("uoro");
  }

  /** Samples have signs of their own, so a draw is not that of each sample with the same signs. */
  @Test
  void samplesAreDrawnApart() {
    FreePhase free = FreePhase.run(Cases.chain(Cases.INSIDE, 3, 5, 4), T, K);
    List<double[]> whole = new Uoro(free, K, 1, 1).gradients();
    List<double[]> same = Vectors.zeroParameters(free.problem().network());
    for (int row = 0; row < 3; row++) {
      Vectors.add(1.0 / 3, new Uoro(free.sample(row), K, 1, 1).gradients(), same);
    }
    assertThat(Nets.error(whole, same)).isGreaterThan(0.1);
  }

  @Test
  void refusesWhatMakesNoSense() {
    FreePhase free = FreePhase.run(Cases.chain(Cases.INSIDE, 3, 5, 4), T, K);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Uoro(free, K, 0, 1))
        .withMessage("There are 0 estimates to take the mean of; it must be at least 1.");
    assertThatIllegalArgumentException().isThrownBy(() -> new Uoro(free, K + 1, 1, 1));
  }
}
