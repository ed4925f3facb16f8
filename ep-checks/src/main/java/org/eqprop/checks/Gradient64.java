package org.eqprop.checks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eqprop.bptt.reference.BackpropSteps;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.core.network.Network;

/** The direction of descent of the loss after T free steps, in float64. */
final class Gradient64 {
  private Gradient64() {}

  /** That of the mean over the first {@code count} samples, for each parameter. */
  static List<double[]> of(Network network, RandomSamples samples, int count, int freeSteps) {
    Problem problem = Problem.of(network, samples.x(count), samples.y(count));
    BackpropSteps steps = new BackpropSteps(FreePhase.run(problem, freeSteps, freeSteps));
    List<double[]> sums = new ArrayList<>();
    for (int t = 0; t < freeSteps; t++) {
      steps.advance();
      for (int p = 0; p < network.parameters().size(); p++) {
        double[] step = steps.parameter(p);
        if (t == 0) {
          sums.add(new double[step.length]);
        }
        double[] sum = sums.get(p);
        Arrays.setAll(sum, i -> sum[i] - step[i]);
      }
    }
    return sums;
  }

  /** The largest difference. */
  static double distance(float[] found, double[] expected) {
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(found[i] - expected[i]));
    }
    return largest;
  }
}
