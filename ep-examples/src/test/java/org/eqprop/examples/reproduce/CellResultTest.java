package org.eqprop.examples.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.List;
import org.eqprop.examples.run.RunRecord;
import org.eqprop.examples.run.RunSummary.Spread;
import org.junit.jupiter.api.Test;

class CellResultTest {
  private static CellResult cell(RunRecord... runs) {
    return Results.cell("", Arrays.asList(runs));
  }

  @Test
  void aCellThatHasNotStartedSaysSo() {
    CellResult cell = cell(null, null);
    assertThat(cell.progress()).isEqualTo("0 of 2, not started");
    assertThat(cell.verdictWords()).isEqualTo("not enough trials");
    assertThat(cell.steps()).isNaN();
    assertThat(cell.minutes()).isNaN();
    assertThat(cell.warnings()).isEmpty();
    assertThat(ReportTables.overview(List.of(cell)).text()).contains("p-1h EP", "2.00 ± 0.13");
    assertThat(ReportTables.full(Results.PLAN, List.of(cell)).rows().get(0))
        .containsEntry("testError", null)
        .containsEntry("paperTestError", 2.0);
    assertThat(CellCurves.areThere(cell)).isFalse();
  }

  @Test
  void oneTrialIsTooFewAndOneThatRunsDoesNotCount() {
    CellResult cell = cell(Results.run(true, 60, 9, 2), Results.run(false, 60, 9), null);
    assertThat(cell.progress()).isEqualTo("1 of 3");
    assertThat(cell.test()).isEqualTo(new Spread(2, 0));
    assertThat(cell.train()).isEqualTo(new Spread(1, 0));
    assertThat(cell.verdict()).isEqualTo(Verdict.TOO_FEW);
    assertThat(cell.differenceOfMeans()).isNull();
    assertThat(cell.steps()).isCloseTo(15, offset(1e-9));
    assertThat(cell.minutes()).isCloseTo(2, offset(1e-9));
    assertThat(ReportTables.overview(List.of(cell)).text())
        .contains(" 2.00 ")
        .doesNotContain("± 0.00");
    assertThat(CellCurves.areThere(cell)).isTrue();
  }

  @Test
  void trialsWithoutASpreadHoldIfTheyAreThePapers() {
    CellResult cell = cell(Results.run(true, 1, 2), Results.run(true, 1, 2));
    assertThat(cell.test()).isEqualTo(new Spread(2, 0));
    assertThat(cell.verdictWords()).isEqualTo("holds");
  }

  @Test
  void trialsThatAreFarOffDiffer() {
    assertThat(cell(Results.run(true, 1, 4), Results.run(true, 1, 4.01)).verdictWords())
        .isEqualTo("differs: higher");
    assertThat(cell(Results.run(true, 1, 1), Results.run(true, 1, 1.01)).verdictWords())
        .isEqualTo("differs: lower");
    assertThat(cell(Results.run(true, 1, 1), Results.run(true, 1, 3)).verdictWords())
        .isEqualTo("undecided");
  }

  @Test
  void whatIsNotThePapersHasNoVerdict() {
    CellResult cell =
        Results.cell(
            "1 epoch instead of 30", List.of(Results.run(true, 1, 2), Results.run(true, 1, 2)));
    assertThat(cell.verdictWords()).isEqualTo("no verdict: 1 epoch instead of 30");
    assertThat(ReportTables.overview(List.of(cell)).rows().get(0)).containsEntry("difference", "");
    assertThat(ReportTables.full(Results.PLAN, List.of(cell)).rows().get(0))
        .containsEntry("differenceLow", null);
  }

  @Test
  void timesThatAreLostAreUnknown() {
    CellResult cell = cell(Results.run(true, Double.NaN, 2), Results.run(true, 60, 2));
    assertThat(cell.minutes()).isNaN();
    assertThat(ReportTables.trainings(List.of(cell)).text()).contains("unknown", "0:17:00");
  }

  @Test
  void warningsNameTheTrial() {
    CellResult cell = cell(Results.run(true, 1, 2), Results.run(true, 1, 90));
    assertThat(cell.warnings()).containsExactly("p-1h EP trial 2: It is stuck.");
  }
}
