package org.eqprop.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.testing.AllocationMeter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictorsTest {
  private static final int INPUTS = 13;
  private static final int CLASSES = 5;

  private static Network network(boolean energyBased) {
    Network network =
        Network.chain(
            energyBased
                ? new EnergyBased(0.5, true, false)
                : new Prototypical(1, Prototypical.Nudge.OUTSIDE),
            Activation.SIGMOID4,
            CLASSES,
            17,
            INPUTS);
    network.initialise(3);
    return network;
  }

  private static float[] inputs(int count) {
    float[] inputs = new float[count * INPUTS];
    for (int i = 0; i < count; i++) {
      float[] one = new float[INPUTS];
      WarmUp.fill(one, i);
      System.arraycopy(one, 0, inputs, i * INPUTS, INPUTS);
    }
    return inputs;
  }

  private static PredictorBuilder builder(boolean energyBased) {
    return new PredictorBuilder(network(energyBased), 30, Settling.fast(energyBased, 0.3));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 19, 20, 21, 40, 47})
  void batchesGiveTheBitsOfSinglePredictions(int count) {
    for (boolean energyBased : new boolean[] {false, true}) {
      float[] inputs = inputs(count);
      int[] best = new int[count + 1];
      float[] scores = new float[count * CLASSES];
      best[count] = -7;
      builder(energyBased).batch().predictScores(inputs, count, best, scores);
      int[] alone = new int[count];
      builder(energyBased).batch().predict(inputs, count, alone);
      assertThat(alone).isEqualTo(Arrays.copyOf(best, count));
      assertThat(best[count]).isEqualTo(-7);
      Predictor single = builder(energyBased).build();
      for (int i = 0; i < count; i++) {
        assertThat(best[i]).isEqualTo(single.predict(inputs, i * INPUTS));
        float[] expected = new float[CLASSES];
        single.scores(expected, 0);
        assertThat(Arrays.copyOfRange(scores, i * CLASSES, (i + 1) * CLASSES))
            .containsExactly(expected);
      }
    }
  }

  @Test
  void theBestClassesComeInOrder() {
    Predictor predictor = builder(false).build();
    predictor.predict(inputs(1));
    int[] top = new int[CLASSES];
    predictor.top(top);
    for (int i = 1; i < CLASSES; i++) {
      assertThat(predictor.score(top[i])).isLessThanOrEqualTo(predictor.score(top[i - 1]));
    }
    assertThat(top).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    int[] one = new int[1];
    predictor.top(one);
    assertThat(one[0]).isEqualTo(predictor.predict(inputs(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.top(new int[6]))
        .withMessage("The best 6 were asked for; there are 5 classes.");
  }

  @Test
  void equalScoresAreInTheOrderOfTheClasses() {
    Network zero =
        Network.chain(
            new Prototypical(1, Prototypical.Nudge.OUTSIDE), Activation.SIGMOID4, 4, 3, 2);
    Predictor predictor = new PredictorBuilder(zero, 3, Settling.EXACT).build();
    assertThat(predictor.predict(new float[2])).isZero();
    int[] top = new int[3];
    predictor.top(top);
    assertThat(top).containsExactly(0, 1, 2);
  }

  @Test
  void stepsAndToleranceAreOwn() {
    Predictor all = builder(false).tolerance(0).build();
    all.predict(inputs(1));
    assertThat(all.stepsTaken()).isEqualTo(30);
    Predictor few = builder(false).tolerance(0).steps(4).build();
    few.predict(inputs(1));
    assertThat(few.stepsTaken()).isEqualTo(4);
    Predictor loose = builder(false).settleForPrediction().build();
    loose.predict(inputs(1));
    assertThat(loose.stepsTaken()).isLessThan(30);
    assertThat(loose.converged()).isTrue();
    assertThat(loose.residual()).isLessThan(1e-2f);
    Predictor energy = builder(true).settleForPrediction().build();
    energy.predict(inputs(1));
    assertThat(energy.residual()).isLessThan(1e-2f);
  }

  @Test
  void aPoolServesManyThreads() throws Exception {
    int count = 60;
    float[] inputs = inputs(count);
    PredictorPool pool = builder(false).pool(2);
    assertThat(pool.classes()).isEqualTo(CLASSES);
    assertThat(pool.inputSize()).isEqualTo(INPUTS);
    Predictor single = builder(false).build();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<float[]>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        float[] one = Arrays.copyOfRange(inputs, i * INPUTS, (i + 1) * INPUTS);
        all.add(
            threads.submit(
                () -> {
                  float[] scores = new float[CLASSES];
                  pool.predict(one, scores);
                  return scores;
                }));
      }
      for (int i = 0; i < count; i++) {
        single.predict(inputs, i * INPUTS);
        float[] expected = new float[CLASSES];
        single.scores(expected, 0);
        assertThat(all.get(i).get()).containsExactly(expected);
      }
    }
  }

  @Test
  void aMistakeDoesNotTakeAPredictorFromThePool() {
    PredictorPool pool = builder(false).pool(1);
    for (int i = 0; i < 3; i++) {
      assertThatIllegalArgumentException().isThrownBy(() -> pool.predict(new float[2]));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> pool.predict(inputs(1), new float[CLASSES - 1]));
    }
    assertThat(pool.predict(inputs(1))).isBetween(0, CLASSES - 1);
  }

  @Test
  void whoWaitsForAPredictorCanBeInterrupted() throws Exception {
    PredictorPool pool = builder(false).pool(1);
    CountDownLatch warming = new CountDownLatch(1);
    Thread busy =
        new Thread(
            () -> {
              warming.countDown();
              pool.warmUp();
            });
    busy.start();
    warming.await();
    Thread.currentThread().interrupt();
    // warming up gives the predictor back now and then, so the first call need not wait
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(
            () -> {
              while (busy.isAlive()) {
                pool.predict(inputs(1));
              }
            });
    assertThat(Thread.interrupted()).isTrue();
    busy.join();
    assertThat(pool.isFree()).isTrue();
  }

  @Test
  void nothingIsAllocated() {
    float[] inputs = inputs(47);
    int[] best = new int[47];
    float[] scores = new float[47 * CLASSES];
    int[] top = new int[3];
    float[] one = inputs(1);
    BatchPredictor batch = builder(false).batch().warmUp();
    Predictor single = builder(false).build().warmUp();
    PredictorPool pool = builder(false).pool(1);
    Runnable all =
        () -> {
          batch.predictScores(inputs, 47, best, scores);
          single.predict(inputs, 0);
          single.scores(scores, 0);
          single.top(top);
          pool.predict(one, scores);
        };
    assertThat(AllocationMeter.settled(all)).isZero();
  }

  @Test
  void scoresThatAreNotFiniteAreRefused() {
    Network network = network(false);
    float[] values = network.parameters().getFirst().write();
    values[0] = Float.NaN;
    network.parameters().getFirst().read(values);
    network.refresh(KernelsSelector.kernels());
    PredictorBuilder broken = new PredictorBuilder(network, 10, Settling.EXACT);
    float[] one = inputs(1);
    assertThatExceptionOfType(DivergenceException.class)
        .isThrownBy(() -> broken.build().predict(one))
        .withMessage(
            "The scores are not finite; the inputs, the weights or epsilon are too large.");
    assertThatExceptionOfType(DivergenceException.class)
        .isThrownBy(() -> broken.batch().predict(one, 1, new int[1]));
    LivePredictor live = new LivePredictor(builder(false), 1);
    int before = live.predict(one);
    assertThatExceptionOfType(DivergenceException.class).isThrownBy(() -> live.publish(broken));
    assertThat(live.predict(one)).isEqualTo(before);
  }

  @Test
  void mistakesGiveOneSentence() {
    BatchPredictor batch = builder(false).batch();
    int[] best = {-1, -1};
    float[] two = inputs(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.predict(two, 3, new int[3]))
        .withMessage("There are 3 samples of 13 values, got 26 values.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.predict(two, -1, best))
        .withMessage("The number of samples is -1; it must be at least 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.predict(two, 2, new int[1]))
        .withMessage("There are 2 samples, but room for 1 classes.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.predictScores(two, 2, best, new float[9]))
        .withMessage("The network takes 10 scores, got 9.");
    two[20] = Float.NaN;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.predict(two, 2, best))
        .withMessage("The value 20 of the input is NaN, which is no finite number.");
    assertThat(best).containsExactly(-1, -1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(false).pool(0))
        .withMessage("The size of the pool is 0; it must be at least 1.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(false).steps(0))
        .withMessage("steps is 0; it must be from 1 to 1000000.");
  }
}
