package org.eqprop.examples.gdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class SlopeFitTest {
  private static final double[] BETAS = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6};

  private static SlopeFit fit(DoubleUnaryOperator relMse) {
    return SlopeFit.of(BETAS, Arrays.stream(BETAS).map(relMse).toArray());
  }

  @Test
  void findsThePower() {
    SlopeFit fit = fit(beta -> 3 * beta);
    assertThat(fit.slope()).isCloseTo(1, within(1e-12));
    assertThat(fit.points()).isEqualTo(6);
    assertThat(fit(beta -> 0.1 * beta * beta).slope()).isCloseTo(2, within(1e-12));
  }

  @Test
  void leavesOutTheFloorAndHigherPowers() {
    SlopeFit fit = fit(beta -> beta * beta + 1e-15 / beta);
    assertThat(fit.slope()).isBetween(1.9, 2.1);
    assertThat(fit.points()).isEqualTo(5);
    SlopeFit saturated = fit(beta -> Math.min(beta, 0.01));
    assertThat(saturated.slope()).isCloseTo(1, within(1e-12));
    assertThat(saturated.points()).isEqualTo(5);
  }

  @Test
  void leavesOutASteepBeginning() {
    SlopeFit fit = fit(beta -> beta + 1e4 * Math.pow(beta, 4));
    assertThat(fit.slope()).isCloseTo(1, within(0.01));
    assertThat(fit.points()).isEqualTo(5);
    SlopeFit all =
        SlopeFit.throughAll(
            BETAS, Arrays.stream(BETAS).map(b -> b + 1e4 * b * b * b * b).toArray());
    assertThat(all.slope()).isGreaterThan(1.1);
    assertThat(all.points()).isEqualTo(6);
  }

  @Test
  void aConstantHasNoSlope() {
    SlopeFit fit = fit(beta -> 0.3);
    assertThat(fit.slope()).isCloseTo(0, within(1e-12));
    assertThat(fit.points()).isEqualTo(6);
    assertThat(fit(beta -> 0).slope()).isNaN();
  }
}
