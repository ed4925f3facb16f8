package org.eqprop.examples.reproduce;

import java.util.List;
import java.util.Locale;
import org.eqprop.examples.report.Table;
import org.eqprop.examples.run.RunSummary.Spread;
import org.jspecify.annotations.Nullable;

/** The cells of a table, ours beside the paper's, as tables. */
final class ReportTables {
  private static final int MINUTES = 60;

  private ReportTables() {}

  /** What people look at first. */
  static Table overview(List<CellResult> results) {
    Table table =
        Table.of(
            "cell",
            "verdict",
            "ours, test %",
            "n",
            "(train)",
            "paper, test %",
            "(train)",
            "difference",
            "margin");
    for (CellResult result : results) {
      boolean any = !result.done().isEmpty();
      Reported paper = result.cell().reported();
      table.row(
          result.cell().title(),
          result.verdictWords(),
          any ? errors(result.test(), result.done().size()) : "",
          result.progress(),
          any ? percent(result.train().mean()) : "",
          errors(new Spread(paper.test(), paper.deviation()), paper.trials()),
          Double.isNaN(paper.train()) ? "" : percent(paper.train()),
          difference(result),
          String.format(Locale.ROOT, "%.2f", Verdict.margin(paper)));
    }
    return table;
  }

  private static String difference(CellResult result) {
    Difference found = result.differenceOfMeans();
    return found == null
        ? ""
        : String.format(
            Locale.ROOT, "%+.2f (%+.2f to %+.2f)", found.value(), found.low(), found.high());
  }

  /** How the cells were trained, and how long it took. */
  static Table trainings(List<CellResult> results) {
    Table table =
        Table.of("cell", "T", "K", "epochs", "mean steps", "wall-clock", "paper's wall-clock");
    for (CellResult result : results) {
      table.row(
          result.cell().title(),
          result.config().t(),
          result.config().k(),
          result.config().epochs(),
          Double.isNaN(result.steps()) ? "" : String.format(Locale.ROOT, "%.1f", result.steps()),
          result.done().isEmpty() ? "" : clock(result.minutes()),
          result.cell().row().minutes() == 0 ? "" : clock(result.cell().row().minutes()));
    }
    return table;
  }

  /** Everything, for spreadsheets and programs. Errors in percent, times in minutes. */
  static Table full(Plan plan, List<CellResult> results) {
    Table table =
        Table.of(
            "row",
            "method",
            "verdict",
            "noVerdictBecause",
            "trialsDone",
            "trials",
            "testError",
            "testDeviation",
            "trainError",
            "paperTestError",
            "paperTestDeviation",
            "paperTrainError",
            "paperTrials",
            "difference",
            "differenceLow",
            "differenceHigh",
            "margin",
            "mode",
            "data",
            "limit",
            "T",
            "K",
            "epochs",
            "meanSteps",
            "warnings",
            "minutes",
            "paperMinutes");
    for (CellResult result : results) {
      boolean any = !result.done().isEmpty();
      Reported paper = result.cell().reported();
      Difference difference = result.differenceOfMeans();
      table.row(
          result.cell().row().id(),
          result.cell().method().id(),
          result.verdict().words(),
          result.difference(),
          result.done().size(),
          result.planned(),
          any ? result.test().mean() : null,
          result.done().size() > 1 ? result.test().deviation() : null,
          any ? result.train().mean() : null,
          paper.test(),
          paper.deviation(),
          number(paper.train()),
          paper.trials(),
          difference == null ? null : difference.value(),
          difference == null ? null : difference.low(),
          difference == null ? null : difference.high(),
          Verdict.margin(paper),
          plan.mode().id(),
          plan.data(),
          plan.limit(),
          result.config().t(),
          result.config().k(),
          result.config().epochs(),
          number(result.steps()),
          result.warnings().size(),
          number(result.minutes()),
          result.cell().row().minutes() == 0 ? null : result.cell().row().minutes());
    }
    return table;
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static String percent(double error) {
    return String.format(Locale.ROOT, "(%.2f)", error);
  }

  private static String errors(Spread spread, int trials) {
    return trials < 2
        ? String.format(Locale.ROOT, "%.2f", spread.mean())
        : String.format(Locale.ROOT, "%.2f ± %.2f", spread.mean(), spread.deviation());
  }

  /** Minutes as hours and minutes, as the paper has them; with seconds below an hour. */
  private static String clock(double minutes) {
    if (Double.isNaN(minutes)) {
      return "unknown";
    }
    long seconds = Math.round(minutes * MINUTES);
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d",
        seconds / MINUTES / MINUTES,
        seconds / MINUTES % MINUTES,
        seconds % MINUTES);
  }
}
