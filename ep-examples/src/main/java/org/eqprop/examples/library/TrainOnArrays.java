package org.eqprop.examples.library;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.store.Model;
import org.eqprop.core.train.Training;

/**
 * From arrays to a prediction: makes two moons, trains a network on them, saves it, reads it again
 * and predicts. It prints each twentieth epoch, the error on new points, and the class of one
 * point.
 *
 * <pre>
 * java -p ep-examples/target/lib -m org.eqprop.examples/org.eqprop.examples.library.TrainOnArrays [FILE]
 * </pre>
 *
 * <p>FILE is where the model goes (default: a temporary file, which is deleted).
 */
public final class TrainOnArrays {
  private static final int TRAINING_POINTS = 600;
  private static final int TEST_POINTS = 400;

  private TrainOnArrays() {}

  /**
   * Runs the example.
   *
   * @param args the file of the model, or nothing
   * @throws java.io.IOException if no temporary file can be made or deleted
   */
  public static void main(String[] args) throws java.io.IOException {
    Path file =
        args.length > 0 ? Path.of(args[0]) : Files.createTempFile("two-moons", ".safetensors");
    Moons training = Moons.draw(TRAINING_POINTS, 1);
    Model trained =
        Training.of(PaperNet.P_1H)
            .hidden(64)
            .learningRates(0.5, 0.5)
            .epochs(100)
            .onEpoch(
                summary -> {
                  if (summary.epoch() % 20 == 0) {
                    System.out.println(summary);
                  }
                })
            .fit(Samples.of(training.points, training.labels));
    trained.write(file);

    Predictor predictor = Model.read(file).predictor();
    Moons test = Moons.draw(TEST_POINTS, 2);
    int wrong = 0;
    for (int i = 0; i < TEST_POINTS; i++) {
      wrong += predictor.predict(test.points[i]) == test.labels[i] ? 0 : 1;
    }
    System.out.printf(
        Locale.ROOT, "error on %d new points: %.2f %%%n", TEST_POINTS, 100.0 * wrong / TEST_POINTS);

    float[] point = Moons.scaled(0, 1); // the top of the upper moon
    int label = predictor.predict(point);
    System.out.printf(
        Locale.ROOT, "the top point has class %d, score %.2f%n", label, predictor.score(label));
    if (args.length == 0) {
      Files.delete(file);
    }
  }

  /** Points of two half circles that reach into each other, and which of them each belongs to. */
  private static final class Moons {
    private final float[][] points;
    private final int[] labels;

    private Moons(float[][] points, int[] labels) {
      this.points = points;
      this.labels = labels;
    }

    private static Moons draw(int count, long seed) {
      Random random = new Random(seed);
      float[][] points = new float[count][];
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = i % 2;
        double angle = Math.PI * random.nextDouble();
        double x = labels[i] == 0 ? Math.cos(angle) : 1 - Math.cos(angle);
        double y = labels[i] == 0 ? Math.sin(angle) : 0.5 - Math.sin(angle);
        points[i] = scaled(x + 0.05 * random.nextGaussian(), y + 0.05 * random.nextGaussian());
      }
      return new Moons(points, labels);
    }

    /** Inputs should be about 0 to 1. */
    private static float[] scaled(double x, double y) {
      return new float[] {(float) ((x + 1) / 3), (float) ((y + 0.5) / 1.5)};
    }
  }
}
