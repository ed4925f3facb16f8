package org.eqprop.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.settle.Context;
import org.eqprop.core.testing.KernelsUnderTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients that become very small at once, by every β. */
class AdamTest {
  private static final double RATE = 0.001;
  private static final double EPSILON = 1e-8;
  private static final double[] GRADIENTS = {1, 1e-4, 1e-4, -3e-4, 1e-4, 2e-4};

  private final Network network =
      Network.chain(new Prototypical(1, Nudge.OUTSIDE), Activation.TANH, 3, 17);

  /** One number for all weights, another one for each update. */
  private final class Given implements Gradients {
    private float value;

    @Override
    public void gradient(int c, int first, int end, Sink sink) {
      Connection connection = network.connections().get(c);
      for (Parameter parameter : connection.parameters()) {
        float[] gradient = parameter.gradient();
        Arrays.fill(gradient, parameter.start(first), parameter.start(end), value);
      }
      connection.drain(KernelsUnderTest.kernels(), first, end, sink);
    }

    @Override
    public long work(int c) {
      return 1;
    }
  }

  private static double[] formula(double beta1, double beta2) {
    double[] weights = new double[GRADIENTS.length];
    double m = 0;
    double v = 0;
    double w = 0;
    for (int t = 0; t < GRADIENTS.length; t++) {
      double g = (float) GRADIENTS[t];
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      double mean = m / (1 - Math.pow(beta1, t + 1.0));
      w += RATE * mean / (Math.sqrt(v / (1 - Math.pow(beta2, t + 1.0))) + EPSILON);
      weights[t] = w;
    }
    return weights;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-12, 1e-8, 1e-6, 1e-4, 0.1, 0.49, 0.5, 0.9, 0.999})
  void smallGradientsAfterALargeOneFollowTheFormula(double beta) {
    for (double other : new double[] {beta, 0.9, 0}) {
      Parameter weight = network.parameters().get(0);
      weight.read(new float[weight.shape().size()]);
      double[] expected = formula(other, beta);
      Given gradients = new Given();
      try (Context context = new Context(1, KernelsUnderTest.kernels())) {
        Adam adam = new Adam(new LearningRates(RATE), other, beta, EPSILON);
        Updater updater = new Updater(network, context, adam);
        for (int t = 0; t < GRADIENTS.length; t++) {
          gradients.value = (float) GRADIENTS[t];
          updater.update(gradients);
          // each of m, v and w is rounded a few times an update, relative to at least β of its sum
          assertThat((double) weight.write()[5])
              .describedAs("beta1 " + other + ", update " + t)
              .isCloseTo(expected[t], within(1e-5 * RATE * (t + 1) + 1e-6 * Math.abs(expected[t])));
        }
      }
    }
  }
}
