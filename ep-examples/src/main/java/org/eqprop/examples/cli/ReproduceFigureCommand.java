package org.eqprop.examples.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.eqprop.examples.gdu.GduFigure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A figure of the paper: the same as {@code ep gdu} with its name. */
abstract class ReproduceFigureCommand implements Callable<Integer> {
  private final GduFigure figure;

  @Mixin final GduOptions options = new GduOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write tables and figures (CSV, JSON, SVG, PNG, PDF) into this folder (default: figures)."
              + " In the folder of a table, the next report shows the figure, too.")
  @Nullable Path out;

  @Mixin final CommonOptions common = new CommonOptions();
  @Mixin final ThreadOptions threads = new ThreadOptions();

  @Spec @Nullable CommandSpec spec;

  ReproduceFigureCommand(GduFigure figure) {
    this.figure = figure;
  }

  @Override
  public Integer call() {
    return new GduWork(
            figure.id(),
            options,
            common,
            threads,
            Objects.requireNonNull(spec).commandLine(),
            out == null ? GduWork.FOLDER : out)
        .compare(figure.nets());
  }
}
