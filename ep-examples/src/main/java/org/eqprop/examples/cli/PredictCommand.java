package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.store.Model;
import org.eqprop.core.tensor.Shape;
import org.eqprop.examples.data.ClassLabels;
import org.eqprop.examples.data.IdxReader;
import org.eqprop.examples.data.ImageShape;
import org.eqprop.examples.data.PngImages;
import org.eqprop.examples.report.Visible;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ep predict}. */
@Command(
    name = "predict",
    description = "Predict the class of images: PNG or JPEG files, or the images of an IDX file.",
    footer = {
      "",
      "One line an image: its name, the label of its class, the scores of all classes in order of",
      "their labels, tab-separated. Images are read as grey values and stretched to the model's",
      "input.",
      "",
      "Examples:",
      "  ep predict runs/p-1h-mnist-1 five.png seven.png --invert",
      "  ep predict runs/p-1h-mnist-1 t10k-images-idx3-ubyte.gz --json"
    })
final class PredictCommand implements Callable<Integer> {
  @Mixin final CommonOptions common = new CommonOptions();

  @Parameters(index = "0", paramLabel = "MODEL|RUN", description = "A model or a run's folder.")
  @Nullable Path model;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGE", description = "Image files.")
  List<Path> images = new ArrayList<>();

  @Option(
      names = "--invert",
      description = "Turn dark ink on light paper into MNIST's white on black.")
  boolean invert;

  @Option(
      names = "--transpose",
      description = "Exchange rows and columns of the images of IDX files, as EMNIST's have to be.")
  boolean transpose;

  @Spec @Nullable CommandSpec spec;

  /** One image's result. */
  record Prediction(String image, int label, List<Float> scores, float residual) {}

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Kernels kernels = CommonOptions.kernels();
    Model read = ModelArgument.read(Objects.requireNonNull(model), kernels);
    ImageShape shape = shape(read);
    ClassLabels classes = ModelArgument.classes(read);
    Predictor predictor = new Predictor(read.network(), kernels, read.steps(), read.settling());
    List<Prediction> predictions = new ArrayList<>();
    for (Path image : images) {
      predict(predictor, classes, image, shape, predictions);
    }
    if (common.json) {
      CommonOptions.print(out, predictions);
      return 0;
    }
    for (Prediction p : predictions) {
      StringBuilder line = new StringBuilder(Visible.line(p.image)).append('\t').append(p.label);
      for (float score : p.scores) {
        line.append('\t').append(String.format(Locale.ROOT, "%.4f", score));
      }
      out.println(line);
    }
    out.flush();
    return 0;
  }

  private static ImageShape shape(Model model) {
    Shape input = model.network().input().shape();
    if (input.rank() != 3) {
      throw new UsageException("The model's input " + input + " is no image.");
    }
    return new ImageShape(input.dimension(0), input.dimension(1), input.dimension(2));
  }

  private void predict(
      Predictor predictor,
      ClassLabels classes,
      Path image,
      ImageShape shape,
      List<Prediction> predictions) {
    if (IdxReader.isIdx(image)) {
      var read = IdxReader.readImages(image);
      var file = transpose ? read.transposed() : read;
      if (!file.shape().equals(shape)) {
        throw new UsageException(
            image + " has images of " + file.shape() + "; the model takes " + shape + ".");
      }
      float[] values = new float[shape.size()];
      for (int i = 0; i < file.size(); i++) {
        file.copyImage(i, values, 0);
        if (invert) {
          PngImages.invert(values);
        }
        predictions.add(prediction(predictor, classes, image.getFileName() + "#" + i, values));
      }
    } else {
      if (shape.channels() != 1) {
        throw new UsageException(
            "The model's input of "
                + shape
                + " is no grey image; give an IDX file of such images.");
      }
      float[] values = PngImages.read(image, shape, invert);
      predictions.add(prediction(predictor, classes, image.toString(), values));
    }
  }

  private static Prediction prediction(
      Predictor predictor, ClassLabels classes, String name, float[] values) {
    int label = classes.label(predictor.predict(values, 0));
    List<Float> scores = new ArrayList<>();
    for (int c = 0; c < predictor.classes(); c++) {
      scores.add(predictor.score(c));
    }
    return new Prediction(name, label, scores, predictor.residual());
  }
}
