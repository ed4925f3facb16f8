package org.eqprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.eqprop.core.data.Digits;
import org.eqprop.core.learn.AdjustableRate;
import org.eqprop.core.learn.DivergenceException;
import org.eqprop.core.learn.LearningRates;
import org.eqprop.core.learn.LivePredictor;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Randomness;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.store.Model;
import org.eqprop.core.testing.AllocationMeter;
import org.junit.jupiter.api.Test;

class OnlineTrainingTest {
  private static final Samples DIGITS = Digits.train();
  private static final Samples TEST = Digits.test();

  private static Training settings() {
    return Training.of(PaperNet.P_1H).hidden(64).learningRates(0.02, 0.05);
  }

  private static float[] input(Samples samples, int i) {
    float[] values = new float[samples.inputSize()];
    samples.copyInput(i, values, 0);
    return values;
  }

  private static List<float[]> weights(Network network) {
    return network.parameters().stream().map(Parameter::write).toList();
  }

  private static boolean same(Network one, Network other) {
    List<float[]> a = weights(one);
    List<float[]> b = weights(other);
    return IntStream.range(0, a.size()).allMatch(p -> Arrays.equals(a.get(p), b.get(p)));
  }

  @Test
  void oneSampleAtATimeGivesTheBitsOfBatchesOfOne() {
    Samples few = new FirstSamples(DIGITS, 50);
    Model batches = settings().batchSize(1).epochs(2).threads(1).fit(few);
    try (OnlineTraining online = settings().online(few.inputSize(), few.classes())) {
      int[] order = new int[few.size()];
      for (int epoch = 0; epoch < 2; epoch++) {
        new Randomness(1, Randomness.Stream.ORDER, epoch).permute(order);
        for (int i : order) {
          online.learn(input(few, i), few.label(i));
        }
      }
      assertThat(online.updates()).isEqualTo(100);
      assertThat(same(online.snapshot().network(), batches.network())).isTrue();
      online.learn(input(few, 0), few.label(0));
      assertThat(same(online.snapshot().network(), batches.network())).isFalse();
    }
  }

  @Test
  void itLearnsAndTellsWhatItThoughtBefore() {
    int wrong = 0;
    try (OnlineTraining online = settings().online(64, 10)) {
      for (int pass = 0; pass < 3; pass++) {
        wrong = 0;
        for (int i = 0; i < DIGITS.size(); i++) {
          wrong += online.learn(input(DIGITS, i), DIGITS.label(i)) == DIGITS.label(i) ? 0 : 1;
          assertThat(online.loss()).isBetween(0f, 5f);
        }
      }
      assertThat(wrong / (double) DIGITS.size()).isLessThan(0.05);
      var predictor = online.snapshot().predictor();
      long errors =
          IntStream.range(0, TEST.size())
              .filter(i -> predictor.predict(input(TEST, i)) != TEST.label(i))
              .count();
      assertThat(errors / (double) TEST.size()).isLessThan(0.08);
    }
  }

  @Test
  void targetsOfAnyValuesAreLearned() {
    float[] one = {0.2f, 0.9f};
    float[] target = {0.3f};
    try (OnlineTraining online =
        Training.of(PaperNet.P_1H).hidden(16).learningRates(0.1, 0.1).online(2, 1)) {
      for (int i = 0; i < 300; i++) {
        assertThat(online.learn(one, target)).isZero();
      }
      var predictor = online.snapshot().predictor();
      predictor.predict(one);
      assertThat(predictor.score(0)).isBetween(0.27f, 0.33f);
    }
  }

  @Test
  void aSnapshotStaysAsItIs() {
    try (OnlineTraining online = settings().online(64, 10)) {
      Model snapshot = online.snapshot();
      List<float[]> before = weights(snapshot.network());
      for (int i = 0; i < 20; i++) {
        online.learn(input(DIGITS, i), DIGITS.label(i));
      }
      List<float[]> after = weights(snapshot.network());
      for (int p = 0; p < before.size(); p++) {
        assertThat(after.get(p)).isEqualTo(before.get(p));
      }
      assertThat(same(online.snapshot().network(), snapshot.network())).isFalse();
    }
  }

