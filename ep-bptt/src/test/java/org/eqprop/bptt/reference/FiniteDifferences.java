package org.eqprop.bptt.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eqprop.core.network.Parameter;

/**
 * The gradient of the loss in the steady state by differences: a parameter is moved, the network
 * settles anew, and the loss is looked at. Nothing is differentiated.
 */
public final class FiniteDifferences {
  private static final double SETTLED = 1e-15;
  private static final int MOST = 20000;

  private FiniteDifferences() {}

  /**
   * The gradient by the four-point formula (8·(L(h) − L(−h)) − (L(2h) − L(−2h)))/12h, whose error
   * is h⁴·L⁽⁵⁾/30 and about 1e-16·L/h by rounding.
   *
   * @param free a phase that has settled
   */
  public static List<double[]> gradients(FreePhase free, double h) {
    List<double[]> gradients = new ArrayList<>();
    for (int p = 0; p < free.problem().parameters().size(); p++) {
      double[] gradient = new double[free.problem().parameters().get(p).length];
      for (int i = 0; i < gradient.length; i++) {
        double near = loss(free, p, i, h) - loss(free, p, i, -h);
        double far = loss(free, p, i, 2 * h) - loss(free, p, i, -2 * h);
        gradient[i] = (8 * near - far) / (12 * h);
      }
      gradients.add(gradient);
    }
    return gradients;
  }

  private static double loss(FreePhase free, int p, int i, double step) {
    Problem problem = free.problem();
    Map<String, double[]> values = new HashMap<>();
    List<Parameter> all = Problem.parameters(problem.network());
    for (int q = 0; q < all.size(); q++) {
      values.put(all.get(q).name(), problem.parameters().get(q).clone());
    }
    values.get(all.get(p).name())[i] += step;
    Problem moved = Problem.of(problem.network(), values::get, problem.x(), problem.y());
    Transition transition = new Transition(moved);
    transition.set(free.end(), 0);
    for (int t = 0; t < MOST; t++) {
      List<double[]> before = transition.state();
      transition.step();
      if (distance(before, transition.state()) <= SETTLED) {
        return transition.loss();
      }
    }
    throw new IllegalStateException("The network does not settle.");
  }

  private static double distance(List<double[]> one, List<double[]> other) {
    double largest = 0;
    for (int n = 0; n < one.size(); n++) {
      for (int i = 0; i < one.get(n).length; i++) {
        largest = Math.max(largest, Math.abs(one.get(n)[i] - other.get(n)[i]));
      }
    }
    return largest;
  }
}
