package org.eqprop.bptt.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.bptt.reference.Transition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** J against differences of F, and the forward product against J. */
final class JacobiansTest {
  private static final double H = 1e-4;

  static List<Nets.Net> nets() {
    return Nets.all();
  }

  /** Central differences err by h²·F‴/6, below 1e-7, and by 1e-12 from rounding. */
  @ParameterizedTest
  @MethodSource("nets")
  void areThoseOfTheTransition(Nets.Net net) {
    FreePhase free = FreePhase.run(net.problem(), 4, 1).sample(0);
    Transition transition = new Transition(free.problem());
    transition.set(free.end(), 0);
    Jacobians jacobians = new Jacobians(transition, free.problem());
    double[][] j = jacobians.byState();
    double[] state = Vectors.flat(free.end());
    assertThat(j.length).isEqualTo(state.length);
    for (int k = 0; k < state.length; k++) {
      double[] up = next(transition, free.problem(), state, k, H);
      double[] down = next(transition, free.problem(), state, k, -H);
      for (int i = 0; i < state.length; i++) {
        assertThat(j[i][k]).isCloseTo((up[i] - down[i]) / (2 * H), within(1e-7));
      }
    }
    transition.set(free.end(), 0);
    double[] v = new Random(2).doubles(state.length, -1, 1).toArray();
    List<double[]> tangent = free.problem().zeroState();
    Vectors.unflat(v, tangent);
    double[] moved = Vectors.flat(transition.forward(tangent));
    for (int i = 0; i < moved.length; i++) {
      assertThat(moved[i]).isCloseTo(Vectors.dot(j[i], v), within(1e-14));
    }
  }

  private static double[] next(
      Transition transition, Problem problem, double[] state, int unit, double change) {
    double[] moved = state.clone();
    moved[unit] += change;
    List<double[]> layers = problem.zeroState();
    Vectors.unflat(moved, layers);
    transition.set(layers, 0);
    transition.step();
    return Vectors.flat(transition.state());
  }

  @Test
  void areOfOneSample() {
    Problem three = nets().get(0).problem();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Jacobians(new Transition(three), three))
        .withMessage("The problem has 3 samples; each has Jacobians of its own.");
  }
}
