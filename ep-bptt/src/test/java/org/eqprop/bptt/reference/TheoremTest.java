package org.eqprop.bptt.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.bptt.gdu.Comparison;
import org.eqprop.bptt.gdu.Gdu;
import org.eqprop.bptt.reference.EquilibriumSteps.Estimate;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Theorem 1 (Eq. 12) step by step, and the cases that must not satisfy it: RelMSE of every layer,
 * weight and bias falls in proportion to β, and with the centered estimate to β².
 */
final class TheoremTest {
  private static final double[] BETAS = {1e-2, 1e-3, 1e-4, 1e-5};

  /** Below this, rounding (1e-16/β) shows in the centered estimate. */
  private static final double[] CENTERED_BETAS = {1e-2, 1e-3, 1e-4};

  private static final double FACTOR = 20;

  /**
   * A network, and what of it is compared.
   *
   * @param neurons false where only the parameters' gradients are equal
   */
  private record Case(String name, Problem problem, int t, int k, boolean neurons) {
    FreePhase free() {
      return FreePhase.run(problem, t, k);
    }
  }

  private static List<Case> energyBased(Dynamics dynamics) {
    return List.of(
        new Case("toy", Cases.toy(dynamics), 5000, 80, true),
        new Case("eb-1h", Cases.chain(dynamics, 5, 13, 9), 5000, 80, true),
        new Case("eb-2h", Cases.chain(dynamics, 5, 9, 12, 15), 5000, 150, true),
        new Case("eb-3h", Cases.chain(dynamics, 5, 8, 9, 10, 15), 30000, 200, true));
  }

  private static List<Case> prototypical(Dynamics dynamics) {
    return List.of(
        new Case("p-1h", Cases.chain(dynamics, 5, 13, 9), 1500, 20, false),
        new Case("p-2h", Cases.chain(dynamics, 5, 9, 12, 15), 1500, 40, false),
        new Case("p-3h", Cases.chain(dynamics, 5, 8, 9, 10, 15), 5000, 40, false));
  }

  @TestFactory
  Stream<DynamicTest> holds() {
    List<Case> cases = new ArrayList<>(energyBased(Cases.ENERGY));
    cases.addAll(prototypical(Cases.INSIDE));
    Dynamics leaky = new Prototypical(0.2, Prototypical.Nudge.INSIDE);
    cases.add(new Case("p-2h, ε = 0.2", Cases.chain(leaky, 5, 9, 12, 15), 5000, 100, false));
    return cases.stream().map(c -> DynamicTest.dynamicTest(c.name, () -> assertHolds(c)));
  }

  @Test
  void holdsAtFullWidth() {
    Network network = Network.chain(Cases.ENERGY, Activation.TANH, 10, 512, 784);
    assertHolds(new Case("eb-1h, 784-512-10", Cases.problem(network, 3), 2000, 80, true));
  }

  /**
   * Convolutions with pooling, the hard sigmoid and ε = 1 (Fig. 4, smaller): as long as no unit is
   * at a kink and no arg-max flips, Φ is smooth there.
   */
  private static Case convolutional(Dynamics dynamics) {
    ConvolutionalChain chain =
        new ConvolutionalChain(Shape.of(1, 14, 14), List.of(5, 4), List.of(4), 3, 0, 2);
    Network network = chain.network(dynamics, Activation.HARD_SIGMOID);
    return new Case("p-conv", Cases.problem(network, 2), 5000, 10, false);
  }

  @Test
  void holdsWithConvolutionsInsideOnly() {
    Case inside = convolutional(Cases.INSIDE);
    assertThat(Cases.distanceToKink(inside.problem, inside.free().end())).isGreaterThan(1e-4);
    double[] betas = {1e-3, 1e-4, 1e-5};
    assertThat(violations(inside, inside.free(), Estimate.ONE_SIDED, betas, 1)).isEmpty();
    Case outside = convolutional(Cases.OUTSIDE);
    assertThat(violations(outside, outside.free(), Estimate.ONE_SIDED, betas, 1))
        .anyMatch(violation -> violation.contains("RelMSE"));
  }

  /** The read-out outside the dynamics: its own gradient is the same in both methods. */
  @TestFactory
  Stream<DynamicTest> holdsWithCrossEntropy() {
    List<Case> cases =
        List.of(
            new Case("eb-1h", Cases.classified(Cases.ENERGY, 4, 13, 9), 5000, 80, true),
            new Case("p-1h", Cases.classified(Cases.INSIDE, 4, 13, 9), 1500, 20, false),
            new Case("p-2h", Cases.classified(Cases.INSIDE, 4, 9, 12, 15), 1500, 40, false));
    return cases.stream().map(c -> DynamicTest.dynamicTest(c.name, () -> assertHolds(c)));
  }

