package org.eqprop.bptt.estimate;

import java.util.List;
import org.eqprop.bptt.reference.FreePhase;

/**
 * Recurrent backprop by elimination: (I − Jᵀ)·λ = ∂L/∂s, solved for one sample after the other,
 * then ∂L/∂θ = Dᵀ·λ (Almeida 1987, Pineda 1987). This is the exact gradient of the loss in the
 * steady state, up to rounding, for nets of some thousand units at most: with n units it takes n³/3
 * multiplications a sample and 16·n² bytes.
 */
public final class RbpLinearSolve implements ParameterGradient {
  /** The name in options. */
  public static final String NAME = "rbp-solve";

  private final FreePhase free;

  /**
   * The exact gradient at the end of a free phase.
   *
   * @param free a phase that has settled
   */
  public RbpLinearSolve(FreePhase free) {
    this(free, MemoryLimit.DEFAULT);
  }

  /**
   * The exact gradient at the end of a free phase.
   *
   * @param free a phase that has settled
   * @param mostBytes the most memory that the matrices may take
   * @throws IllegalArgumentException in one sentence, if they would take more
   */
  public RbpLinearSolve(FreePhase free, long mostBytes) {
    this.free = free;
    long units = Jacobians.units(free.problem().network());
    MemoryLimit.check(
        "The linear system of recurrent backprop with " + units + " units",
        16.0 * units * units,
        mostBytes);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<double[]> gradients() {
    int batch = free.problem().batch();
    List<double[]> mean = Vectors.zeroParameters(free.problem().network());
    for (int row = 0; row < batch; row++) {
      FreePhase sample = free.sample(row);
      AdjointEquation equation = new AdjointEquation(sample);
      Jacobians jacobians = new Jacobians(equation.transition(), sample.problem());
      double[][] matrix = identityMinusTransposed(jacobians.byState());
      List<double[]> lambda = equation.lossByState();
      double[] solution = Vectors.flat(lambda);
      LinearSystem.solve(matrix, solution);
      Vectors.unflat(solution, lambda);
      Vectors.add(1.0 / batch, equation.gradients(lambda), mean);
    }
    return mean;
  }

  private static double[][] identityMinusTransposed(double[][] j) {
    double[][] matrix = new double[j.length][j.length];
    for (int r = 0; r < j.length; r++) {
      for (int c = 0; c < j.length; c++) {
        matrix[r][c] = (r == c ? 1 : 0) - j[c][r];
      }
    }
    return matrix;
  }
}
