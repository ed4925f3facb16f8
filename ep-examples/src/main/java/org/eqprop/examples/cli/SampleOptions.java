package org.eqprop.examples.cli;

import org.eqprop.core.store.Model;
import org.eqprop.core.tensor.Shape;
import org.eqprop.examples.data.Dataset;
import org.eqprop.examples.data.TrainTest;
import org.eqprop.examples.run.ModelData;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which samples a model is to be shown. */
final class SampleOptions {
  private static final int USUAL = 100;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "The first N samples (default: 100).")
  @Nullable Integer count;

  @Option(
      names = "--part",
      paramLabel = "PART",
      description = "Of which part: test (the default) or train.")
  @Nullable String part;

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      description = "Of which data set (default: the one that the model was trained on).")
  @Nullable String data;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description = "By which method gradients are estimated (default: the run's).")
  @Nullable String method;

  boolean areGiven() {
    return count != null || part != null || data != null || method != null;
  }

  /** The samples, checked against the model's input and classes. */
  Dataset find(Model model) {
    String which = part == null ? "test" : part;
    if (!which.equals("test") && !which.equals("train")) {
      throw new UsageException("There is no part '" + which + "'; choose test or train.");
    }
    int first = count == null ? USUAL : count;
    if (first < 1) {
      throw new UsageException("--samples is " + first + "; it must be at least 1.");
    }
    TrainTest parts =
        ModelData.of(model.notes())
            .find(data, null, which.equals("test") ? 1 : 0)
            .parts()
            .withClasses(ModelArgument.classes(model));
    Dataset samples = (which.equals("test") ? parts.test() : parts.train()).first(first);
    Shape input = model.network().input().shape();
    if (!input.equals(samples.shape().tensor())) {
      throw new UsageException(
          "The network takes images of "
              + input
              + ", the data set has images of "
              + samples.shape()
              + ".");
    }
    return EvaluateCommand.normalised(model, samples);
  }
}
