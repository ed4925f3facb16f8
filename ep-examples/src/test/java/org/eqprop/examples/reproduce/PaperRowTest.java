package org.eqprop.examples.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.examples.run.Config;
import org.eqprop.examples.run.ModeType;
import org.eqprop.examples.run.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaperRowTest {
  /** Typed a second time, from the printed table. */
  @ParameterizedTest
  @CsvSource({
    "eb-1h, 2.06, 0.17, 0.13, 2.11, 0.09, 0.46, 100, 12, 30, 93",
    "eb-2h, 2.01, 0.21, 0.11, 2.02, 0.12, 0.29, 500, 40, 50, 964",
    "p-1h, 2.00, 0.13, 0.20, 2.00, 0.12, 0.55, 30, 10, 30, 17",
    "p-2h, 1.95, 0.10, 0.14, 2.09, 0.12, 0.37, 100, 20, 50, 116",
    "p-3h, 2.01, 0.18, 0.10, 2.30, 0.17, 0.32, 180, 20, 100, 507",
    "p-conv, 1.02, 0.04, 0.54, 0.88, 0.06, 0.12, 200, 10, 40, 538"
  })
  void theFiguresAreThoseOfTable1(
      String name,
      double ep,
      double epDeviation,
      double epTrain,
      double bptt,
      double bpttDeviation,
      double bpttTrain,
      int t,
      int k,
      int epochs,
      int minutes) {
    PaperRow row = PaperRow.of(name);
    assertThat(row.table()).isEqualTo(PaperTable.TABLE_1);
    assertThat(row.reported(Method.EP)).isEqualTo(new Reported(ep, epDeviation, epTrain, 5));
    assertThat(row.reported(Method.BPTT))
        .isEqualTo(new Reported(bptt, bpttDeviation, bpttTrain, 5));
    assertThat(row.training().t()).isEqualTo(t);
    assertThat(row.training().k()).isEqualTo(k);
    assertThat(row.training().epochs()).isEqualTo(epochs);
    assertThat(row.minutes()).isEqualTo(minutes);
  }

  @Test
  void theTableHasSixRowsInThePapersOrder() {
    assertThat(PaperTable.TABLE_1.rows().stream().map(PaperRow::id))
        .containsExactly("eb-1h", "eb-2h", "p-1h", "p-2h", "p-3h", "p-conv");
  }

  /** What ends at the cited error, by docs/methods.md. */
  @Test
  void thePersistentRowHasTheRatesThatReachItsError() {
    PaperNet.Training training = PaperRow.PERSISTENT.training();
    assertThat(training.k()).isEqualTo(8);
    assertThat(training.rates()).containsExactly(0.2, 0.4);
  }

  /** Typed a second time, from the printed table. */
  @ParameterizedTest
  @CsvSource({
    "persistent, 2.2, 0, eb-1h-2017, 25, previous, synchronous",
    "predicted, 2.37, 0.15, eb-1h, 30, predicted, synchronous",
    "spiking, 2.19, NaN, eb-1h, 30, zero, spiking"
  })
  void theFiguresAreThoseOfTable2(
      String name,
      double test,
      double train,
      String preset,
      int epochs,
      String start,
      String solver) {
    PaperRow row = PaperRow.of(name);
    assertThat(row.table()).isEqualTo(PaperTable.TABLE_2);
    assertThat(row.reported(Method.EP)).isEqualTo(new Reported(test, 0, train, 1));
    assertThat(row.methods()).containsExactly(Method.EP);
    assertThat(row.training().epochs()).isEqualTo(epochs);
    assertThat(row.minutes()).isZero();
    assertThat(row.effort()).isPositive();
    Plan plan =
        new Plan(
            PaperTable.TABLE_2,
            PaperTable.TABLE_2.rows(),
            List.of(Method.EP),
            ModeType.EXACT,
            2,
            null,
            0,
            "mnist");
    Config config = plan.config(new Trial(new Cell(row, Method.EP), 2));
    assertThat(config.preset()).isEqualTo(preset);
    assertThat(config.start().id()).isEqualTo(start);
    assertThat(config.settlingMode().solver()).isEqualTo(solver);
    assertThat(config.seed()).isEqualTo(2);
    assertThat(plan.trainings()).hasSize(6);
  }

  @Test
  void aRowThatIsNotThereIsAnsweredWithTheNearest() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> PaperRow.of("p1h"))
        .withMessageContaining(
            "choose one of eb-1h, eb-2h, p-1h, p-2h, p-3h, p-conv, persistent, predicted, spiking.")
        .withMessageEndingWith("Did you mean 'p-1h'?");
  }

  @Test
  void aResultThatCannotBeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Reported(0, 0, 0, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> new Reported(1, -1, 0, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> new Reported(1, 0, 0, 0));
  }
}
