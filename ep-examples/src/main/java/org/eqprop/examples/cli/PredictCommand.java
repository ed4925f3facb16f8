package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.eqprop.core.DataException;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.store.Model;
import org.eqprop.core.tensor.Shape;
import org.eqprop.examples.data.ClassLabels;
import org.eqprop.examples.data.ImageShape;
import org.eqprop.examples.data.Normalisation;
import org.eqprop.examples.data.PngImages;
import org.eqprop.examples.data.Unlabelled;
import org.eqprop.examples.run.ModelData;
import org.eqprop.examples.run.ModelNormalisation;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ep predict}. */
@Command(
    name = "predict",
    description =
        "Predict the class of images: PNG, JPEG, GIF, BMP, TIFF or WebP files, or the samples of"
            + " IDX files, CSV tables or NumPy arrays (.npy).",
    footer = {
      "",
      "The output has one line per image, separated by tabs: its name, the label of its class, and"
          + " the scores of all classes in the order of their labels.",
      "Images are read as grey values, or as red, green and blue if the model takes three channels."
          + " They are turned upright as their EXIF data says and stretched to the model's input.",
      "If an image cannot be read, a message says so. The others are answered, and the exit code is"
          + " 1.",
      "",
      "Examples:",
      "  ep predict runs/p-1h-mnist-1 five.png seven.png --invert",
      "  ep predict runs/p-1h-mnist-1 t10k-images-idx3-ubyte.gz --json"
    })
final class PredictCommand implements Callable<Integer> {
  @Mixin final CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      paramLabel = "MODEL|RUN",
      description = "A model file or a run's folder.")
  @Nullable Path model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Image files, IDX files, CSV tables or NumPy arrays.")
  List<Path> images = new ArrayList<>();

  @Option(
      names = "--invert",
      description =
          "Invert the images, so that dark ink on light paper becomes white on black as in MNIST.")
  boolean invert;

  @Option(
      names = "--transpose",
      description =
          "Exchange rows and columns of the images of IDX files, which EMNIST's images need.")
  boolean transpose;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    Kernels kernels = CommonOptions.kernels();
    Model read = ModelArgument.read(Objects.requireNonNull(model), kernels);
    ImageShape shape = shape(read);
    Reading reading =
        new Reading(
            ModelArgument.classes(read),
            ModelNormalisation.of(read.notes(), shape),
            read.notes().getOrDefault(ModelData.LABEL_COLUMN, ""));
    Predictor predictor = read.predictors().kernels(kernels).build();
    List<Prediction> all = new ArrayList<>();
    int code = 0;
    for (Path image : images) {
      List<Prediction> ofFile;
      try {
        ofFile = predict(predictor, reading, image, shape);
      } catch (DataException | UsageException bad) {
        // The other images are answered all the same.
        line.getErr().println("ep: " + Visible.line(String.valueOf(bad.getMessage())));
        code = Ep.FAILURE;
        continue;
      }
      if (!common.json) {
        ofFile.forEach(prediction -> line.getOut().println(prediction.line()));
        line.getOut().flush();
      }
      if (!common.quiet) {
        tellDoubts(ofFile, line.getErr());
      }
      all.addAll(ofFile);
    }
    if (common.json) {
      CommonOptions.print(line.getOut(), all);
    }
    return code;
  }

  /** One sentence for each kind of doubt about a file's images. */
  private static void tellDoubts(List<Prediction> predictions, PrintWriter err) {
    for (Prediction.Doubt doubt : Prediction.Doubt.values()) {
      List<String> names =
          predictions.stream().filter(p -> p.doubt() == doubt).map(Prediction::image).toList();
      if (!names.isEmpty()) {
        String more = names.size() > 1 ? " and " + (names.size() - 1) + " more" : "";
        String end = doubt.sentence().endsWith("?") ? "" : ".";
        err.println(Visible.line(names.get(0)) + more + ": " + doubt.sentence() + end);
      }
    }
    err.flush();
  }

  /** What a model says about the samples that it takes. */
  private record Reading(
      ClassLabels classes, @Nullable Normalisation normalisation, String labelColumn) {
    Prediction predict(Predictor predictor, String name, float[] values) {
      return Prediction.of(predictor, classes, normalisation, name, values);
    }
  }

  private static ImageShape shape(Model model) {
    Shape input = model.network().input().shape();
    if (input.rank() != 3) {
      throw new UsageException(
          "The model's input of the shape "
              + input
              + " is not an image; give a model that was trained on images.");
    }
    return new ImageShape(input.dimension(0), input.dimension(1), input.dimension(2));
  }

  private List<Prediction> predict(
      Predictor predictor, Reading reading, Path image, ImageShape shape) {
    if (PngImages.isKnownKind(image) || !Unlabelled.isOne(image)) {
      if (shape.channels() != 1 && shape.channels() != PngImages.COLOURS) {
        throw new UsageException(
            image
                + " is a picture, which is read as grey or as red, green and blue, but the model"
                + " takes images of "
                + shape
                + "; give an IDX file.");
      }
      if (transpose) {
        throw new UsageException(
            image
                + " is no IDX file, and only images of those are transposed; leave --transpose"
                + " out for pictures.");
      }
      float[] values = PngImages.read(image, shape, invert);
      return List.of(reading.predict(predictor, image.toString(), values));
    }
    var read = Unlabelled.read(image, shape, reading.labelColumn());
    var file = transpose ? read.transposed() : read;
    if (!file.shape().equals(shape)) {
      throw new UsageException(
          image + " has images of " + file.shape() + "; the model takes " + shape + ".");
    }
    List<Prediction> predictions = new ArrayList<>();
    float[] values = new float[shape.size()];
    for (int i = 0; i < file.size(); i++) {
      file.copyImage(i, values, 0);
      if (invert) {
        PngImages.invert(values);
      }
      predictions.add(reading.predict(predictor, image.getFileName() + "#" + i, values));
    }
    return predictions;
  }
}
