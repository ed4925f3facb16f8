package org.eqprop.bptt.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eqprop.bptt.estimate.HolomorphicEp.Circle;
import org.eqprop.bptt.reference.Cases;
import org.eqprop.bptt.reference.ComplexTransition;
import org.eqprop.bptt.reference.EquilibriumSteps.Estimate;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.bptt.reference.Transition;
import org.eqprop.core.cost.CrossEntropy;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The estimate on a circle against the exact gradient, and faults in it. */
final class HolomorphicEpTest {
  private static final double SETTLED = 1e-15;
  private static final int MOST = 20000;

  private static Problem chain(Dynamics dynamics, Activation activation, int... sizes) {
    return Cases.problem(Network.chain(dynamics, activation, sizes), 3);
  }

  private static Problem classified(Dynamics dynamics, Activation activation, int... sizes) {
    return Cases.problem(
        Network.chain(dynamics, activation, output -> new CrossEntropy(output, 3), sizes), 3);
  }

  static List<Nets.Net> nets() {
    return List.of(
        new Nets.Net("p-1h, sigmoid", chain(Cases.INSIDE, Activation.SIGMOID, 5, 13, 9)),
        new Nets.Net("p-2h, tanh", chain(Nets.LEAKY, Activation.TANH, 5, 9, 12, 15)),
        new Nets.Net("eb-1h, tanh", chain(Nets.ENERGY, Activation.TANH, 5, 13, 9)),
        new Nets.Net("eb-2h, sigmoid", chain(Nets.ENERGY, Activation.SIGMOID, 5, 9, 12, 15)),
        new Nets.Net("toy", Cases.toy(Nets.ENERGY)),
        new Nets.Net("p-1h, cross-entropy", classified(Cases.INSIDE, Activation.SIGMOID, 6, 8, 5)),
        new Nets.Net("eb-1h, cross-entropy", classified(Nets.ENERGY, Activation.TANH, 6, 8, 5)),
        new Nets.Net("p-conv, average", Nets.convolutional(true)));
  }

  private static List<double[]> exact(FreePhase free) {
    return new RbpLinearSolve(free).gradients();
  }

  private static double error(FreePhase free, int points, double radius) {
    HolomorphicEp ep = new HolomorphicEp(free, new Circle(points, radius), SETTLED, MOST);
    return Nets.error(ep.gradients(), exact(free));
  }

  @ParameterizedTest
  @MethodSource("nets")
  void theErrorFallsAsTheRadiusToThePowerOfThePoints(Nets.Net net) {
    FreePhase free = net.settled(1);
    for (int points : new int[] {2, 3, 4, 6}) {
      // where neither higher powers nor rounding show
      double[] radii =
          points == 6 ? new double[] {0.2, 0.1, 0.05} : new double[] {0.1, 0.05, 0.025};
      double[] errors = new double[radii.length];
      for (int i = 0; i < radii.length; i++) {
        errors[i] = error(free, points, radii[i]);
      }
      assertThat(Nets.slope(radii, errors)).isBetween(points - 0.2, points + 0.2);
    }
  }

  /**
   * Six points with |β| = 0.1 leave a₇/a₁·1e-6 of the series Σ aₙ·βⁿ. With a read-out, and with a
   * squared error that has become small, that is below 1e-10. With the squared error of random
   * weights a₇/a₁ is 3e-3, so it takes half the radius, or eight points.
   */
  @Test
  void sixPointsAreExactToTenDigits() {
    FreePhase readOut = nets().get(5).settled(1);
    assertThat(error(readOut, 6, 0.1)).isLessThan(1e-10);
    FreePhase trained = trained(chain(Cases.INSIDE, Activation.SIGMOID, 5, 13, 9), 1000);
    HolomorphicEp ep = new HolomorphicEp(trained, new Circle(6, 0.1), SETTLED, MOST);
    double[] expected = Vectors.flat(exact(trained));
    double[] difference = Vectors.flat(ep.gradients());
    Vectors.add(-1, expected, difference);
    assertThat(Vectors.norm(difference)).isLessThan(1e-10 * Vectors.norm(expected));
    FreePhase random = nets().get(0).settled(1);
    assertThat(error(random, 6, 0.1)).isBetween(1e-10, 1e-8);
    assertThat(error(random, 6, 0.05)).isLessThan(1e-10);
    assertThat(error(random, 8, 0.1)).isLessThan(1e-10);
  }

