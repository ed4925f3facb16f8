package org.eqprop.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.settle.Settling;
import org.junit.jupiter.api.Test;

class BackgroundWarmUpTest {
  private static final int INPUTS = 37;

  private static Network network() {
    Network network =
        Network.chain(
            new Prototypical(1, Prototypical.Nudge.OUTSIDE), Activation.SIGMOID4, 7, 19, INPUTS);
    network.initialise(3);
    return network;
  }

  private static float[] scores(Predictor predictor, long seed) {
    Random random = new Random(seed);
    float[] input = new float[INPUTS];
    for (int i = 0; i < INPUTS; i++) {
      input[i] = random.nextFloat();
    }
    predictor.predict(input);
    float[] scores = new float[predictor.classes()];
    predictor.scores(scores, 0);
    return scores;
  }

  private static Predictor predictor(Network network, Kernels kernels) {
    return new Predictor(network, kernels, 20, Settling.EXACT);
  }

  @Test
  void predictorsGoOverToTheKernelsWithTheSameBits() throws Exception {
    Network network = network();
    Predictor plain = predictor(network, new ScalarKernels());
    Predictor reference = predictor(network, KernelsSelector.kernels());
    assertThat(plain.kernels()).isInstanceOf(ScalarKernels.class);
    float[] before = scores(plain, 1);
    assertThat(before).isEqualTo(scores(reference, 1));
    Thread thread =
        BackgroundWarmUp.start(List.of(plain), () -> predictor(network, KernelsSelector.kernels()));
    assertThat(thread.isDaemon()).isTrue();
    thread.join(TimeUnit.MINUTES.toMillis(2));
    assertThat(thread.isAlive()).isFalse();
    // nothing changes before the next call: the last scores can still be read
    assertThat(plain.kernels()).isInstanceOf(ScalarKernels.class);
    assertThat(scores(plain, 2)).isEqualTo(scores(reference, 2));
    assertThat(plain.kernels()).isSameAs(KernelsSelector.kernels());
    assertThat(scores(plain, 1)).isEqualTo(before);
  }

  @Test
  void theBuilderBeginsWithPlainJavaAndEndsOnTheKernels() throws Exception {
    PredictorBuilder builder =
        new PredictorBuilder(network(), 20, Settling.EXACT).warmUpInBackground();
    Predictor predictor = builder.build();
    assertThat(predictor.kernels()).isInstanceOf(ScalarKernels.class);
    float[] first = scores(predictor, 5);
    List<Predictor> pool = builder.pool(2).predictors();
    assertThat(pool).hasSize(2);
    for (Predictor one : List.of(predictor, pool.get(0), pool.get(1))) {
      assertThat(scores(one, 5)).isEqualTo(first);
      assertThat(endsOnTheKernels(one)).isTrue();
      assertThat(scores(one, 5)).isEqualTo(first);
    }
  }

  private static boolean endsOnTheKernels(Predictor predictor) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!predictor.kernels().equals(KernelsSelector.kernels()) && System.nanoTime() < end) {
      Thread.sleep(20);
      scores(predictor, 1);
    }
    return predictor.kernels().equals(KernelsSelector.kernels());
  }
}
