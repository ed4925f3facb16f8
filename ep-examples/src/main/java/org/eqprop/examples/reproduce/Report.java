package org.eqprop.examples.reproduce;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.core.internal.file.InputFiles;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.examples.gdu.GduFigure;
import org.eqprop.examples.report.Drawings;
import org.eqprop.examples.report.Page;
import org.eqprop.examples.report.Table;
import org.eqprop.examples.run.ModeType;
import org.eqprop.examples.run.Session;

/** The report of a table: one HTML page that needs no other file, Markdown and CSV. */
final class Report {
  /** The page's file. */
  static final String PAGE = "report.html";

  private static final String NAME = "report";
  private static final int MOST_SVG_BYTES = 1 << 26;

  private final Reproduction reproduction;
  private final Drawings drawings;

  Report(Reproduction reproduction, Drawings drawings) {
    this.reproduction = reproduction;
    this.drawings = drawings;
  }

  /**
   * Writes {@code report.html}, {@code report.md} and {@code report.csv}, each as a whole.
   *
   * @throws StoreException if one cannot be written, or a file of a trial is damaged
   */
  void write(List<Session> sessions) {
    List<CellResult> results = reproduction.results();
    TableFolder.text(file("csv"), ReportTables.full(reproduction.plan(), results).toCsv());
    TableFolder.text(file("md"), markdown(results, sessions));
    TableFolder.text(file("html"), html(results, sessions));
  }

  private Path file(String extension) {
    return reproduction.path().resolve(NAME + "." + extension);
  }

