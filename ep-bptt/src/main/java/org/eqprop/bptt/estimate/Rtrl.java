package org.eqprop.bptt.estimate;

import java.util.Arrays;
import java.util.List;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.bptt.reference.Transition;

/**
 * Real-time recurrent learning (Williams and Zipser 1989): P_t = ∂s_t/∂θ is carried forward, P ←
 * J·P + D at s_t, from P = 0 at s_{T−K}; then ∂L/∂θ = ∂L/∂s_T·P_T. It is the gradient of
 * backpropagation through the last K steps, in whatever state they are.
 *
 * <p>P and what follows it have an element for each unit and parameter: 2 · units · parameters · 8
 * bytes. Samples come one after the other; beside a batch that steps together there would be as
 * much for each sample.
 */
public final class Rtrl implements ParameterGradient {
  /** The name in options. */
  public static final String NAME = "rtrl";

  private final FreePhase free;
  private final int steps;

  /**
   * Forward-time gradients in at most {@link MemoryLimit#DEFAULT} bytes.
   *
   * @param free the free phase that it starts from
   * @param steps number of steps
   */
  public Rtrl(FreePhase free, int steps) {
    this(free, steps, MemoryLimit.DEFAULT);
  }

  /**
   * Forward-time gradients.
   *
   * @param free kept at least K states before the last; it need not have settled
   * @param steps K, at least 1
   * @param mostBytes the most memory that P and its successor may take
   * @throws IllegalArgumentException in one sentence, if they would take more, or the phase kept
   *     fewer states
   */
  public Rtrl(FreePhase free, int steps, long mostBytes) {
    this.free = free;
    this.steps = LastSteps.check(free, steps);
    long units = Jacobians.units(free.problem().network());
    long parameters = Jacobians.parameters(free.problem().network());
    MemoryLimit.check(
        "Real-time recurrent learning of " + units + " units and " + parameters + " parameters",
        bytes(units, parameters),
        mostBytes);
  }

  private static double bytes(long units, long parameters) {
    return 2.0 * units * parameters * Double.BYTES;
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
      Vectors.add(1.0 / batch, ofSample(free.sample(row)), mean);
    }
    return mean;
  }

  private List<double[]> ofSample(FreePhase sample) {
    Problem problem = sample.problem();
    Transition transition = new Transition(problem);
    Jacobians jacobians = new Jacobians(transition, problem);
    int units = Math.toIntExact(Jacobians.units(problem.network()));
    int parameters = Math.toIntExact(Jacobians.parameters(problem.network()));
    double[][] p = new double[units][parameters];
    double[][] next = new double[units][parameters];
    for (List<double[]> state : LastSteps.states(sample, steps)) {
      transition.set(state, 0);
      multiply(jacobians.byState(), p, next);
      jacobians.addByParameters(next);
      double[][] before = p;
      p = next;
      next = before;
    }
    transition.set(sample.end(), 0);
    double[] byState = Vectors.flat(transition.lossByState());
    double[] gradient = new double[parameters];
    for (int i = 0; i < units; i++) {
      Vectors.add(byState[i], p[i], gradient);
    }
    List<double[]> gradients = Vectors.zeroParameters(problem.network());
    Vectors.unflat(gradient, gradients);
    Vectors.add(1, transition.lossByParameters(), gradients);
    return gradients;
  }

  /** out = j·p. */
  private static void multiply(double[][] j, double[][] p, double[][] out) {
    for (int i = 0; i < j.length; i++) {
      Arrays.fill(out[i], 0);
      for (int k = 0; k < p.length; k++) {
        if (j[i][k] != 0) {
          Vectors.add(j[i][k], p[k], out[i]);
        }
      }
    }
  }
}
