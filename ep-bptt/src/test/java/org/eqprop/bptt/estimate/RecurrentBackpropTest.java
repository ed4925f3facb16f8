package org.eqprop.bptt.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.eqprop.bptt.reference.Cases;
import org.eqprop.bptt.reference.FiniteDifferences;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All three ways of recurrent backprop, and faults that must be seen. */
final class RecurrentBackpropTest {
  private static final double TOLERANCE = 1e-15;

  /**
   * So small that no maximum of a window moves elsewhere; losses round by 1e-16, so 1e-11 is left.
   */
  private static final double H = 1e-5;

  private static final int MOST = 20000;

  static List<Nets.Net> nets() {
    return Nets.all();
  }

  private static List<double[]> exact(FreePhase free) {
    return new RbpLinearSolve(free).gradients();
  }

  @ParameterizedTest
  @MethodSource("nets")
  void isTheGradientOfTheLossInTheSteadyState(Nets.Net net) {
    FreePhase free = net.settled(1);
    assertThat(free.residual()).isLessThan(1e-15);
    List<double[]> differences = FiniteDifferences.gradients(free, H);
    assertThat(Nets.error(exact(free), differences)).isLessThan(1e-6);
    List<double[]> iterated = new RbpFixedPoint(free, TOLERANCE, MOST).gradients();
    assertThat(Nets.error(iterated, differences)).isLessThan(1e-6);
    // control: before the network has settled there is no such gradient
    FreePhase early = FreePhase.run(net.problem(), 3, 1);
    assertThat(Nets.error(exact(early), differences)).isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @MethodSource("nets")
  void isBackpropThroughAsManyStepsAsItTakes(Nets.Net net) {
    FreePhase free = net.settled(1500);
    List<double[]> exact = exact(free);
    List<double[]> unrolled = SummedSteps.backprop(free, 1500).gradients();
    assertThat(Nets.error(unrolled, exact)).isLessThan(1e-10);
    List<double[]> iterated = new RbpFixedPoint(free, TOLERANCE, MOST).gradients();
    assertThat(Nets.error(iterated, exact)).isLessThan(1e-10);
    // control: a few steps are not enough
    List<double[]> few = SummedSteps.backprop(free, 5).gradients();
    assertThat(Nets.error(few, exact)).isGreaterThan(1e-4);
  }

  /**
   * Both take the same sums of the same products, in states that differ by the residual, below
   * 1e-15 a unit. That changes each entry of J by |F″|·1e-15 in each of up to 30 products, and each
   * product of up to 80 terms rounds by 80·1.1e-16: below 30·(1e-15 + 9e-15) = 3e-13 together, and
   * less where λ shrinks.
   */
  @ParameterizedTest
  @MethodSource("nets")
  void termsOfTheSeriesAreStepsOfTruncatedBackprop(Nets.Net net) {
    FreePhase free = net.settled(31);
    for (int k : new int[] {1, 2, 7, 30}) {
      List<double[]> series = new RbpNeumann(free, k).gradients();
      assertThat(Nets.error(series, SummedSteps.backprop(free, k).gradients())).isLessThan(1e-12);
      // controls: another number of steps; a network that has not settled
      List<double[]> more = SummedSteps.backprop(free, k + 1).gradients();
      assertThat(Nets.error(series, more)).as("one step more than %d", k).isGreaterThan(1e-10);
    }
    FreePhase early = FreePhase.run(net.problem(), 8, 7);
    List<double[]> series = new RbpNeumann(early, 7).gradients();
    assertThat(Nets.error(series, SummedSteps.backprop(early, 7).gradients())).isGreaterThan(1e-4);
  }

  /** What the equation becomes by a fault. */
  private interface Fault {
    /** The matrix in place of I − Jᵀ. */
    double[][] matrix(double[][] j, double epsilon);
  }

  private static double[][] matrix(double[][] j, double diagonal, boolean transposed) {
    double[][] matrix = new double[j.length][j.length];
    for (int r = 0; r < j.length; r++) {
      for (int c = 0; c < j.length; c++) {
        matrix[r][c] = (r == c ? diagonal : 0) - (transposed ? j[c][r] : j[r][c]);
      }
    }
    return matrix;
  }

  /** The solution of a faulty equation, the Jacobian of sample (row + shift) mod B. */
  private static List<double[]> solve(FreePhase free, int shift, Fault fault) {
    Problem problem = free.problem();
    List<double[]> mean = Vectors.zeroParameters(problem.network());
    for (int row = 0; row < problem.batch(); row++) {
      AdjointEquation equation = new AdjointEquation(free.sample(row));
      FreePhase other = free.sample((row + shift) % problem.batch());
      Jacobians jacobians = new Jacobians(new AdjointEquation(other).transition(), other.problem());
      double epsilon = problem.network().dynamics().epsilon();
      List<double[]> lambda = equation.lossByState();
      double[] solution = Vectors.flat(lambda);
      LinearSystem.solve(fault.matrix(jacobians.byState(), epsilon), solution);
      Vectors.unflat(solution, lambda);
      Vectors.add(1.0 / problem.batch(), equation.gradients(lambda), mean);
    }
    return mean;
  }

  @Test
  void faultsAreSeen() {
    for (Nets.Net net : nets().stream().filter(n -> n.name().startsWith("untied")).toList()) {
      FreePhase free = net.settled(1);
      List<double[]> exact = exact(free);
      Fault none = (j, epsilon) -> matrix(j, 1, true);
      assertThat(Nets.error(solve(free, 0, none), exact)).isLessThan(1e-14);
      Fault notTransposed = (j, epsilon) -> matrix(j, 1, false);
      assertThat(Nets.error(solve(free, 0, notTransposed), exact)).isGreaterThan(0.01);
      assertThat(Nets.error(solve(free, 1, none), exact)).as("other sample").isGreaterThan(1e-3);
      Fault withoutEpsilon = (j, epsilon) -> matrix(j, 2 - epsilon, true);
      assertThat(Nets.error(solve(free, 0, withoutEpsilon), exact)).isGreaterThan(0.1);
    }
  }

  @Test
  void eliminationExchangesRows() {
    double[] b = {3, 5, 2};
    LinearSystem.solve(new double[][] {{0, 2, 1}, {1, 1, 1}, {1, 1, 0}}, b);
    assertThat(b).containsExactly(new double[] {2, 0, 3}, within(1e-15));
    assertThatThrownBy(
            () -> LinearSystem.solve(new double[][] {{1, 2}, {2, 4}}, new double[] {1, 1}))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("The linear system is singular: the steady state is not isolated.");
  }

  @Test
  void refusesWhatMakesNoSense() {
    FreePhase free = FreePhase.run(Cases.chain(Nets.ENERGY, 3, 5, 4), 100, 1);
    assertThatIllegalStateException()
        .isThrownBy(() -> new RbpFixedPoint(free, 1e-15, 3).gradients())
        .withMessageMatching(
            "The adjoint of recurrent backprop still changes by \\S+ after 3 steps; let the free"
                + " phase settle, or allow more steps\\.");
    assertThatIllegalArgumentException().isThrownBy(() -> new RbpFixedPoint(free, 0, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new RbpFixedPoint(free, 1e-9, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RbpNeumann(free, 0))
        .withMessage("A Neumann series of 0 terms is empty; it needs at least 1.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RbpLinearSolve(free, 1023))
        .withMessage(
            "The linear system of recurrent backprop with 8 units needs 1024 bytes, more than the"
                + " 1023 allowed; take a smaller network.");
    assertThat(new RbpLinearSolve(free, 1024).gradients()).hasSize(4);
    assertThatIllegalArgumentException().isThrownBy(() -> SummedSteps.backprop(free, 0));
  }

  @Test
  void namesTellThemApart() {
    FreePhase free = FreePhase.run(Cases.chain(Nets.ENERGY, 3, 5, 4), 100, 1);
    List<ParameterGradient> all =
        List.of(
            new RbpFixedPoint(free, 1e-9, 1),
            new RbpLinearSolve(free),
            new RbpNeumann(free, 1),
            SummedSteps.backprop(free, 1));
    assertThat(all.stream().map(ParameterGradient::name))
        .containsExactly("rbp", "rbp-solve", "rbp-neumann", "bptt");
  }
}
