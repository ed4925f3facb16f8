package org.eqprop.bptt.estimate;

import java.util.Arrays;
import java.util.List;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Transition;
import org.eqprop.core.network.Randomness;

/**
 * Unbiased online recurrent optimization (Tallec and Ollivier 2017): {@link Rtrl}'s P_t = ∂s_t/∂θ
 * is estimated by one product s̃·θ̃ᵀ of a vector over the units and one over the parameters. Each
 * step draws a sign ν for each unit and takes
 *
 * <ul>
 *   <li>s̃ ← ρ₀·J·s̃ + ρ₁·ν, θ̃ ← θ̃/ρ₀ + Dᵀ·ν/ρ₁, both of s_t
 *   <li>ρ₀ = √(‖θ̃‖/‖J·s̃‖), ρ₁ = √(‖Dᵀ·ν‖/‖ν‖), which balance the norms; 1 where one norm is 0
 * </ul>
 *
 * <p>from s̃ = θ̃ = 0 at s_{T−K}. Then ∂L/∂θ ≈ (∂L/∂s_T·s̃)·θ̃. Its mean over the signs is RTRL's
 * gradient, because the mean of ν·νᵀ is I and the mean of ν is 0: products of one step's signs with
 * anything else vanish. Each sample has signs of its own.
 */
public final class Uoro implements ParameterGradient {
  /** The name in options. */
  public static final String NAME = "uoro";

  /** Where the signs of a pass come from. */
  @FunctionalInterface
  interface Signs {
    /** Sets ν for the next step of a pass. */
    void draw(Randomness random, double[] nu);

    /** A sign for each unit, independent in each step. */
    Signs INDEPENDENT =
        (random, nu) -> {
          for (int i = 0; i < nu.length; i++) {
            nu[i] = random.nextLong() < 0 ? -1 : 1;
          }
        };
  }

  private final FreePhase free;
  private final int steps;
  private final int draws;
  private final long seed;
  private final Signs signs;

  /**
   * The mean of several estimates.
   *
   * @param free kept at least K states before the last; it need not have settled
   * @param steps K, at least 1
   * @param draws number of estimates, at least 1
   * @param seed the same seed gives the same signs
   * @throws IllegalArgumentException in one sentence, if the phase kept fewer states
   */
  public Uoro(FreePhase free, int steps, int draws, long seed) {
    this(free, steps, draws, seed, Signs.INDEPENDENT);
  }

  /** As above, with other signs. */
  Uoro(FreePhase free, int steps, int draws, long seed, Signs signs) {
    if (draws < 1) {
      throw new IllegalArgumentException(
          "There are " + draws + " estimates to take the mean of; it must be at least 1.");
    }
    this.steps = LastSteps.check(free, steps);
    this.draws = draws;
    this.seed = seed;
    this.signs = signs;
    this.free = free;
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
      Sample sample = new Sample(row);
      for (int draw = 0; draw < draws; draw++) {
        Vectors.add(1.0 / batch / draws, sample.estimate(draw), mean);
      }
    }
    return mean;
  }

  /** The estimates of one sample. */
  final class Sample {
    private final int row;
    private final FreePhase own;
    private final Transition transition;
    private final List<double[]> s;
    private final List<double[]> nu;
    private final List<double[]> theta;

    Sample(int row) {
      this.row = row;
      own = free.sample(row);
      transition = new Transition(own.problem());
      s = own.problem().zeroState();
      nu = own.problem().zeroState();
      theta = Vectors.zeroParameters(own.problem().network());
    }

    /** One estimate of the gradient of this sample's ℓ. */
    List<double[]> estimate(int draw) {
      long index = (long) draw * free.problem().batch() + row;
      Randomness random = new Randomness(seed, Randomness.Stream.DIRECTION, index);
      s.forEach(values -> Arrays.fill(values, 0));
      theta.forEach(values -> Arrays.fill(values, 0));
      for (List<double[]> state : LastSteps.states(own, steps)) {
        transition.set(state, 0);
        step(random);
      }
      transition.set(own.end(), 0);
      double byState = Vectors.dot(Vectors.flat(transition.lossByState()), Vectors.flat(s));
      List<double[]> gradients = Vectors.copy(transition.lossByParameters());
      Vectors.add(byState, theta, gradients);
      return gradients;
    }

    private void step(Randomness random) {
      double[] drawn = new double[Vectors.size(nu)];
      signs.draw(random, drawn);
      Vectors.unflat(drawn, nu);
      List<double[]> moved = Vectors.copy(transition.forward(s));
      transition.setCotangent(nu);
      List<double[]> byParameters = transition.backToParameters();
      double rho0 = balance(norm(theta), norm(moved));
      double rho1 = balance(norm(byParameters), norm(nu));
      for (int n = 0; n < s.size(); n++) {
        combine(rho0, moved.get(n), rho1, nu.get(n), s.get(n));
      }
      for (int p = 0; p < theta.size(); p++) {
        combine(1 / rho0, theta.get(p), 1 / rho1, byParameters.get(p), theta.get(p));
      }
    }
  }

  private static double norm(List<double[]> values) {
    return Vectors.norm(Vectors.flat(values));
  }

  /** √(a/b), or 1 if one is 0. */
  private static double balance(double a, double b) {
    return a > 0 && b > 0 ? Math.sqrt(a / b) : 1;
  }

  /** out = a·x + b·y. */
  private static void combine(double a, double[] x, double b, double[] y, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a * x[i] + b * y[i];
    }
  }
}
