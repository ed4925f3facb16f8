package org.eqprop.examples.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eqprop.core.data.Digits;
import org.eqprop.core.learn.AdjustableRate;
import org.eqprop.core.learn.LearningRates;
import org.eqprop.core.learn.LivePredictor;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.train.OnlineTraining;
import org.eqprop.core.train.Training;

/**
 * A network that learns from one digit after the other while three threads predict with it. It is
 * published anew every 200 updates. The example prints how many of the last 200 digits the network
 * had wrong before it learned them, how long learning, copying and publishing take, and the error
 * on the digits for testing.
 *
 * <pre>
 * java -p ep-examples/target/lib -m org.eqprop.examples/org.eqprop.examples.library.ServeWhileLearning
 * </pre>
 */
public final class ServeWhileLearning {
  private static final int READERS = 3;
  private static final int PASSES = 2;
  private static final int PUBLISHED_EVERY = 200;

  private ServeWhileLearning() {}

  /**
   * Runs the example.
   *
   * @param args none
   * @throws Exception if a reader fails
   */
  public static void main(String[] args) throws Exception {
    Samples digits = Digits.train();
    AdjustableRate rate = new AdjustableRate();
    Training settings =
        Training.of(PaperNet.P_1H)
            .hidden(128)
            .optimizer(new Sgd(new LearningRates(rate, 1, 0.02, 0.05)));
    try (OnlineTraining online = settings.online(digits.inputSize(), digits.classes());
        ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
      LivePredictor live = new LivePredictor(online.snapshot().predictors(), READERS).warmUp();
      AtomicBoolean open = new AtomicBoolean(true);
      AtomicLong answered = new AtomicLong();
      List<Future<?>> readers = new ArrayList<>();
      for (int r = 0; r < READERS; r++) {
        readers.add(threads.submit(() -> read(live, open, answered)));
      }
      learn(online, live, rate, digits);
      open.set(false);
      for (Future<?> reader : readers) {
        reader.get();
      }
      System.out.println("the readers had " + (answered.get() > 0 ? "answers" : "no answers"));
      System.out.printf(Locale.ROOT, "test error: %.2f %%%n", 100 * error(live, Digits.test()));
    }
  }

  /** What a request does. */
  private static void read(LivePredictor live, AtomicBoolean open, AtomicLong answered) {
    Samples test = Digits.test();
    float[] input = new float[test.inputSize()];
    for (int i = 0; open.get(); i = (i + 1) % test.size()) {
      test.copyInput(i, input, 0);
      live.predict(input);
      answered.incrementAndGet();
    }
  }

  private static void learn(
      OnlineTraining online, LivePredictor live, AdjustableRate rate, Samples digits) {
    float[] input = new float[digits.inputSize()];
    int wrong = 0;
    long learning = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      for (int i = 0; i < digits.size(); i++) {
        digits.copyInput(i, input, 0);
        long start = System.nanoTime();
        wrong += online.learn(input, digits.label(i)) == digits.label(i) ? 0 : 1;
        learning += System.nanoTime() - start;
        if (online.updates() % PUBLISHED_EVERY == 0) {
          start = System.nanoTime();
          live.publish(online.snapshot().predictors());
          double publishing = (System.nanoTime() - start) / 1e3;
          System.out.printf(
              Locale.ROOT,
              "after %4d: %3d of %d wrong, an update takes %.0f µs, publishing %.0f µs%n",
              online.updates(),
              wrong,
              PUBLISHED_EVERY,
              learning / 1e3 / PUBLISHED_EVERY,
              publishing);
          wrong = 0;
          learning = 0;
        }
      }
      rate.set(0.5); // smaller steps from now on
    }
    live.publish(online.snapshot().predictors());
  }

  private static double error(LivePredictor live, Samples test) {
    float[] input = new float[test.inputSize()];
    int wrong = 0;
    for (int i = 0; i < test.size(); i++) {
      test.copyInput(i, input, 0);
      wrong += live.predict(input) == test.label(i) ? 0 : 1;
    }
    return (double) wrong / test.size();
  }
}
