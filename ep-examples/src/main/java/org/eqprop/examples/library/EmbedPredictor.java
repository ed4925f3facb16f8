package org.eqprop.examples.library;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eqprop.core.data.Digits;
import org.eqprop.core.learn.BatchPredictor;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.PredictorPool;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.store.Model;
import org.eqprop.core.train.Training;

/**
 * The ways to predict inside a program: one sample at a time, a batch in one call, and from many
 * threads. Each of them predicts the digits for testing, and prints how many it has wrong and how
 * far it settled.
 *
 * <pre>
 * java -p ep-examples/target/lib -m org.eqprop.examples/org.eqprop.examples.library.EmbedPredictor [MODEL]
 * </pre>
 *
 * <p>MODEL is a model of the digits that exists, such as that of a run of {@code ep train p-1h}
 * (default: one that is trained first, in a few seconds).
 */
public final class EmbedPredictor {
  private static final int THREADS = 4;

  private EmbedPredictor() {}

  /**
   * Runs the example.
   *
   * @param args the file of a model, or nothing
   * @throws Exception if the model cannot be used
   */
  public static void main(String[] args) throws Exception {
    Model model = args.length > 0 ? Model.read(Path.of(args[0])) : trained();
    Samples test = Digits.test();
    int size = test.size();
    float[][] inputs = new float[size][test.inputSize()];
    for (int i = 0; i < size; i++) {
      test.copyInput(i, inputs[i], 0);
    }

    // one sample at a time, on one thread: settles as the training did
    Predictor predictor = model.predictor();
    int[] classes = new int[size];
    int steps = 0;
    for (int i = 0; i < size; i++) {
      classes[i] = predictor.predict(inputs[i]);
      steps += predictor.stepsTaken();
    }
    print("as trained", classes, test);
    System.out.printf(Locale.ROOT, "  mean steps: %.1f%n", (double) steps / size);

    // the same, settled just far enough for the class, and warm before the first request
    Predictor quick = model.predictors().settleForPrediction().build().warmUp();
    steps = 0;
    for (int i = 0; i < size; i++) {
      classes[i] = quick.predict(inputs[i]);
      steps += quick.stepsTaken();
    }
    print("settled for prediction", classes, test);
    System.out.printf(Locale.ROOT, "  mean steps: %.1f%n", (double) steps / size);

    // all samples in one call: the same bits for less time
    BatchPredictor batch = model.predictors().settleForPrediction().batch();
    float[] all = new float[size * batch.inputSize()];
    for (int i = 0; i < size; i++) {
      System.arraycopy(inputs[i], 0, all, i * batch.inputSize(), batch.inputSize());
    }
    int[] ofBatch = new int[size];
    float[] scores = new float[size * batch.classes()];
    batch.predictScores(all, size, ofBatch, scores);
    print("in one batch", ofBatch, test);
    System.out.printf(Locale.ROOT, "  first score: %.3f%n", scores[ofBatch[0]]);

    // from any thread: a call takes a free predictor, or waits for one
    PredictorPool pool = model.predictors().settleForPrediction().pool(THREADS);
    try (ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS)) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (float[] input : inputs) {
        answers.add(threads.submit(() -> pool.predict(input)));
      }
      for (int i = 0; i < size; i++) {
        classes[i] = answers.get(i).get();
      }
    }
    print("from " + 2 * THREADS + " threads", classes, test);
  }

  private static void print(String how, int[] classes, Samples test) {
    int wrong = 0;
    for (int i = 0; i < classes.length; i++) {
      wrong += classes[i] == test.label(i) ? 0 : 1;
    }
    System.out.println(how + ": " + wrong + " of " + classes.length + " wrong");
  }

  /** A model that was trained, written and read. */
  private static Model trained() throws java.io.IOException {
    Path file = Files.createTempFile("digits", ".safetensors");
    Training.of(PaperNet.P_1H)
        .hidden(128)
        .learningRates(0.2, 0.4)
        .batchSize(10)
        .epochs(15)
        .fit(Digits.train())
        .write(file);
    Model model = Model.read(file);
    Files.delete(file);
    return model;
  }
}