  /** The slope of {@code sigmoid4} is four times as large, and so is what β does to a unit. */
  @Test
  void steeperActivationsNeedSmallerCircles() {
    Problem steep = chain(Cases.INSIDE, Activation.SIGMOID4, 5, 13, 9);
    FreePhase free = FreePhase.run(steep, MOST, 1);
    assertThat(error(free, 6, 0.1)).isBetween(1e-6, 1e-3);
    assertThat(error(free, 8, 0.025)).isLessThan(1e-10);
  }

  /** The steady state after as many steps of gradient descent with rate 1. */
  private static FreePhase trained(Problem start, int updates) {
    Network network = start.network();
    Map<String, double[]> values = new HashMap<>();
    for (Parameter parameter : network.parameters()) {
      double bound = 1 / Math.sqrt(parameter.name().endsWith(".0") ? 13 : 9);
      Random random = new Random(parameter.name().hashCode());
      values.put(
          parameter.name(), random.doubles(parameter.shape().size(), -bound, bound).toArray());
    }
    FreePhase free = settle(start, values);
    for (int update = 0; update < updates; update++) {
      List<double[]> gradients = new RbpFixedPoint(free, 1e-6, MOST).gradients();
      for (int p = 0; p < gradients.size(); p++) {
        Vectors.add(-1, gradients.get(p), values.get(network.parameters().get(p).name()));
      }
      free = settle(start, values);
    }
    return free;
  }

  private static FreePhase settle(Problem problem, Map<String, double[]> values) {
    Problem own = Problem.of(problem.network(), values::get, problem.x(), problem.y());
    return FreePhase.run(own, 400, 1);
  }

  static List<Nets.Net> centered() {
    return List.of(
        nets().get(0),
        nets().get(2),
        new Nets.Net("p-1h, nudge outside", chain(Cases.OUTSIDE, Activation.SIGMOID, 5, 13, 9)),
        new Nets.Net("untied p-2h, vector field", Nets.untied(Nets.LEAKY)));
  }

  /** Also where there is no Φ: whatever takes its place is the same in both. */
  @ParameterizedTest
  @MethodSource("centered")
  void twoPointsAreTheCenteredEstimate(Nets.Net net) {
    FreePhase free = net.settled(1);
    List<double[]> two = new HolomorphicEp(free, new Circle(2, 0.1), SETTLED, MOST).gradients();
    List<double[]> centered =
        SummedSteps.equilibrium(free, 0.1, Estimate.CENTERED, 1500).gradients();
    assertThat(Nets.error(two, centered)).isLessThan(1e-11);
    assertThat(Nets.error(two, exact(free))).isGreaterThan(1e-5);
  }

  @Test
  void realStrengthsGiveTheRealTransition() {
    Problem problem = chain(Nets.LEAKY, Activation.SIGMOID4, 5, 13, 9);
    FreePhase free = FreePhase.run(problem, 5, 1);
    Transition real = new Transition(problem);
    ComplexTransition complex = new Transition(problem).continued();
    // what another strength leaves behind is set anew
    complex.set(free.end(), 0.3, 0.7);
    complex.step();
    assertThat(Vectors.largest(complex.im())).isGreaterThan(0.01);
    complex.set(free.end(), 0.3, 0);
    real.set(free.end(), 0.3);
    assertThat(Vectors.largest(complex.im())).isZero();
    for (int step = 0; step < 10; step++) {
      double change = complex.step();
      List<double[]> before = real.state();
      real.step();
      assertThat(change).isCloseTo(Vectors.distance(before, real.state()), within(1e-14));
    }
    assertThat(Vectors.distance(complex.re(), real.state())).isLessThan(1e-14);
    assertThat(Vectors.largest(complex.im())).isZero();
    assertThat(Vectors.distance(complex.phiByParametersRe(), real.phiByParameters()))
        .isLessThan(1e-13);
  }

  /** The nudge outside σ (Eq. 8) derives from no Φ, and untied weights follow another rule. */
  @Test
  void otherSettingsDoNotApproachTheGradient() {
    FreePhase outside = FreePhase.run(Cases.chain(Cases.OUTSIDE, 3, 5, 4), MOST, 1);
    assertThat(error(outside, 6, 0.1)).isGreaterThan(0.01);
    FreePhase untied = FreePhase.run(Nets.untied(Nets.LEAKY), MOST, 1);
    assertThat(error(untied, 6, 0.1)).isGreaterThan(0.01);
  }

  /** What a faulty sum takes from ∂Φ/∂θ at angle α. */
  private interface Term {
    double of(double alpha, double re, double im);
  }

