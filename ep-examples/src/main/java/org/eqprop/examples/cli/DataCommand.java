package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.examples.data.DataFolders;
import org.eqprop.examples.data.Datasets;
import org.eqprop.examples.data.Downloader;
import org.eqprop.examples.data.KnownDataset;
import org.eqprop.examples.report.ProgressBars;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ep data}. */
@Command(
    name = "data",
    description =
        "Show where each data set is on this machine, look at data of any kind, or download a set.",
    subcommands = {DataShowCommand.class, DataCommand.Download.class})
final class DataCommand implements Callable<Integer> {
  @Mixin final CommonOptions common = new CommonOptions();

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Datasets datasets = new Datasets();
    Map<String, String> places = new LinkedHashMap<>();
    for (KnownDataset set : KnownDataset.values()) {
      String place =
          set.isEmbedded()
              ? "embedded"
              : datasets
                  .locate(set)
                  .map(Path::toString)
                  .orElse("not on this machine; get it with: ep data download " + set.id());
      places.put(set.id(), place);
    }
    if (common.json) {
      CommonOptions.print(out, places);
    } else {
      places.forEach((name, place) -> out.printf("%-14s %s%n", name, Visible.line(place)));
      out.flush();
    }
    return 0;
  }

  /** {@code ep data download}. */
  @Command(
      name = "download",
      description = "Download a data set from its public mirror and check it.",
      footer = {"", "Example:", "  ep data download mnist"})
  static final class Download implements Callable<Integer> {
    @Mixin final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "NAME", description = "Data set: mnist or fashion-mnist.")
    String name = "";

    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "Folder to write into (default: the user's cache, see docs/data.md).")
    @Nullable Path out;

    @Spec @Nullable CommandSpec spec;

    @Override
    public Integer call() {
      KnownDataset set =
          KnownDataset.named(name)
              .filter(known -> !known.isEmbedded())
              .orElseThrow(
                  () ->
                      new UsageException(
                          "'" + name + "' cannot be downloaded; choose mnist or fashion-mnist."));
      Path folder = out == null ? DataFolders.ofThisMachine().cache(set) : out;
      ProgressBars bars =
          ProgressBars.onStandardError(
              common.quiet ? ProgressBars.Show.NEVER : ProgressBars.Show.AUTO);
      new Downloader().download(set, folder, bars.downloads());
      PrintWriter writer = Objects.requireNonNull(spec).commandLine().getOut();
      if (common.json) {
        CommonOptions.print(writer, Map.of(set.id(), folder.toString()));
      } else {
        writer.println(set.id() + " is in " + Visible.line(folder.toString()));
        writer.flush();
      }
      return 0;
    }
  }
}
