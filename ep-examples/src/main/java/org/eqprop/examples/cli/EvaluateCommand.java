package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.eqprop.core.DataException;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.learn.Evaluator;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Steps;
import org.eqprop.core.store.Model;
import org.eqprop.core.tensor.Shape;
import org.eqprop.examples.data.Dataset;
import org.eqprop.examples.data.FoundData;
import org.eqprop.examples.data.Normalisation;
import org.eqprop.examples.data.TrainTest;
import org.eqprop.examples.run.DatasetSamples;
import org.eqprop.examples.run.ModelData;
import org.eqprop.examples.run.ModelNormalisation;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ep evaluate}. */
@Command(
    name = "evaluate",
    description = "Measure a model's error on a data set.",
    footer = {"", "Example:", "  ep evaluate runs/p-1h-mnist-1 --part train"})
final class EvaluateCommand implements Callable<Integer> {
  @Mixin final CommonOptions common = new CommonOptions();
  @Mixin final ThreadOptions threads = new ThreadOptions();

  @Parameters(paramLabel = "MODEL|RUN", description = "A model file or a run's folder.")
  @Nullable Path model;

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      description = "Data set to measure on (default: the one that the model was trained on).")
  @Nullable String data;

  @Option(
      names = "--transpose",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "BOOL",
      description =
          "Exchange rows and columns of the images (default: as in training if it is the same"
              + " data, else false).")
  @Nullable Boolean transpose;

  @Option(
      names = "--part",
      paramLabel = "PART",
      description = "Which samples to measure on: test (the default) or train.")
  String part = "test";

  @Option(
      names = {"-T", "--free-steps"},
      paramLabel = "N",
      description = "Steps of the free phase, 1 to 1000000 (default: the model's).")
  @Nullable Integer steps;

  @Option(
      names = "--settle-for-prediction",
      description =
          "Settle just far enough for the class, as a program may that predicts"
              + " (docs/embedding.md).")
  boolean loosely;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    if (!part.equals("test") && !part.equals("train")) {
      throw new UsageException("There is no part '" + part + "'; choose test or train.");
    }
    try (Context context = threads.context()) {
      Path given = Objects.requireNonNull(model);
      Model read = settled(ModelArgument.read(given, context.kernels()));
      int t = steps == null ? read.steps() : steps;
      if (t < 1 || t > Steps.MOST) {
        String range = t < 1 ? "at least 1" : "at most " + Steps.MOST;
        throw new UsageException("-T is " + t + "; it must be " + range + ".");
      }
      ModelData trained = ModelData.of(read.notes());
      FoundData found = find(trained, given);
      String name = data == null ? trained.name() : data;
      TrainTest parts = found.parts().withClasses(ModelArgument.classes(read));
      Dataset samples = part.equals("test") ? parts.test() : parts.train();
      ClassErrors byClass = new ClassErrors(samples.classLabels());
      Totals totals = measure(read, context, t, normalised(read, samples), given, byClass);
      report(
          out,
          name,
          trained.isKnown() ? trained.isSame(found) : null,
          totals,
          byClass,
          read.settling().tolerance() > 0);
    }
    return 0;
  }

  /** The samples as those that the model was trained on, if they have its geometry at all. */
  static Dataset normalised(Model read, Dataset samples) {
    if (!read.network().input().shape().equals(samples.shape().tensor())) {
      return samples;
    }
    Normalisation found = ModelNormalisation.of(read.notes(), samples.shape());
    return found == null ? samples : samples.normalised(found);
  }

  private Model settled(Model read) {
    return loosely
        ? new Model(
            read.network(), read.steps(), Settling.forPrediction(read.network()), read.notes())
        : read;
  }

  /** Finds the data, and says if it is not what the model was trained on. */
  private FoundData find(ModelData trained, Path given) {
    FoundData found = trained.find(data, transpose, part.equals("test") ? 1 : 0);
    if (!trained.isSame(found)) {
      String sentence =
          "The data "
              + found.describe(data == null ? trained.name() : data)
              + " is not what "
              + given
              + " was trained on, "
              + trained.description();
      if (data == null) {
        throw new DataException(sentence + "; name it with --data to measure on it all the same.");
      }
      // Who names other data and wants no notes knows it.
      if (!common.quiet) {
        remark(sentence + ".");
      }
    }
    found.remarks().stream().filter(remark -> data != null).forEach(this::remark);
    return found;
  }

  /** Says what decides what the result means, also if notes are not wanted. */
  private void remark(String sentence) {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    err.println((common.quiet ? "ep: " : "") + Visible.line(sentence));
    err.flush();
  }

  private static Totals measure(
      Model model, Context context, int t, Dataset samples, Path given, ClassErrors byClass) {
    String misfits = given + " does not fit " + samples + ": ";
    Totals totals = new Totals();
    try {
      Evaluator evaluator =
          new Evaluator(
              model.network(),
              context,
              t,
              model.settling(),
              new DatasetSamples(samples),
              model.starts(context.kernels()));
      Shape input = model.network().input().shape();
      if (!input.equals(samples.shape().tensor())) {
        throw new UsageException(
            misfits
                + "the network takes images of "
                + input
                + ", the data set has images of "
                + samples.shape()
                + ".");
      }
      evaluator.evaluate(
          totals,
          (done, batches, sums) -> {
            byClass.add(evaluator.batch(), evaluator.outcome());
            return true;
          });
    } catch (IllegalArgumentException misfit) {
      throw new UsageException(misfits + misfit.getMessage());
    }
    return totals;
  }

  private void report(
      PrintWriter out,
      String name,
      @Nullable Boolean same,
      Totals totals,
      ClassErrors byClass,
      boolean tolerance) {
    if (common.json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("data", name);
      if (same != null) {
        result.put("sameDataAsTrained", same);
      }
      result.put("part", part);
      result.put("samples", totals.samples());
      result.put("errors", totals.errors());
      result.put("errorPercent", 100 * totals.error());
      result.put("loss", totals.loss());
      result.put("residual", totals.residual());
      result.put("steps", totals.steps());
      result.put("convergedPercent", 100 * totals.converged());
      result.put("classes", byClass.rows());
      CommonOptions.print(out, result);
      return;
    }
    out.printf(
        Locale.ROOT,
        "error        %.2f %% (%d of %d, %s %s)%nloss         %.4f%nresidual     %.1e%s%n",
        100 * totals.error(),
        totals.errors(),
        totals.samples(),
        Visible.line(name),
        part,
        totals.loss(),
        totals.residual(),
        tolerance
            ? String.format(
                Locale.ROOT,
                " (%.2f %% of the samples below the tolerance)",
                100 * totals.converged())
            : "");
    byClass.print(out);
    out.flush();
  }
}