  @Test
  void doesNotHoldWithCrossEntropyOutside() {
    assertDoesNotHold(new Case("p-1h", Cases.classified(Cases.OUTSIDE, 4, 13, 9), 1500, 20, false));
  }

  @TestFactory
  Stream<DynamicTest> doesNotHold() {
    int[] sizes = {5, 9, 12, 15};
    List<Case> cases = new ArrayList<>();
    for (Case c : prototypical(Cases.OUTSIDE)) {
      cases.add(new Case(c.name + ", nudge outside", c.problem, c.t, c.k, false));
    }
    for (Case c : energyBased(Cases.LINEAR_OUTPUT)) {
      cases.add(new Case(c.name + ", linear output", c.problem, c.t, c.k, true));
    }
    for (Case c : List.of(energyBased(Cases.ENERGY).get(2), prototypical(Cases.INSIDE).get(1))) {
      Problem untied = c.problem.with(Cases.UNTIED);
      cases.add(new Case(c.name + ", untied weights", untied, c.t, c.k, c.neurons));
    }
    cases.add(new Case("eb-2h, stopped early", Cases.chain(Cases.ENERGY, sizes), 150, 150, true));
    cases.add(new Case("p-2h, stopped early", Cases.chain(Cases.INSIDE, sizes), 40, 40, false));
    return cases.stream().map(c -> DynamicTest.dynamicTest(c.name, () -> assertDoesNotHold(c)));
  }

  @Test
  void holdsForEachSampleAlone() {
    Case c = energyBased(Cases.ENERGY).get(1);
    Comparison found = Gdu.compare(c.free(), c.k, 1e-4, Estimate.ONE_SIDED, Gdu.Definition.PAPER);
    assertThat(entries(found, c)).allMatch(e -> e.relMse < FACTOR * 1e-4);
  }

  private static void assertHolds(Case c) {
    FreePhase free = c.free();
    assertThat(free.residual()).isLessThan(1e-15);
    assertThat(violations(c, free, Estimate.ONE_SIDED, BETAS, 1)).isEmpty();
    assertThat(violations(c, free, Estimate.CENTERED, CENTERED_BETAS, 2)).isEmpty();
    Comparison last = Gdu.compare(free, c.k, 1e-5, Estimate.CENTERED, Gdu.Definition.PROGRAM);
    assertThat(last.parameters()).allMatch(p -> p.total().largestDifference() < 1e-8);
    assertThat(last.parameters()).allMatch(p -> p.total().cosine() > 1 - 1e-8);
  }

  private static void assertDoesNotHold(Case c) {
    FreePhase free = c.free();
    assertThat(violations(c, free, Estimate.ONE_SIDED, BETAS, 1))
        .anyMatch(violation -> violation.contains("RelMSE"));
    assertThat(violations(c, free, Estimate.CENTERED, CENTERED_BETAS, 2))
        .anyMatch(violation -> violation.contains("RelMSE"));
  }

  /** A figure that must fall with β. */
  private record Entry(String name, double relMse) {}

  private static List<Entry> entries(Comparison comparison, Case c) {
    List<Entry> entries = new ArrayList<>();
    if (c.neurons) {
      comparison.layers().forEach(l -> entries.add(new Entry(l.name(), l.relMse())));
    }
    for (Comparison.OfParameter p : comparison.parameters()) {
      if (p.name().endsWith(".readout")) {
        assertThat(p.relMse() + p.cumulated()).as(p.name()).isZero();
      } else {
        entries.add(new Entry(p.name(), p.relMse()));
        entries.add(new Entry(p.name() + " cumulated", p.cumulated()));
      }
    }
    return entries;
  }

  /** Where RelMSE exceeds 20·β or does not fall with the given power of β. */
  private static List<String> violations(
      Case c, FreePhase free, Estimate estimate, double[] betas, int power) {
    List<String> violations = new ArrayList<>();
    List<List<Entry>> all = new ArrayList<>();
    for (double beta : betas) {
      all.add(entries(Gdu.compare(free, c.k, beta, estimate, Gdu.Definition.PROGRAM), c));
      for (Entry entry : all.get(all.size() - 1)) {
        if (!(entry.relMse <= FACTOR * beta)) {
          violations.add("%s: RelMSE %.2e at beta %.0e".formatted(entry.name, entry.relMse, beta));
        }
      }
    }
    List<Entry> first = all.get(0);
    List<Entry> last = all.get(all.size() - 1);
    for (int i = 0; i < first.size(); i++) {
      double fall = Math.log(first.get(i).relMse / last.get(i).relMse);
      double slope = fall / Math.log(betas[0] / betas[betas.length - 1]);
      if (!(Math.abs(slope - power) <= 0.1 * power)) {
        violations.add("%s: slope %.2f".formatted(first.get(i).name, slope));
      }
    }
    return violations;
  }
}