  /** The sum over all points, settled at β = r·(cos α, flatten·sin α). */
  private static List<double[]> sum(FreePhase free, Circle circle, double flatten, Term term) {
    Transition real = new Transition(free.problem());
    ComplexTransition transition = real.continued();
    List<double[]> sum = Vectors.zeroParameters(free.problem().network());
    double scale = -1 / (free.problem().batch() * circle.points() * circle.radius());
    for (int k = 0; k < circle.points(); k++) {
      double alpha = circle.angle(k);
      double im = flatten * circle.radius() * Math.sin(alpha);
      transition.set(free.end(), circle.radius() * Math.cos(alpha), im);
      for (int step = 0; step < 300; step++) {
        transition.step();
      }
      for (int p = 0; p < sum.size(); p++) {
        double[] re = transition.phiByParametersRe().get(p);
        double[] imaginary = transition.phiByParametersIm().get(p);
        for (int i = 0; i < re.length; i++) {
          sum.get(p)[i] += scale * term.of(alpha, re[i], imaginary[i]);
        }
      }
    }
    return sum;
  }

  @Test
  void faultsAreSeen() {
    FreePhase free = nets().get(0).settled(1);
    List<double[]> exact = exact(free);
    Circle circle = new Circle(6, 0.1);
    Term right = (alpha, re, im) -> Math.cos(alpha) * re + Math.sin(alpha) * im;
    assertThat(Nets.error(sum(free, circle, 1, right), exact)).isLessThan(1e-8);
    Term conjugate = (alpha, re, im) -> Math.cos(alpha) * re - Math.sin(alpha) * im;
    assertThat(Nets.error(sum(free, circle, 1, conjugate), exact)).isGreaterThan(0.1);
    Term realPart = (alpha, re, im) -> Math.cos(alpha) * re;
    assertThat(Nets.error(sum(free, circle, 1, realPart), exact)).isGreaterThan(0.1);
    assertThat(Nets.error(sum(free, circle, 0, right), exact)).as("real β").isGreaterThan(0.1);
    assertThat(Nets.error(sum(free, circle, -1, right), exact)).as("conj β").isGreaterThan(0.1);
    Term unweighted = (alpha, re, im) -> re;
    assertThat(Nets.error(sum(free, circle, 1, unweighted), exact)).isGreaterThan(0.1);
    // states that have not settled
    FreePhase early = FreePhase.run(free.problem(), 3, 1);
    assertThat(error(early, 6, 0.1)).isGreaterThan(1e-4);
  }

  @Test
  void refusesWhatIsNotHolomorphic() {
    refuses(
        chain(Cases.INSIDE, Activation.HARD_SIGMOID, 3, 5, 4),
        "hard-sigmoid is made of straight lines, so it has no complex derivative; the network needs"
            + " sigmoid, sigmoid4, tanh or identity.");
    refuses(
        Nets.convolutional(false),
        "Max pooling has no meaning for complex states; the network needs average pooling.");
    refuses(
        Cases.chain(new EnergyBased(0.3, true, false), 3, 5, 4),
        "Clipped states have no complex derivative; holomorphic equilibrium propagation needs"
            + " energy-based states that are not clipped.");
  }

  private static void refuses(Problem problem, String message) {
    FreePhase free = FreePhase.run(problem, 100, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HolomorphicEp(free, new Circle(4, 0.1), SETTLED, MOST))
        .withMessage(message);
  }

  @Test
  void refusesWhatMakesNoSense() {
    FreePhase free = FreePhase.run(Cases.chain(Nets.ENERGY, 3, 5, 4), 500, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> new Circle(1, 0.1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Circle(2, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Circle(2, Double.NaN));
    Circle circle = new Circle(2, 0.1);
    assertThatIllegalArgumentException().isThrownBy(() -> new HolomorphicEp(free, circle, 0, MOST));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HolomorphicEp(free, circle, SETTLED, 0));
    assertThatIllegalStateException()
        .isThrownBy(() -> new HolomorphicEp(free, circle, SETTLED, 5).gradients())
        .withMessageStartingWith("The nudged phase with beta 0.1 + 0.0i still changes by ")
        .withMessageEndingWith(" after 5 steps; take a smaller radius, or allow more steps.");
    HolomorphicEp ep = new HolomorphicEp(free, circle, SETTLED, MOST);
    assertThat(ep.name()).isEqualTo("holomorphic");
  }
}
