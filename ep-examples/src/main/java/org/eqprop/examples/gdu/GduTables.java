package org.eqprop.examples.gdu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eqprop.bptt.gdu.Alignment;
import org.eqprop.examples.report.Decimals;
import org.eqprop.examples.report.Table;
import org.eqprop.examples.run.Setting;

/** Results as tables. */
public final class GduTables {
  private GduTables() {}

  /** A title and one row for each layer and parameter. */
  public static Table of(GduResult result) {
    Table table = Table.of("of", "RelMSE program", "RelMSE paper", "cosine", "same sign");
    for (GduResult.Row row : result.rows()) {
      table.row(
          row.label(),
          small(row.relMseProgram()),
          small(row.relMsePaper()),
          cell(row.cosine(), "%.6f"),
          cell(row.sameSign(), "%.4f"));
    }
    return table.title(title(result.settings(), result.sizes()) + "\n" + steadiness(result));
  }

  /**
   * A title and one row for each layer and parameter: medians, and the least and the greatest value
   * where there are several seeds.
   *
   * @param seeds results of the same network
   */
  public static Table ofSeeds(List<GduResult> seeds) {
    GduResult first = seeds.getFirst();
    if (seeds.size() == 1) {
      return of(first);
    }
    Table table =
        Table.of("of", "RelMSE program", "least", "greatest", "RelMSE paper", "least", "greatest");
    List<SeedSpread> program = SeedSpread.of(seeds, GduResult::rows, GduResult.Row::relMseProgram);
    List<SeedSpread> paper = SeedSpread.of(seeds, GduResult::rows, GduResult.Row::relMsePaper);
    for (int r = 0; r < first.rows().size(); r++) {
      List<Object> cells = new ArrayList<>();
      cells.add(first.rows().get(r).label());
      for (SeedSpread spread : List.of(program.get(r), paper.get(r))) {
        cells.add(small(spread.median()));
        cells.add(small(spread.least()));
        cells.add(small(spread.greatest()));
      }
      table.row(cells.toArray());
    }
    int unsteady = seeds.stream().mapToInt(GduResult::unsteady).sum();
    int samples = first.settings().batch() * first.settings().batches() * seeds.size();
    return table.title(
        title(first.settings(), first.sizes())
            + " to "
            + seeds.getLast().settings().seed()
            + ": medians.\n"
            + unsteady
            + " of "
            + samples
            + " samples are not steady after T steps.");
  }

  /** Whether the condition of Theorem 1 holds: that the free phase has arrived. */
  private static String steadiness(GduResult result) {
    int samples = result.settings().batch() * result.settings().batches();
    String last =
        String.format(Locale.ROOT, "the last free step moves a unit by %.1e", result.residual());
    if (result.unsteady() > 0) {
      String verb = result.unsteady() == 1 ? " is" : " are";
      return result.unsteady()
          + " of "
          + samples
          + " samples"
          + verb
          + " not steady after T steps: "
          + last
          + ".";
    }
    return "All samples are steady after "
        + (result.settled() < result.settings().t()
            ? result.settled() + " of T steps, to the last bit."
            : "T steps: " + last + ".");
  }

  /** What the columns of {@link #of} are, for people. */
  public static String explanation(List<GduResult> results) {
    String text =
        """
        RelMSE is the relative error between Delta (EP) and -nabla (BPTT); it is 0 if they are equal.
        program: as the authors' program computes it (neurons summed over the batch, gradients of
        parameters cumulated over the steps). paper: as the paper's text defines it (mean over samples,
        each step's gradient by itself). cosine and same sign compare the gradients summed over steps
        and batch.
        """;
    boolean inside = results.stream().anyMatch(result -> result.settings().nudgesInside());
    return inside ? text + insideNote() : text;
  }

  private static String insideNote() {
    return """
    Nudged inside sigma, Delta s(t) tends to the gradient of the layer's input, sigma' nabla s(t), which
    the rows of the biases compare; the rows of the layers compare it with nabla s(t) and stay apart.
    """;
  }

  /** A title, each method as a whole, and then each parameter. */
  public static Table of(MethodResult result) {
    Table table =
        Table.of(
            "method",
            "of",
            "cos bptt",
            "error",
            "signs",
            "norm",
            "cos exact",
            "error",
            "signs",
            "norm");
    for (MethodResult.Row row : result.rows()) {
      List<Object> cells = new ArrayList<>(List.of(row.method(), row.label()));
      for (Alignment alignment : List.of(row.bptt(), row.exact())) {
        cells.add(cell(alignment.cosine(), "%.6f"));
        cells.add(small(alignment.relativeError()));
        cells.add(cell(alignment.sameSign(), "%.4f"));
        cells.add(cell(alignment.norm(), "%.4f"));
      }
      table.row(cells.toArray());
    }
    return table.title(
        result.settings().network()
            + String.format(
                Locale.ROOT,
                ", T %d, K %d, beta %s: the last free step moves a unit by %.1e.",
                result.settings().t(),
                result.settings().k(),
                result.settings().beta(),
                result.residual()));
  }

