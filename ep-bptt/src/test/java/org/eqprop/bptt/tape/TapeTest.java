package org.eqprop.bptt.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.eqprop.core.kernel.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values, re-evaluation and simplification; derivatives are in {@link DerivativesTest}. */
final class TapeTest {
  private final Tape tape = new Tape();
  private final Random random = new Random(3);

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "3, 8, 12",
    "2, 7, 5",
    "31, 9, 255",
    "32, 16, 256",
    "33, 17, 257",
    "1, 300, 10",
    "70, 1, 513"
  })
  void matmulIsTheSumOfProducts(int m, int k, int n) {
    double[] a = random.doubles((long) m * k, -1, 1).toArray();
    double[] b = random.doubles((long) k * n, -1, 1).toArray();
    double[] expected = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum = Math.fma(a[i * k + p], b[p * n + j], sum);
        }
        expected[i * n + j] = sum;
      }
    }
    Node left = tape.leaf(m, k, a);
    Node right = tape.leaf(k, n, b);
    assertThat(tape.matmul(left, right).value()).isEqualTo(expected);
    Node leftTransposed = tape.leaf(k, m, tape.transpose(left).value());
    Node rightTransposed = tape.leaf(n, k, tape.transpose(right).value());
    assertThat(tape.matmul(leftTransposed, right, true, false).value()).isEqualTo(expected);
    assertThat(tape.matmul(left, rightTransposed, false, true).value()).isEqualTo(expected);
    assertThat(tape.matmul(leftTransposed, rightTransposed, true, true).value())
        .isEqualTo(expected);
  }

  @Test
  void evaluatesAnewOnlyWhatDependsOnWhatWasSet() {
    Node x = tape.leaf(1, 2, 1, 2);
    Node s = tape.leaf(1, 2, 3, 4);
    Node drive = tape.scale(2, x);
    Node next = tape.add(drive, s);
    assertThat(next.value()).containsExactly(5, 8);
    drive.value()[0] = 100; // stands out if it is computed again
    s.set(0, 0);
    assertThat(next.value()).containsExactly(100, 4);
    x.set(1, 3);
    assertThat(next.value()).containsExactly(2, 6);
  }

  @Test
  void slopesAtTheBoundsAreOne() {
    Node x = tape.leaf(1, 6, -1e-300, 0, 0.5, 1, Math.nextUp(1.0), Double.NaN);
    assertThat(tape.activate(Activation.HARD_SIGMOID, 1, x).value())
        .containsExactly(0, 1, 1, 1, 0, 0);
    assertThat(tape.clip(x).value()).containsExactly(0, 0, 0.5, 1, 1, Double.NaN);
    Node f = tape.sum(tape.clip(x));
    assertThat(tape.gradient(f, List.of(x)).get(0).value()).containsExactly(0, 1, 1, 1, 0, 0);
  }

  @Test
  void rampsRiseFromZeroToTheirEnds() {
    Node x = tape.leaf(1, 7, -1e-300, 0, 0.5, 2, 6, Math.nextUp(6.0), Double.NaN);
    assertThat(tape.activate(Activation.HARD_SIGMOID_HALF, x).value())
        .containsExactly(0, 0, 0.25, 1, 1, 1, Double.NaN);
    assertThat(tape.activate(Activation.HARD_SIGMOID_HALF, 1, x).value())
        .containsExactly(0, 0.5, 0.5, 0.5, 0, 0, 0);
    assertThat(tape.activate(Activation.RELU6, x).value())
        .containsExactly(0, 0, 0.5, 2, 6, 6, Double.NaN);
    assertThat(tape.activate(Activation.RELU6, 1, x).value()).containsExactly(0, 1, 1, 1, 1, 0, 0);
    assertThat(tape.activate(Activation.RELU6, 2, x).value()).containsOnly(0);
  }

  @Test
  void activationsAreTheirClosedForms() {
    Node x = tape.leaf(1, 3, -0.7, 0.5, 2);
    double p = 1 / (1 + Math.exp(-2));
    assertThat(tape.activate(Activation.SIGMOID, x).value()[2]).isEqualTo(p);
    assertThat(tape.activate(Activation.SIGMOID, 1, x).value()[2])
        .isCloseTo(p * (1 - p), within(1e-16));
    assertThat(tape.activate(Activation.SIGMOID, 2, x).value()[2])
        .isCloseTo(p * (1 - p) * (1 - 2 * p), within(1e-16));
    assertThat(tape.activate(Activation.SIGMOID4, x).value()[1]).isEqualTo(0.5);
    assertThat(tape.activate(Activation.SIGMOID4, 1, x).value()[1]).isEqualTo(1);
    assertThat(tape.activate(Activation.SIGMOID4, 2, x).value()[1]).isEqualTo(0);
    double u = Math.tanh(2);
    assertThat(tape.activate(Activation.TANH, 1, x).value()[2]).isCloseTo(1 - u * u, within(1e-16));
    assertThat(tape.activate(Activation.TANH, 2, x).value()[2])
        .isCloseTo(-2 * u * (1 - u * u), within(1e-16));
    assertThat(tape.activate(Activation.IDENTITY, x)).isSameAs(x);
  }

  @Test
  void aBilinearFormIsDifferentiatedAsByHand() {
    Node target = tape.leaf(20, 3);
    Node source = tape.leaf(20, 4);
    Node weight = tape.leaf(3, 4);
    Node phi = tape.sum(tape.mul(target, tape.matmul(source, weight, false, true)));
    List<Node> gradient = tape.gradient(phi, List.of(target, source, weight));
    assertThat(gradient.get(0).operator()).isInstanceOf(Matmul.class);
    assertThat(gradient.get(1).inputs()).containsExactly(target, weight);
    assertThat(gradient.get(2).inputs()).containsExactly(target, source);
  }

  @Test
  void differentiatesByExpressionsAndByStrangers() {
    Node x = tape.leaf(1, 2, 0.1, 0.2);
    Node u = tape.activate(Activation.TANH, x);
    Node f = tape.sum(tape.mul(u, u));
    Node stranger = tape.leaf(2, 3);
    List<Node> gradient = tape.gradient(f, List.of(u, stranger));
    assertThat(gradient.get(0).value()).containsExactly(2 * Math.tanh(0.1), 2 * Math.tanh(0.2));
    assertThat(gradient.get(1).value()).hasSize(6).containsOnly(0);
  }

  @Test
  void refusesWhatDoesNotFit() {
    Node a = tape.leaf(2, 3);
    Node b = tape.leaf(3, 2);
    assertThatIllegalArgumentException().isThrownBy(() -> tape.add(a, b));
    assertThatIllegalArgumentException().isThrownBy(() -> tape.mul(a, b));
    assertThatIllegalArgumentException().isThrownBy(() -> tape.sub(a, b));
    assertThatIllegalArgumentException().isThrownBy(() -> tape.matmul(a, a));
    assertThatIllegalArgumentException().isThrownBy(() -> tape.addRow(a, b));
    assertThatIllegalArgumentException().isThrownBy(() -> tape.repeatRow(a, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> tape.fill(a, 2, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> tape.gradient(a, List.of(a)));
    assertThatIllegalArgumentException().isThrownBy(() -> tape.leaf(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> a.set(1));
    assertThatIllegalArgumentException().isThrownBy(() -> tape.activate(Activation.TANH, -1, a));
    assertThatIllegalStateException().isThrownBy(() -> tape.scale(2, a).set(1));
    assertThatIllegalStateException().isThrownBy(a::scalar);
  }
}
