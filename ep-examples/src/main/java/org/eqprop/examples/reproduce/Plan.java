package org.eqprop.examples.reproduce;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.eqprop.examples.data.KnownDataset;
import org.eqprop.examples.run.Config;
import org.eqprop.examples.run.Configs;
import org.eqprop.examples.run.ModeType;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * What is to be trained: everything that determines the weights of all trials.
 *
 * @param table the table
 * @param rows some of its rows, in its order
 * @param methods how each is trained, in the paper's order
 * @param mode how the networks settle
 * @param trials trainings of each cell, with the seeds 1, 2 and so on
 * @param epochs passes over the training set, or null for each row's own
 * @param limit first so many training samples, 0 for all
 * @param data name or folder of the data set
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Plan(
    PaperTable table,
    List<PaperRow> rows,
    List<Method> methods,
    ModeType mode,
    int trials,
    @Nullable Integer epochs,
    int limit,
    String data) {
  /** Trials of the paper. */
  public static final int TRIALS = 5;

  /** Trials that a cell has at most. */
  private static final int MOST_TRIALS = 10_000;

  /**
   * Checked and in order; names of data sets in lower case.
   *
   * @throws UsageException in one sentence, if a value is out of range or there is nothing to train
   */
  public Plan {
    for (PaperRow row : rows) {
      if (row.table() != table) {
        throw new UsageException(
            row.id()
                + " is no row of "
                + table.title()
                + "; choose among "
                + table.rows().stream().map(PaperRow::id).collect(Collectors.joining(", "))
                + ".");
      }
    }
    if (rows.isEmpty() || methods.isEmpty()) {
      throw new UsageException("Nothing is to be trained; name rows with --only, or leave it out.");
    }
    boolean any = false;
    for (PaperRow row : rows) {
      any |= !Collections.disjoint(row.methods(), methods);
    }
    if (!any) {
      throw new UsageException(
          "Nothing is to be trained: "
              + table.title()
              + " has no "
              + methods.get(0).id()
              + "; leave --method out.");
    }
    if (trials < 1 || trials > MOST_TRIALS) {
      throw new UsageException(
          "trials is " + trials + "; it must be from 1 to " + MOST_TRIALS + ".");
    }
    rows = rows.stream().distinct().sorted().toList();
    methods = methods.stream().distinct().sorted().toList();
    data = KnownDataset.named(data).map(KnownDataset::id).orElse(data);
  }

  /** The cells, in the order of the table. */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (PaperRow row : rows) {
      row.methods().stream()
          .filter(methods::contains)
          .forEach(method -> cells.add(new Cell(row, method)));
    }
    return cells;
  }

  /** All trials in the order of training: rows that took the paper the least time come first. */
  public List<Trial> trainings() {
    List<Trial> all = new ArrayList<>();
    cells().stream()
        .sorted(Comparator.comparingInt(cell -> cell.row().effort()))
        .forEach(
            cell -> {
              for (int number = 1; number <= trials; number++) {
                all.add(new Trial(cell, number));
              }
            });
    return all;
  }

  /**
   * The configuration of a trial.
   *
   * @throws UsageException in one sentence, if a value is out of range
   */
  public Config config(Trial trial) {
    ObjectNode given = Configs.JSON.createObjectNode();
    given.put("data", data);
    given.put("method", trial.cell().method().id());
    given.put("mode", mode.id());
    given.put("seed", (long) trial.number());
    given.put("limit", limit);
    if (epochs != null) {
      given.put("epochs", epochs);
    }
    trial.cell().row().settings().forEach(given::put);
    return Configs.resolve(trial.cell().row().preset().id(), null, given);
  }

  /** Why a cell's errors cannot be held against the paper's; empty if they can. */
  public String difference(Cell cell) {
    int own = config(new Trial(cell, 1)).epochs();
    int papers = cell.row().training().epochs();
    if (!data.equals(PaperRow.DATA)) {
      return "other data than the paper's";
    }
    if (limit > 0) {
      return "the first " + limit + " training samples only";
    }
    return own == papers ? "" : own + (own == 1 ? " epoch" : " epochs") + " instead of " + papers;
  }

  /** The command that does this, without its folder. */
  public String command() {
    StringBuilder words = new StringBuilder("ep reproduce " + table.id());
    if (!rows.equals(table.rows())) {
      words
          .append(" --only ")
          .append(rows.stream().map(PaperRow::id).collect(Collectors.joining(",")));
    }
    if (methods.size() == 1) {
      words.append(" --method ").append(methods.get(0).id());
    }
    if (mode != ModeType.EXACT) {
      words.append(" --mode ").append(mode.id());
    }
    if (trials != TRIALS) {
      words.append(" --trials ").append(trials);
    }
    if (epochs != null) {
      words.append(" --epochs ").append(epochs);
    }
    if (limit > 0) {
      words.append(" --limit ").append(limit);
    }
    if (!data.equals(PaperRow.DATA)) {
      words.append(" --data ").append(data);
    }
    return words.toString();
  }
}