  /** The same with a name of its own for each column, for spreadsheets. */
  public static Table points(MethodResult result) {
    Table table =
        Table.of(
            "method",
            "name",
            "label",
            "cosineBptt",
            "errorBptt",
            "sameSignBptt",
            "normBptt",
            "cosineExact",
            "errorExact",
            "sameSignExact",
            "normExact");
    for (MethodResult.Row row : result.rows()) {
      List<Object> cells = new ArrayList<>(List.of(row.method(), row.name(), row.label()));
      for (Alignment alignment : List.of(row.bptt(), row.exact())) {
        cells.add(alignment.cosine());
        cells.add(alignment.relativeError());
        cells.add(alignment.sameSign());
        cells.add(alignment.norm());
      }
      table.row(cells.toArray());
    }
    return table;
  }

  /** What the columns of a comparison of methods are, for people. */
  public static String methodsExplanation() {
    return """
    Each method's gradient beside that of backprop through the last K steps (bptt), and beside the
    gradient of the loss at the steady state (exact): the cosine of the angle, the relative error
    (norm of the difference by the norm of the reference), the share of elements of the same sign,
    and the ratio of the norms. A direction counts that is followed downhill: 1 is the best cosine.
    Elements that are 0 in both, such as those of pixels that are always black, have the same sign.
    """;
  }

  /** All rows of some results, with the name of the network, for spreadsheets. */
  public static Table all(List<GduResult> results) {
    Table table =
        Table.of(
            "network",
            "name",
            "label",
            "kind",
            "relMseProgram",
            "relMsePaper",
            "cosine",
            "sameSign",
            "seed");
    for (GduResult result : results) {
      for (GduResult.Row row : result.rows()) {
        table.row(
            result.settings().network(),
            row.name(),
            row.label(),
            row.kind(),
            row.relMseProgram(),
            row.relMsePaper(),
            row.cosine(),
            row.sameSign(),
            result.settings().seed());
      }
    }
    return table;
  }

  /** The points of all curves, for spreadsheets. */
  public static Table curves(GduResult result) {
    Table table = Table.of("of", "element", "t", "bptt", "ep");
    for (Curve curve : result.curves()) {
      for (int t = 0; t < curve.bptt().length; t++) {
        table.row(curve.of(), curve.element(), t, curve.bptt()[t], curve.ep()[t]);
      }
    }
    return table;
  }

  /** One row for each layer and parameter, one column for each β, and the slope. */
  public static Table of(BetaSweep sweep) {
    List<String> columns = new ArrayList<>();
    columns.add("of");
    sweep.betas().forEach(beta -> columns.add(String.format(Locale.ROOT, "%.0e", beta)));
    columns.add("slope");
    columns.add("points");
    Table table = Table.of(columns.toArray(String[]::new));
    for (BetaSweep.Row row : sweep.rows()) {
      List<Object> cells = new ArrayList<>();
      cells.add(row.label());
      row.relMse().forEach(value -> cells.add(small(value)));
      cells.add(cell(row.slope(), "%.3f"));
      cells.add(row.points());
      table.row(cells.toArray());
    }
    String text =
        """
        RelMSE (program) against beta, and the power of beta it follows: a line through the logarithms of
        the longest run of points where it falls evenly.
        """;
    if (sweep.settings().nudgesInside()) {
      text += insideNote();
    }
    return table.title(title(sweep.settings(), sweep.sizes()) + ".").footnote(text.stripTrailing());
  }

  /** A sentence's beginning with all that was run, in one line. */
  private static String title(GduSettings s, List<Integer> sizes) {
    String chain = sizes.stream().map(Object::toString).collect(Collectors.joining("-"));
    String variant =
        s.setting() == Setting.PROTOTYPICAL ? "nudge " + s.nudge() : "output " + s.output();
    if (!s.convolutions().isEmpty()) {
      variant += ", " + s.convolutions().description();
    }
    return String.format(
        Locale.ROOT,
        "%s %s, %s, %s: epsilon %s, beta %s, T %d, K %d, %s, %s, %d x %d samples of %s, seed %d",
        s.network(),
        chain,
        s.setting(),
        variant,
        s.epsilon(),
        s.beta(),
        s.t(),
        s.k(),
        s.estimate(),
        s.precision(),
        s.batches(),
        s.batch(),
        s.data(),
        s.seed());
  }

  private static Table.Cell small(double value) {
    return cell(value, value != 0 && value < 1e-3 ? "%.2e" : "%.5f");
  }

  @SuppressWarnings({"FormatStringAnnotation", "AnnotateFormatMethod"}) // called with literals only
  private static Table.Cell cell(double value, String format) {
    return new Table.Cell(
        value, Decimals.withoutSignOfZero(String.format(Locale.ROOT, format, value)));
  }
}