  private String markdown(List<CellResult> results, List<Session> sessions) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(title()).append("\n\n").append(counts(results)).append("\n\n");
    text.append(ReportTables.overview(results).toMarkdown()).append('\n');
    String notes = String.join("\n\n", explanation());
    text.append(notes).append("\n\n## Trainings\n\n");
    text.append(ReportTables.trainings(results).toMarkdown()).append('\n');
    text.append(String.join("\n\n", trainingNotes())).append("\n\n");
    section(text, "What went wrong", wrong(results));
    section(text, "Made by", madeBy(sessions));
    return text.toString().stripTrailing() + "\n";
  }

  private static void section(StringBuilder text, String title, List<String> sentences) {
    if (!sentences.isEmpty()) {
      text.append("## ").append(title).append("\n\n");
      sentences.forEach(s -> text.append("- ").append(Visible.line(s)).append('\n'));
      text.append('\n');
    }
  }

  private String html(List<CellResult> results, List<Session> sessions) {
    List<String> wrong = wrong(results);
    return Page.of(
        Report.class,
        PAGE,
        Map.of(
            "title", Visible.html(title()),
            "counts", Visible.html(counts(results)),
            "overview", marked(ReportTables.overview(results), results),
            "explanation", paragraphs(explanation()),
            "trainings", ReportTables.trainings(results).toHtml(),
            "notes", paragraphs(trainingNotes()),
            "wrong", wrong.isEmpty() ? "" : "<h2>What went wrong</h2>\n" + list(wrong),
            "charts", charts(results),
            "figures", figures(),
            "made", list(madeBy(sessions))));
  }

  /** The table with each row in the colour of its verdict. */
  private static String marked(Table table, List<CellResult> results) {
    List<String> lines = new ArrayList<>(table.toHtml().lines().toList());
    for (int i = 0; i < results.size(); i++) {
      String kind = results.get(i).verdict().name().toLowerCase(Locale.ROOT).replace('_', '-');
      lines.set(i + 2, lines.get(i + 2).replaceFirst("<tr>", "<tr class=\"" + kind + "\">"));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String paragraphs(List<String> sentences) {
    StringBuilder html = new StringBuilder();
    sentences.forEach(s -> html.append("<p>").append(Visible.html(s)).append("</p>\n"));
    return html.toString();
  }

  private static String list(List<String> sentences) {
    StringBuilder html = new StringBuilder("<ul>\n");
    sentences.forEach(s -> html.append("<li>").append(Visible.html(s)).append("</li>\n"));
    return html.append("</ul>\n").toString();
  }

  private String charts(List<CellResult> results) {
    StringBuilder html = new StringBuilder();
    for (CellResult result : results) {
      if (CellCurves.areThere(result)) {
        html.append(
            Page.figure(
                result.cell().title(), drawings.svg(file("html"), () -> CellCurves.of(result))));
      }
    }
    return html.isEmpty() ? "<p>No epoch is done yet.</p>\n" : html.toString();
  }

  /** The figures that {@code ep reproduce figure2} and so on have written into the folder. */
  private String figures() {
    StringBuilder html = new StringBuilder();
    for (GduFigure figure : GduFigure.values()) {
      Path file = reproduction.path().resolve(figure.id() + ".svg");
      if (Files.exists(file)) {
        try {
          String svg = new String(InputFiles.bytes(file, MOST_SVG_BYTES), StandardCharsets.UTF_8);
          html.append(Page.figure(figure.id(), svg));
        } catch (IOException thrown) {
          throw new StoreException(
              "Cannot read "
                  + file
                  + " ("
                  + AtomicFiles.reason(thrown)
                  + "); delete it, or make it"
                  + " readable.");
        }
      }
    }
    return html.isEmpty() ? "" : "<h2>Updates beside gradients</h2>\n" + html;
  }

  private String title() {
    return reproduction.plan().table().title() + " of the paper, repeated by eqprop";
  }

  private String counts(List<CellResult> results) {
    long holds = results.stream().filter(r -> r.verdict() == Verdict.HOLDS).count();
    long lower = results.stream().filter(r -> r.verdict() == Verdict.LOWER).count();
    long higher = results.stream().filter(r -> r.verdict() == Verdict.HIGHER).count();
    long undecided = results.stream().filter(r -> r.verdict() == Verdict.UNDECIDED).count();
    long done = results.stream().mapToLong(r -> r.done().size()).sum();
    int all = results.size() * reproduction.plan().trials();
    return String.format(
        Locale.ROOT,
        "%d of %d trials are done. Of %d cells %d hold, %d differ, %d are undecided, %d have no"
            + " verdict.",
        done,
        all,
        results.size(),
        holds,
        lower + higher,
        undecided,
        results.size() - holds - lower - higher - undecided);
  }

  private List<String> explanation() {
    boolean ofOthers = reproduction.plan().table() == PaperTable.TABLE_2;
    return List.of(
        "Errors are in percent after the last epoch: mean ± standard deviation over n trials, and"
            + " the mean train error in parentheses. "
            + (ofOthers
                ? "The paper cites one figure of each, from others' best trainings; it counts as"
                    + " exact. Where the cited networks differ from ours, docs/reproduce.md says"
                    + " so."
                : "The paper has five trials."),
        String.format(
            Locale.ROOT,
            "What the verdict tests: whether our mean test error equals the paper's within a margin"
                + " of %.0f %% of the paper's error. The difference of the two means stands with"
                + " its %.0f %% interval, which is Welch's t-interval from our standard deviation"
                + " and the paper's. A cell holds if the whole interval lies within the margin (two"
                + " one-sided tests at 5 %%). It differs if the whole interval lies outside. It is"
                + " undecided if the interval reaches over an end of the margin; then more trials"
                + " help.",
            100 * Verdict.MARGIN,
            100 * Difference.CONFIDENCE),
        "There is no verdict with fewer than two trials, or where epochs, training samples or data"
            + " are not the paper's.");
  }

  private List<String> trainingNotes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Mean steps: steps of the free phase that a training sample in fact took. T is the largest"
            + " number of them, K the steps of the nudged phase, or those that BPTT goes back.");
    notes.add(
        "Wall-clock times are hours:minutes:seconds of a training, without its tests. The paper has"
            + " one time for both methods, on its own machine.");
    if (reproduction.plan().mode() == ModeType.FAST) {
      notes.add("Mode fast: the same steady states as the paper's steps reach, in fewer steps.");
    }
    return notes;
  }

  private List<String> wrong(List<CellResult> results) {
    List<String> sentences = new ArrayList<>();
    reproduction.failures().forEach((trial, why) -> sentences.add(trial.title() + ": " + why));
    results.forEach(result -> sentences.addAll(result.warnings()));
    return sentences;
  }

  private List<String> madeBy(List<Session> sessions) {
    List<String> lines = new ArrayList<>();
    lines.add("Command: " + reproduction.plan().command());
    sessions.forEach(session -> lines.add(session.words()));
    return lines;
  }
}
