package org.eqprop.bptt.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.eqprop.bptt.reference.EquilibriumSteps.Estimate;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.core.network.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Equilibrium propagation by the ends of its phases, beside the sum of its steps. */
final class ContrastedStatesTest {
  private static final double BETA = 0.03;

  static List<Nets.Net> nets() {
    return Nets.all().stream().filter(ContrastedStatesTest::hasPhi).toList();
  }

  private static boolean hasPhi(Nets.Net net) {
    return net.problem().network().cost().readOut() == null
        && net.problem().network().connections().stream().allMatch(Connection::hasPhi);
  }

  @ParameterizedTest
  @MethodSource("nets")
  void theEndsAreTheSumOfTheSteps(Nets.Net net) {
    FreePhase free = net.settled(1);
    for (int steps : new int[] {1, 7}) {
      for (boolean centered : new boolean[] {false, true}) {
        Estimate estimate = centered ? Estimate.CENTERED : Estimate.ONE_SIDED;
        List<double[]> sum = SummedSteps.equilibrium(free, BETA, estimate, steps).gradients();
        List<double[]> ends = ContrastedStates.nudged(free, BETA, centered, steps).gradients();
        assertThat(Nets.error(ends, sum)).isLessThan(1e-12);
        // the control: another number of steps
        List<double[]> other = ContrastedStates.nudged(free, BETA, centered, steps + 1).gradients();
        assertThat(Nets.error(other, sum)).isGreaterThan(1e-6);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("nets")
  void coupledLearningWithTheWholeWayIsHebbian(Nets.Net net) {
    FreePhase free = net.settled(1);
    List<double[]> clamped = ContrastedStates.clamped(free, 50).gradients();
    assertThat(Nets.error(ContrastedStates.coupled(free, 1, 50).gradients(), clamped)).isZero();
    double half = Nets.error(ContrastedStates.coupled(free, 0.5, 50).gradients(), clamped);
    assertThat(half).isGreaterThan(1e-4);
  }

  @Test
  void whatHasNoPhiOrNoRangeIsRefused() {
    for (Nets.Net net : Nets.all()) {
      if (!hasPhi(net)) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> ContrastedStates.nudged(net.settled(1), 1, false, 1))
            .withMessageContaining("have a Phi and no read-out only.");
      }
    }
    FreePhase free = nets().get(0).settled(1);
    for (double beta : new double[] {0, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ContrastedStates.nudged(free, beta, true, 1))
          .withMessage("beta is " + beta + "; it must be finite and not zero.");
    }
    for (double share : new double[] {0, -1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ContrastedStates.coupled(free, share, 1))
          .withMessageContaining("at most 1");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContrastedStates.clamped(free, 0))
        .withMessage("K is 0; it must be at least 1.");
  }
}
