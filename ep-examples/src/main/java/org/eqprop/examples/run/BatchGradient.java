package org.eqprop.examples.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eqprop.core.learn.GradientEstimator;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.settle.Context;
import org.eqprop.core.store.Model;

/** The gradient that a run's method gives for some samples. */
public final class BatchGradient {
  private BatchGradient() {}

  /**
   * The direction of descent, the mean over all samples, row-major in the paper's shapes.
   *
   * @param config of the run: its method, T, K, β and settling
   * @param method another method, or empty for the run's
   * @throws UsageException if there is no such method, it refuses the network or has no gradient
   */
  public static Map<Parameter, float[]> of(
      Config config, String method, Model model, Context context, Samples samples) {
    Network network = model.network();
    Config own = config.withMethod(method.isEmpty() ? config.methods().get(0) : method);
    Learner learner = Learners.create(own, network, context, samples.size());
    if (!(learner instanceof GradientEstimator estimator)) {
      throw new UsageException(
          "The method "
              + own.method()
              + " has no gradient of a batch: it changes the weights while it settles; name"
              + " another with --method.");
    }
    int[] order = new int[samples.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    Minibatch batch =
        new Minibatch(samples, order.length, model.starts(context.kernels()).unseen(order.length));
    batch.select(order, 0, order.length, 0);
    estimator.estimate(batch);
    estimator.requireFinite(order.length);
    Map<Parameter, float[]> gradients = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      gradients.put(parameter, parameter.writeGradient());
    }
    return gradients;
  }
}
