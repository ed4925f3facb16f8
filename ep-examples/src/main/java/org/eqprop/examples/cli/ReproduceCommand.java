package org.eqprop.examples.cli;

import org.eqprop.examples.gdu.GduFigure;
import org.eqprop.examples.reproduce.PaperTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ep reproduce}. */
@Command(
    name = "reproduce",
    description = {
      "Repeat a table or a figure of the paper and set it beside the paper's.",
      "docs/reproduce.md says what to do and what to expect."
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  ep reproduce table1 --only p-1h --trials 2    one network, hours",
      "  ep reproduce table1 --mode fast               all of Table 1, days",
      "  ep reproduce figure2 --out runs/table1        beside the table's report"
    },
    subcommands = {
      ReproduceCommand.Table1.class,
      ReproduceCommand.Table2.class,
      ReproduceCommand.Figure2.class,
      ReproduceCommand.Figure3.class,
      ReproduceCommand.Figure4.class
    })
final class ReproduceCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** {@code ep reproduce table1}. */
  @Command(
      name = "table1",
      sortOptions = false,
      description = {
        "Train the networks of the paper's Table 1, by equilibrium propagation (EP) and by"
            + " backpropagation through time (BPTT), several times each, and write a report that"
            + " sets each cell beside the paper's.",
        "The settings are the presets'. 'ep presets' shows them."
      },
      footer = {
        "",
        "The folder has these files, written anew after each trial:",
        "  report.html         the page to look at; it needs no other file",
        "  report.md           the same as text",
        "  report.csv          all figures, for spreadsheets",
        "Each trial has an ordinary run folder in it, such as p-1h-ep/trial-1.",
        "",
        "You can stop the command at any moment (Ctrl-C or kill). The same command with the same"
            + " folder goes on to the same weights, bit for bit.",
        "",
        "Examples:",
        "  ep reproduce table1 --only p-1h,eb-1h --mode fast",
        "  ep reproduce table1 --only p-1h --method ep --epochs 1 --trials 2 --limit 600",
        "  ep reproduce table1 --resume runs/table1"
      })
  static final class Table1 extends ReproduceTableCommand {
    Table1() {
      super(PaperTable.TABLE_1);
    }
  }

  /** {@code ep reproduce table2}. */
  @Command(
      name = "table2",
      sortOptions = false,
      description = {
        "Train what the paper's Table 2 cites from others, with one hidden layer: persistent states"
            + " (Scellier and Bengio 2017), predicted starts (O'Connor et al. 2018) and spiking"
            + " layers (O'Connor et al. 2019), several times each, and write a report as table1"
            + " does.",
        "docs/reproduce.md says what is like the cited trainings, and what is not."
      },
      footer = {
        "",
        "Examples:",
        "  ep reproduce table2 --trials 3",
        "  ep reproduce table2 --only persistent --epochs 1 --trials 2 --limit 600"
      })
  static final class Table2 extends ReproduceTableCommand {
    Table2() {
      super(PaperTable.TABLE_2);
    }
  }

  /** {@code ep reproduce figure2}. */
  @Command(
      name = "figure2",
      sortOptions = false,
      description = {
        "Draw Figure 2 of the paper, the toy model: EP's updates beside BPTT's gradients.",
        "It is 'ep gdu figure2'; docs/gdu.md says what to expect."
      })
  static final class Figure2 extends ReproduceFigureCommand {
    Figure2() {
      super(GduFigure.FIGURE_2);
    }
  }

  /** {@code ep reproduce figure3}. */
  @Command(
      name = "figure3",
      sortOptions = false,
      description = {
        "Draw Figure 3 of the paper, the six fully connected networks: the relative error of EP's"
            + " updates in each layer.",
        "It is 'ep gdu figure3'; docs/gdu.md says what to expect."
      })
  static final class Figure3 extends ReproduceFigureCommand {
    Figure3() {
      super(GduFigure.FIGURE_3);
    }
  }

  /** {@code ep reproduce figure4}. */
  @Command(
      name = "figure4",
      sortOptions = false,
      description = {
        "Draw Figure 4 of the paper, p-conv: EP's updates beside BPTT's gradients.",
        "It is 'ep gdu figure4'; docs/gdu.md says what to expect."
      })
  static final class Figure4 extends ReproduceFigureCommand {
    Figure4() {
      super(GduFigure.FIGURE_4);
    }
  }
}