  @Test
  void ratesThatAreSetToZeroStopLearningAndGoOnAfterwards() {
    AdjustableRate rate = new AdjustableRate();
    Training settings =
        Training.of(PaperNet.P_1H)
            .hidden(32)
            .optimizer(new Sgd(new LearningRates(rate, 1, 0.1, 0.1)));
    try (OnlineTraining online = settings.online(64, 10)) {
      Network begin = online.snapshot().network();
      rate.set(0);
      online.learn(input(DIGITS, 0), DIGITS.label(0));
      assertThat(same(online.snapshot().network(), begin)).isTrue();
      rate.set(0.5);
      online.learn(input(DIGITS, 0), DIGITS.label(0));
      assertThat(same(online.snapshot().network(), begin)).isFalse();
    }
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> rate.set(bad))
          .withMessage(
              "The factor of the learning rates is " + bad + "; it must be at least 0 and finite.");
    }
  }

  /** Every answer is that of one published network as a whole, whatever is learned meanwhile. */
  @Test
  void readersSeeWholeSnapshotsWhileItLearns() throws Exception {
    int readers = 3;
    float[] probe = input(TEST, 0);
    try (OnlineTraining online = settings().online(64, 10);
        ExecutorService threads = Executors.newFixedThreadPool(readers)) {
      LivePredictor live = new LivePredictor(online.snapshot().predictors(), 2);
      List<float[]> published = new CopyOnWriteArrayList<>();
      published.add(scores(online.snapshot(), probe));
      CountDownLatch end = new CountDownLatch(1);
      Callable<List<float[]>> reading =
          () -> {
            List<float[]> seen = new ArrayList<>();
            while (end.getCount() > 0) {
              float[] scores = new float[10];
              live.predict(probe, scores);
              if (seen.isEmpty() || !Arrays.equals(seen.getLast(), scores)) {
                seen.add(scores);
              }
            }
            return seen;
          };
      List<Future<List<float[]>>> seen =
          IntStream.range(0, readers).mapToObj(i -> threads.submit(reading)).toList();
      for (int i = 0; i < 200; i++) {
        online.learn(input(DIGITS, i), DIGITS.label(i));
        if (i % 10 == 9) {
          Model snapshot = online.snapshot();
          published.add(scores(snapshot, probe));
          live.publish(snapshot.predictors());
        }
      }
      end.countDown();
      int different = 0;
      for (Future<List<float[]>> one : seen) {
        for (float[] scores : one.get()) {
          assertThat(published).anySatisfy(whole -> assertThat(scores).isEqualTo(whole));
          different++;
        }
      }
      assertThat(different).isGreaterThan(readers);
      float[] last = new float[10];
      live.predict(probe, last);
      assertThat(last).isEqualTo(published.getLast());
    }
  }

  private static float[] scores(Model model, float[] input) {
    float[] scores = new float[10];
    var predictor = model.predictor();
    predictor.predict(input);
    predictor.scores(scores, 0);
    return scores;
  }

  @Test
  void anotherNetworkIsNotPublished() {
    try (OnlineTraining online = settings().online(64, 10);
        OnlineTraining other = settings().online(63, 10)) {
      LivePredictor live = new LivePredictor(online.snapshot().predictors(), 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> live.publish(other.snapshot().predictors()))
          .withMessage(
              "The network takes 63 inputs and gives 10 classes, but the one before took 64 and"
                  + " gave 10.");
      assertThat(live.inputSize()).isEqualTo(64);
    }
  }

  @Test
  void learningAllocatesNothing() {
    float[] input = input(DIGITS, 0);
    try (OnlineTraining online = settings().online(64, 10)) {
      Runnable work =
          () -> {
            for (int i = 0; i < 100; i++) {
              online.learn(input, 3);
            }
          };
      assertThat(AllocationMeter.settled(work)).isZero();
    }
  }

  @Test
  void mistakesGiveOneSentenceAndTeachNothing() {
    try (OnlineTraining online = settings().online(64, 10)) {
      Network begin = online.snapshot().network();
      float[] good = input(DIGITS, 0);
      float[] bad = good.clone();
      bad[5] = Float.NaN;
      refused(() -> online.learn(new float[63], 0), "The network takes 64 inputs, got 63.");
      refused(() -> online.learn(good, 10), "The label is 10, but the classes are 0 to 9.");
      refused(() -> online.learn(good, -1), "The label is -1, but the classes are 0 to 9.");
      refused(
          () -> online.learn(bad, 1),
          "The value 5 of the inputs is NaN, which is no finite number.");
      refused(() -> online.learn(good, new float[9]), "The network takes 10 target values, got 9.");
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> online.learn(good, 1))
          .withMessage("The training was interrupted.");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(online.updates()).isZero();
      assertThat(same(online.snapshot().network(), begin)).isTrue();
    }
    OnlineTraining closed = settings().online(64, 10);
    closed.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> closed.learn(input(DIGITS, 0), 1))
        .withMessage("The training is closed; make a new one.");
    refused(() -> settings().online(0, 10), "The number of inputs is 0; it must be at least 1.");
    refused(() -> settings().online(64, 0), "The number of classes is 0; it must be at least 1.");
  }

  private static void refused(Runnable call, String sentence) {
    assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(sentence);
  }

  @Test
  void divergenceIsSaid() {
    Training wild = Training.of(PaperNet.P_1H).hidden(16).learningRates(1e40, 1e40);
    try (OnlineTraining online = wild.online(64, 10)) {
      assertThatExceptionOfType(DivergenceException.class)
          .isThrownBy(
              () -> {
                for (int i = 0; i < 20; i++) {
                  online.learn(input(DIGITS, i), DIGITS.label(i));
                }
                online.snapshot();
              });
    }
  }

  /** The first samples of others. */
  private record FirstSamples(Samples of, int size) implements Samples {
    @Override
    public int inputSize() {
      return of.inputSize();
    }

    @Override
    public int classes() {
      return of.classes();
    }

    @Override
    public int label(int i) {
      return of.label(i);
    }

    @Override
    public void copyInput(int i, float[] destination, int offset) {
      of.copyInput(i, destination, offset);
    }
  }
}
