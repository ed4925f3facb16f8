package org.eqprop.examples.cli;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.eqprop.examples.data.DataFolders;
import org.eqprop.examples.data.KnownDataset;
import org.eqprop.examples.report.Table;
import org.eqprop.examples.run.Config;
import org.eqprop.examples.run.Configs;
import org.eqprop.examples.run.Convention;
import org.eqprop.examples.run.Preset;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ep presets}. */
@Command(
    name = "presets",
    description = {
      "List the presets and their hyperparameters.",
      "--json shows all of them, the table only the main ones."
    })
final class PresetsCommand implements Callable<Integer> {
  @Mixin final CommonOptions common = new CommonOptions();

  @Option(
      names = "--convention",
      paramLabel = "NAME",
      description =
          "paper (as printed, the default), program (as in the authors' program) or exact (nudge"
              + " inside sigma).")
  @Nullable Convention convention;

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      description = "Data set that the presets are for (default: mnist).")
  String data = "mnist";

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    if (KnownDataset.named(data).isEmpty() && !Files.isDirectory(DataFolders.path(data))) {
      throw new UsageException(
          "There is no data set and no folder '"
              + data
              + "'; choose one of "
              + KnownDataset.names()
              + ", or a folder with four IDX files.");
    }
    List<Config> configs = new ArrayList<>();
    for (String name : Preset.names()) {
      var given = Configs.JSON.createObjectNode().put("data", data);
      if (convention != null) {
        given.put("convention", convention.id());
      }
      configs.add(Configs.resolve(name, null, given));
    }
    if (common.json) {
      CommonOptions.print(out, configs);
      return 0;
    }
    Table table =
        Table.of("preset", "setting", "hidden", "T", "K", "beta", "eps", "epochs", "batch", "lr");
    for (Config c : configs) {
      table =
          table.row(
              c.preset(),
              c.setting().id(),
              hidden(c),
              c.t(),
              c.k(),
              c.beta(),
              c.epsilon(),
              c.epochs(),
              c.batch(),
              c.lr().stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    table =
        table.footnote(
            "digits is not from the paper, but the default on the embedded digits; nor is"
                + " eb-1h-2017.");
    out.print(table.text());
    out.flush();
    return 0;
  }

  private static String hidden(Config c) {
    return c.convolutions().isEmpty()
        ? c.hidden().toString()
        : "conv " + c.convolutions().channels();
  }
}
