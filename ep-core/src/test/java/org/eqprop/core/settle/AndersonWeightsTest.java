package org.eqprop.core.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AndersonWeightsTest {
  /** The products of residuals; the newest is first. */
  private static double[][] gram(double[]... residuals) {
    double[][] gram = new double[residuals.length][residuals.length];
    for (int i = 0; i < gram.length; i++) {
      for (int j = 0; j < gram.length; j++) {
        for (int c = 0; c < residuals[i].length; c++) {
          gram[i][j] += residuals[i][c] * residuals[j][c];
        }
      }
    }
    return gram;
  }

  /** ‖f_k + Σ γ_j (f_j − f_k)‖². */
  private static double square(double[][] residuals, double... gamma) {
    double square = 0;
    for (int c = 0; c < residuals[0].length; c++) {
      double sum = residuals[0][c];
      for (int j = 0; j < gamma.length; j++) {
        sum += gamma[j] * (residuals[j + 1][c] - residuals[0][c]);
      }
      square += sum * sum;
    }
    return square;
  }

  @Test
  void theMixedResidualIsTheShortest() {
    double[][] residuals = {
      {0.2, -0.1, 0.05, 0.3}, {0.5, 0.2, -0.4, 0.1}, {-1, 0.3, 0.6, 0.7}, {2, -1, 1, 0.1}
    };
    AndersonWeights weights = new AndersonWeights(3);
    assertThat(weights.solve(gram(residuals), 3)).isEqualTo(3);
    double[] gamma = {weights.gamma(0), weights.gamma(1), weights.gamma(2)};
    double least = square(residuals, gamma);
    assertThat(least).isLessThan(0.75 * square(residuals, 0, 0, 0));
    for (int j = 0; j < 3; j++) {
      for (double change : new double[] {-1e-3, 1e-3}) {
        double[] other = gamma.clone();
        other[j] += change;
        assertThat(square(residuals, other)).isGreaterThan(least);
      }
    }
  }

  @Test
  void columnsThatAreEqualCountOnce() {
    double[] newest = {0.2, -0.1, 0.05};
    double[] older = {0.5, 0.2, -0.4};
    AndersonWeights weights = new AndersonWeights(3);
    assertThat(weights.solve(gram(newest, older, older, older), 3)).isEqualTo(1);
    AndersonWeights one = new AndersonWeights(1);
    one.solve(gram(newest, older), 1);
    assertThat(weights.gamma(0)).isEqualTo(one.gamma(0)).isNotZero();
    assertThat(weights.gamma(1)).isZero();
    assertThat(weights.gamma(2)).isZero();
  }

  @Test
  void aSystemOfEqualResidualsIsSingular() {
    double[] same = {0.2, -0.1, 0.05};
    assertThat(new AndersonWeights(2).solve(gram(same, same, same), 2)).isZero();
    double[] other = {0.2, -0.1, 0.06};
    assertThat(new AndersonWeights(2).solve(gram(same, other, same), 2)).isEqualTo(1);
  }

  @Test
  void aResidualOfZeroNeedsNoMove() {
    double[] zero = {0, 0};
    assertThat(new AndersonWeights(2).solve(gram(zero, zero, zero), 2)).isZero();
  }

  @Test
  void whatIsNotFiniteIsLeftOut() {
    double[] newest = {0.2, -0.1};
    double[] older = {0.5, 0.2};
    AndersonWeights weights = new AndersonWeights(2);
    assertThat(weights.solve(gram(newest, new double[] {Double.NaN, 0}, older), 2)).isEqualTo(1);
    assertThat(weights.gamma(0)).isZero();
    assertThat(weights.solve(gram(new double[] {Double.NaN, 0}, newest, older), 2)).isZero();
    double[] infinite = {Double.POSITIVE_INFINITY, 0};
    assertThat(weights.solve(gram(infinite, newest, older), 2)).isZero();
  }

  /** One unit: two rounds of an affine map determine its fixed point. */
  @Test
  void oneUnitIsSolvedExactly() {
    AndersonSample sample = new AndersonSample(1, 5);
    sample.begin();
    sample.move(false);
    for (int round = 0; round < 2; round++) {
      sample.state()[0] = 0.5f * sample.state()[0] + 1;
      sample.move(false);
    }
    assertThat(sample.state()[0]).isCloseTo(2f, within(1e-6f));
    for (int round = 0; round < 20; round++) {
      sample.state()[0] = 0.5f * sample.state()[0] + 1;
      sample.move(false);
      assertThat(sample.state()[0]).isCloseTo(2f, within(1e-6f));
    }
  }

  @Test
  void aMoveAfterWhichTheResidualGrowsIsTakenBack() {
    AndersonSample sample = new AndersonSample(1, 1);
    sample.begin();
    assertThat(sample.move(false)).isFalse();
    sample.state()[0] = 1;
    assertThat(sample.move(false)).as("a first round has nothing to mix").isFalse();
    sample.state()[0] = 1.5f;
    assertThat(sample.move(false)).isTrue();
    assertThat(sample.state()[0]).isEqualTo(2f);
    sample.state()[0] = 5;
    assertThat(sample.move(false)).isTrue();
    assertThat(sample.state()[0]).as("where the move came from").isEqualTo(1.5f);
    sample.state()[0] = 1.8f;
    assertThat(sample.move(false)).as("the second of two plain steps").isFalse();
    assertThat(sample.state()[0]).isEqualTo(1.8f);
    sample.state()[0] = 1.9f;
    assertThat(sample.move(false)).as("then it mixes again").isTrue();
    assertThat(sample.state()[0]).isCloseTo(1.95f, within(1e-6f));
    sample.state()[0] = Float.NaN;
    assertThat(sample.move(false)).as("and gives up what is not finite").isTrue();
    assertThat(sample.state()[0]).isEqualTo(1.9f);
    float[] plain = {1.91f, 1.915f, 1.9175f};
    for (float next : plain) {
      sample.state()[0] = next;
      assertThat(sample.move(false)).as("four plain steps after the second failure").isFalse();
    }
    sample.state()[0] = 1.91875f;
    assertThat(sample.move(false)).isTrue();
  }

  @Test
  void clippedStatesStayWithinZeroAndOne() {
    for (boolean clip : new boolean[] {true, false}) {
      AndersonSample sample = new AndersonSample(2, 1);
      sample.begin();
      sample.move(clip);
      sample.state()[0] = 0.9f;
      sample.state()[1] = 0.2f;
      sample.move(clip);
      sample.state()[0] = 0.95f;
      sample.state()[1] = 0.1f;
      float[] before = Arrays.copyOf(sample.state(), 2);
      assertThat(sample.move(clip)).isTrue();
      assertThat(sample.state()).isNotEqualTo(before);
      boolean inside = true;
      for (float value : sample.state()) {
        inside &= value >= 0 && value <= 1;
      }
      assertThat(inside || !clip).isTrue();
    }
  }
}
