package org.eqprop.bptt.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.bptt.reference.Cases;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.bptt.reference.Transition;
import org.eqprop.core.network.EnergyBased;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forward in time and backward in time give one gradient; faults in the recursion do not. */
final class RtrlTest {
  private static final int T = 12;
  private static final int K = 7;

  static List<Nets.Net> nets() {
    List<Nets.Net> nets = new ArrayList<>(Nets.all());
    nets.add(new Nets.Net("clipped", Cases.chain(new EnergyBased(0.3, true, false), 3, 5, 4)));
    return nets;
  }

  /**
   * Far from the steady state. Both add up the same products in another order: at most K·w of them
   * a parameter, w ≤ 80, so they differ by less than 560·1.1e-16 of the sum of their sizes.
   */
  @ParameterizedTest
  @MethodSource("nets")
  void equalsBackpropThroughTheSameSteps(Nets.Net net) {
    FreePhase free = FreePhase.run(net.problem(), T, K);
    List<double[]> backprop = SummedSteps.backprop(free, K).gradients();
    assertThat(Nets.error(new Rtrl(free, K).gradients(), backprop)).isLessThan(1e-12);
    // control: other steps have another gradient
    assertThat(Nets.error(new Rtrl(free, K - 1).gradients(), backprop)).isGreaterThan(1e-6);
    FreePhase later = FreePhase.run(net.problem(), T + 1, K);
    assertThat(Nets.error(new Rtrl(later, K).gradients(), backprop)).isGreaterThan(1e-6);
  }

  /** One step of a faulty recursion: P from J, P and D at s_t. */
  private interface Step {
    double[][] next(double[][] j, double[][] p, double[][] d);
  }

  /** The recursion from plain sums; the Jacobians of step t are taken at s_{t+shift}. */
  private static List<double[]> carry(FreePhase free, int shift, Step step) {
    int batch = free.problem().batch();
    List<double[]> mean = Vectors.zeroParameters(free.problem().network());
    for (int row = 0; row < batch; row++) {
      FreePhase sample = free.sample(row);
      Problem problem = sample.problem();
      Transition transition = new Transition(problem);
      Jacobians jacobians = new Jacobians(transition, problem);
      int units = Vectors.size(problem.zeroState());
      double[][] p = new double[units][Vectors.size(mean)];
      int last = sample.states().size() - 1;
      for (int t = last - K; t < last; t++) {
        transition.set(sample.states().get(t + shift), 0);
        double[][] d = new double[units][Vectors.size(mean)];
        jacobians.addByParameters(d);
        p = step.next(jacobians.byState(), p, d);
      }
      transition.set(sample.end(), 0);
      double[] byState = Vectors.flat(transition.lossByState());
      double[] gradient = new double[Vectors.size(mean)];
      for (int i = 0; i < units; i++) {
        Vectors.add(byState[i] / batch, p[i], gradient);
      }
      List<double[]> parts = Vectors.zeroParameters(problem.network());
      Vectors.unflat(gradient, parts);
      Vectors.add(1, parts, mean);
    }
    return mean;
  }

  /** j·p + d, with j transposed if asked for. */
  private static double[][] step(double[][] j, double[][] p, double[][] d, boolean transposed) {
    double[][] next = new double[d.length][];
    for (int i = 0; i < d.length; i++) {
      next[i] = d[i].clone();
      for (int k = 0; k < d.length; k++) {
        Vectors.add(transposed ? j[k][i] : j[i][k], p[k], next[i]);
      }
    }
    return next;
  }

  @Test
  void faultsAreSeen() {
    FreePhase free = FreePhase.run(Nets.untied(Nets.LEAKY), T, K);
    List<double[]> backprop = SummedSteps.backprop(free, K).gradients();
    Step right = (j, p, d) -> step(j, p, d, false);
    assertThat(Nets.error(carry(free, 0, right), backprop)).isLessThan(1e-12);
    assertThat(Nets.error(carry(free, 1, right), backprop)).as("J of the next").isGreaterThan(1e-4);
    Step transposed = (j, p, d) -> step(j, p, d, true);
    assertThat(Nets.error(carry(free, 0, transposed), backprop)).isGreaterThan(0.01);
    Step forgetful = (j, p, d) -> d;
    assertThat(Nets.error(carry(free, 0, forgetful), backprop)).isGreaterThan(0.1);
    Step inside = (j, p, d) -> step(j, sum(p, d), new double[d.length][d[0].length], false);
    assertThat(Nets.error(carry(free, 0, inside), backprop)).as("J·(P + D)").isGreaterThan(0.01);
  }

  private static double[][] sum(double[][] a, double[][] b) {
    double[][] sum = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      sum[i] = a[i].clone();
      Vectors.add(1, b[i], sum[i]);
    }
    return sum;
  }

  /** 8 units, and 3·5 + 3 + 5·4 + 5 = 43 parameters. */
  @Test
  void refusesWhatNeedsMoreMemoryThanItMay() {
    FreePhase free = FreePhase.run(Cases.chain(Nets.ENERGY, 3, 5, 4), T, K);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rtrl(free, K, 5503))
        .withMessage(
            "Real-time recurrent learning of 8 units and 43 parameters needs 5504 bytes, more than"
                + " the 5503 allowed; take a smaller network.");
    Rtrl enough = new Rtrl(free, K, 5504);
    assertThat(enough.name()).isEqualTo("rtrl");
    assertThat(enough.gradients()).hasSize(4);
  }

  @Test
  void refusesStepsThatWereNotKept() {
    FreePhase free = FreePhase.run(Cases.chain(Nets.ENERGY, 3, 5, 4), T, K);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rtrl(free, K + 1))
        .withMessage("K is 8; it must be from 1 to 7, the steps that were kept.");
    assertThatIllegalArgumentException().isThrownBy(() -> new Rtrl(free, 0));
  }
}
