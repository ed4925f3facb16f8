package app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.store.Model;
import org.eqprop.core.tensor.Shape;

/**
 * Trains a small network with a convolution, writes it, reads it and predicts.
 *
 * <p>Arguments: the family of kernels that must be chosen, and the file of the model. A file that
 * is there already is of another run, and must have the same bytes.
 */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    String family = arguments[0];
    Path file = Path.of(arguments[1]);
    Samples samples = new Squares();
    Path written = Files.createTempFile("model", ".safetensors");
    train(samples).write(written);
    int wrong = wrong(Model.read(written).predictor(), samples);
    check(wrong == 0, wrong + " of " + samples.size() + " predictions are wrong");

    System.out.println(KernelsSelector.explanation());
    // an old processor has no vectors worth using, whatever the command line says
    boolean old = KernelsSelector.explanation().contains("no fused multiply-add");
    String kernels = KernelsSelector.kernels().name();
    check(kernels.startsWith(old ? "scalar" : family), kernels + " is not of " + family);

    check(!Files.exists(file) || Files.mismatch(file, written) < 0, "the models differ");
    Files.copy(written, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.delete(written);
    System.out.println(samples.size() + " predictions are right, by " + kernels);
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalStateException(message);
    }
  }

  private static Model train(Samples samples) {
    Network network =
        new Network.Builder(new Prototypical(1, Prototypical.Nudge.OUTSIDE))
            .layer("s0", Shape.of(samples.classes()), Activation.SIGMOID4)
            .layer("s1", Shape.of(4, 2, 2), Activation.SIGMOID4)
            .input("x", Shape.of(1, 6, 6), Activation.SIGMOID4)
            .connect("0", 0, 1, "dense", Map.of())
            .connect("1", 1, 2, "conv-pool", Map.of("kernel", "3", "pool", "2"))
            .build();
    network.initialise(1);
    Settling settling = Settling.fast(false, 0.2);
    Phases phases = new Phases(30, 8, 0.2, Phases.Estimate.ONE_SIDED, 1, settling);
    try (Context context = new Context(2)) {
      var learner = new EquilibriumPropagation(network, context, phases, 10);
      var trainer = new Trainer(network, context, learner, new Sgd(0.1, 0.2), samples, 10, 1);
      for (int epoch = 0; epoch < 30; epoch++) {
        trainer.train(epoch, 0, new Totals(), (done, batches, totals) -> true);
      }
    }
    return new Model(network, phases.t(), settling, Map.of());
  }

  private static int wrong(Predictor predictor, Samples samples) {
    float[] input = new float[samples.inputSize()];
    int wrong = 0;
    for (int i = 0; i < samples.size(); i++) {
      samples.copyInput(i, input, 0);
      wrong += predictor.predict(input, 0) == samples.label(i) ? 0 : 1;
    }
    return wrong;
  }

  /** Images of 6 × 6 pixels, one corner bright and noise everywhere. */
  private static final class Squares implements Samples {
    private final float[][] images = new float[80][36];

    private Squares() {
      Random random = new Random(2);
      for (int i = 0; i < images.length; i++) {
        for (int p = 0; p < images[i].length; p++) {
          boolean bright = p / 6 / 3 == label(i) / 2 && p % 6 / 3 == label(i) % 2;
          images[i][p] = (bright ? 0.7f : 0) + 0.3f * random.nextFloat();
        }
      }
    }

    @Override
    public int size() {
      return images.length;
    }

    @Override
    public int inputSize() {
      return 36;
    }

    @Override
    public int classes() {
      return 4;
    }

    @Override
    public int label(int i) {
      return i % 4;
    }

    @Override
    public void copyInput(int i, float[] destination, int offset) {
      System.arraycopy(images[i], 0, destination, offset, images[i].length);
    }
  }
}
