package org.eqprop.bptt.gdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RelMseTest {
  @Test
  void isTheMeanOfEachElementsRelativeDistance() {
    RelMse relMse = new RelMse(3);
    relMse.add(new double[] {3, 0, 1}, new double[] {0, 0, 1});
    relMse.add(new double[] {4, 0, 2}, new double[] {0, 0, 1});
    // ‖(3, 4)‖ / 5 = 1; both zero: 0; ‖(0, 1)‖ / ‖(1, 2)‖
    assertThat(relMse.mean()).isCloseTo((1 + 0 + 1 / Math.sqrt(5)) / 3, within(1e-15));
  }

  @Test
  void agreementOfVectors() {
    Agreement agreement = Agreement.of(new double[] {3, 0, 0, 4}, new double[] {4, 0, 1, -3});
    assertThat(agreement.cosine()).isZero();
    assertThat(agreement.signs()).isEqualTo(0.5);
    assertThat(agreement.largestDifference()).isEqualTo(7);
    assertThat(Agreement.of(new double[2], new double[2]).cosine()).isEqualTo(1);
    assertThat(Agreement.of(new double[2], new double[] {0, 1}).cosine()).isZero();
  }

  @Test
  void meanOfComparisons() {
    Comparison mean =
        Comparison.mean(List.of(comparison(0.1, 1, 0.5, 3), comparison(0.3, 0, 1, 2)));
    assertThat(mean.layers().get(0).relMse()).isCloseTo(0.2, within(1e-15));
    Comparison.OfParameter weight = mean.parameters().get(0);
    assertThat(weight.name()).isEqualTo("weight.0");
    assertThat(weight.relMse()).isCloseTo(0.4, within(1e-15));
    assertThat(weight.cumulated()).isCloseTo(0.6, within(1e-15));
    assertThat(weight.total()).isEqualTo(new Agreement(0.5, 0.75, 3));
  }

  private static Comparison comparison(
      double relMse, double cosine, double signs, double difference) {
    Agreement total = new Agreement(cosine, signs, difference);
    return new Comparison(
        List.of(new Comparison.OfLayer("s0", relMse, total)),
        List.of(new Comparison.OfParameter("weight.0", 2 * relMse, 3 * relMse, total)));
  }
}
