package org.eqprop.examples.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.DivergenceException;
import org.eqprop.core.settle.Context;
import org.eqprop.examples.report.Drawings;
import org.eqprop.examples.run.EpochMetrics;
import org.eqprop.examples.run.Experiment;
import org.eqprop.examples.run.ModeType;
import org.eqprop.examples.run.Session;
import org.eqprop.examples.run.Watcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproductionTest {
  private static final Plan PLAN =
      new Plan(
          PaperTable.TABLE_1,
          List.of(PaperRow.P_1H),
          List.of(Method.EP),
          ModeType.EXACT,
          3,
          1,
          60,
          "digits");

  private static final Session SESSION = new Session("1", "abc", "CPU", 2, 1, "scalar", "JVM");

  @TempDir Path root;

  private final List<String> said = new ArrayList<>();

  /** A trial of the number given diverges; a report is looked at after each trial. */
  private Progress progress(int diverging, List<String> reports) {
    return new Progress() {
      @Override
      public Watcher began(Trial trial, Experiment experiment, Whole whole) {
        return new Watcher() {
          @Override
          public void epochDone(EpochMetrics metrics) {
            if (trial.number() == diverging) {
              throw new DivergenceException("It diverged.");
            }
          }
        };
      }

      @Override
      public void ended(Trial trial) {
        try {
          reports.add(Files.readString(root.resolve("report.md")).lines().toList().get(2));
        } catch (IOException thrown) {
          throw new AssertionError(thrown);
        }
      }

      @Override
      public void complaint(String sentence) {
        said.add(sentence);
      }
    };
  }

  private Reproduction.End run(int diverging, List<String> reports, int stopAfter) {
    try (Context context = new Context(1, KernelsSelector.kernels());
        Reproduction reproduction = Reproduction.open(root, PLAN)) {
      return reproduction.run(
          context,
          SESSION,
          new Drawings(said::add),
          progress(diverging, reports),
          () -> reports.size() >= stopAfter);
    }
  }

  @Test
  void theReportIsWrittenAnewAfterEachTrial() throws IOException {
    List<String> reports = new ArrayList<>();
    assertThat(run(0, reports, 9)).isEqualTo(Reproduction.End.DONE);
    assertThat(reports)
        .extracting(line -> line.substring(0, line.indexOf('.')))
        .containsExactly(
            "0 of 3 trials are done", "1 of 3 trials are done", "2 of 3 trials are done");
    assertThat(Files.readString(root.resolve("report.md")))
        .contains(
            "3 of 3 trials are done.",
            "eqprop 1, commit abc; 2 x CPU, 1 thread, scalar, JVM.",
            PLAN.command());
    assertThat(said).isEmpty();
  }

  @Test
  void stoppedBetweenTwoTrialsItGoesOn() {
    List<String> reports = new ArrayList<>();
    assertThat(run(0, reports, 1)).isEqualTo(Reproduction.End.STOPPED);
    assertThat(run(0, reports, 9)).isEqualTo(Reproduction.End.DONE);
    assertThat(reports).hasSizeBetween(3, 4);
  }

  @Test
  void aTrialThatDivergesIsSaidAndTheOthersAreTrained() throws IOException {
    List<String> reports = new ArrayList<>();
    assertThat(run(2, reports, 9)).isEqualTo(Reproduction.End.DIVERGED);
    assertThat(said)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("p-1h EP trial 2 failed: It diverged.");
    String report = Files.readString(root.resolve("report.md"));
    assertThat(report)
        .contains("2 of 3 trials are done.", "## What went wrong", "trial 2: It diverged.");
    assertThat(run(0, new ArrayList<>(), 9)).isEqualTo(Reproduction.End.DONE);
    assertThat(Files.readString(root.resolve("report.md")))
        .contains("3 of 3 trials are done.")
        .doesNotContain("What went wrong");
  }

  /** Figures are side work: without them the page is there. */
  @Test
  void aPageWhoseCurvesCannotBeDrawnNamesThem() throws IOException {
    try (Context context = new Context(1, KernelsSelector.kernels());
        Reproduction reproduction = Reproduction.open(root, PLAN)) {
      Drawings broken =
          new Drawings(
              said::add,
              (figure, format, file) -> {
                throw new IllegalStateException("no pen");
              });
      reproduction.run(context, SESSION, broken, progress(0, new ArrayList<>()), () -> false);
    }
    assertThat(said).hasSize(1).first().asString().contains("no pen");
    assertThat(Files.readString(root.resolve("report.html")))
        .contains("<figcaption>p-1h EP</figcaption>", "3 of 3 trials are done.");
  }
}
