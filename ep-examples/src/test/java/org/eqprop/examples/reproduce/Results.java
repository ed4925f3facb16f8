package org.eqprop.examples.reproduce;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.examples.run.Config;
import org.eqprop.examples.run.EpochMetrics;
import org.eqprop.examples.run.ModeType;
import org.eqprop.examples.run.RunRecord;
import org.eqprop.examples.run.RunSummary;
import org.eqprop.examples.run.Warning;
import org.jspecify.annotations.Nullable;

/** Results that nobody trained. */
final class Results {
  /** EP of p-1h with two epochs less than nothing else of the paper. */
  static final Plan PLAN =
      new Plan(
          PaperTable.TABLE_1,
          List.of(PaperRow.P_1H),
          List.of(Method.EP),
          ModeType.EXACT,
          3,
          null,
          0,
          PaperRow.DATA);

  static final Cell CELL = new Cell(PaperRow.P_1H, Method.EP);

  private Results() {}

  /** A run whose test errors these are, epoch by epoch; the train error is half of it. */
  static RunRecord run(boolean done, double seconds, double... errors) {
    Config config = PLAN.config(new Trial(CELL, 1));
    List<EpochMetrics> metrics = new ArrayList<>();
    for (double error : errors) {
      metrics.add(
          new EpochMetrics(
              metrics.size() + 1,
              0.1,
              error / 2,
              error,
              0.1,
              null,
              null,
              1e-3,
              10 * (metrics.size() + 1),
              100.0,
              seconds,
              100,
              null));
    }
    List<Warning> warnings =
        error(errors) > 50 ? List.of(new Warning("stuck", "It is stuck.")) : List.of();
    EpochMetrics last = metrics.get(metrics.size() - 1);
    return new RunRecord(
        config,
        metrics,
        done ? RunSummary.of("folder", config, List.of(last), warnings, List.of()) : null);
  }

  private static double error(double... errors) {
    return errors[errors.length - 1];
  }

  /** A cell with these runs; null for those that have not begun. */
  static CellResult cell(String difference, List<@Nullable RunRecord> runs) {
    return new CellResult(CELL, PLAN.config(new Trial(CELL, 1)), runs, runs.size(), difference);
  }
}
