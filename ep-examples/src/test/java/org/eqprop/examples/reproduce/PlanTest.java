package org.eqprop.examples.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.eqprop.examples.run.Config;
import org.eqprop.examples.run.Configs;
import org.eqprop.examples.run.ModeType;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Plan WHOLE =
      new Plan(
          PaperTable.TABLE_1,
          PaperTable.TABLE_1.rows(),
          MethodChoice.BOTH.methods(),
          ModeType.EXACT,
          Plan.TRIALS,
          null,
          0,
          PaperRow.DATA);

  private static Plan plan(
      List<PaperRow> rows,
      MethodChoice choice,
      int trials,
      @Nullable Integer epochs,
      int limit,
      String data) {
    return new Plan(
        PaperTable.TABLE_1, rows, choice.methods(), ModeType.FAST, trials, epochs, limit, data);
  }

  @Test
  void theWholeTableIsSixtyTrainingsOfThePapersSettings() {
    assertThat(WHOLE.cells()).hasSize(12);
    assertThat(WHOLE.trainings()).hasSize(60).doesNotHaveDuplicates();
    assertThat(WHOLE.command()).isEqualTo("ep reproduce table1");
    for (Trial trial : WHOLE.trainings()) {
      Config config = WHOLE.config(trial);
      PaperRow row = trial.cell().row();
      assertThat(config.seed()).isEqualTo(trial.number());
      assertThat(config.preset()).isEqualTo(row.id());
      assertThat(config.method()).isEqualTo(trial.cell().method().id());
      assertThat(config.t()).isEqualTo(row.training().t());
      assertThat(config.k()).isEqualTo(row.training().k());
      assertThat(config.epochs()).isEqualTo(row.training().epochs());
      assertThat(config.lr()).isEqualTo(row.training().rates());
      assertThat(WHOLE.difference(trial.cell())).isEmpty();
    }
  }

  @Test
  void whatTookThePaperTheLeastTimeIsTrainedFirst() {
    assertThat(WHOLE.trainings().stream().map(trial -> trial.cell().row()).distinct())
        .containsExactly(
            PaperRow.P_1H,
            PaperRow.EB_1H,
            PaperRow.P_2H,
            PaperRow.P_3H,
            PaperRow.P_CONV,
            PaperRow.EB_2H);
  }

  @Test
  void rowsAndMethodsAreInTheTablesOrderOnceEach() {
    Plan plan =
        plan(
            List.of(PaperRow.P_CONV, PaperRow.EB_1H, PaperRow.P_CONV),
            MethodChoice.BPTT,
            2,
            1,
            600,
            "MNIST");
    assertThat(plan.cells().stream().map(Cell::id)).containsExactly("eb-1h-bptt", "p-conv-bptt");
    assertThat(plan.command())
        .isEqualTo(
            "ep reproduce table1 --only eb-1h,p-conv --method bptt --mode fast --trials 2"
                + " --epochs 1 --limit 600");
    assertThat(plan.config(plan.trainings().get(0)).settlingMode().name()).isEqualTo(ModeType.FAST);
  }

  @Test
  void whatIsNotThePapersIsNamed() {
    Cell cell = new Cell(PaperRow.P_1H, Method.EP);
    List<PaperRow> row = List.of(PaperRow.P_1H);
    assertThat(plan(row, MethodChoice.EP, 1, 2, 0, "mnist").difference(cell))
        .isEqualTo("2 epochs instead of 30");
    assertThat(plan(row, MethodChoice.EP, 1, 30, 0, "mnist").difference(cell)).isEmpty();
    assertThat(plan(row, MethodChoice.EP, 1, null, 600, "mnist").difference(cell))
        .isEqualTo("the first 600 training samples only");
    assertThat(plan(row, MethodChoice.EP, 1, null, 0, "digits").difference(cell))
        .isEqualTo("other data than the paper's");
  }

  @Test
  void itIsReadAsItWasWritten() throws JsonProcessingException {
    Plan some = plan(List.of(PaperRow.P_2H), MethodChoice.BOTH, 3, 1, 60, "digits");
    for (Plan plan : List.of(WHOLE, some)) {
      String text = Configs.JSON.writeValueAsString(plan);
      assertThat(Configs.JSON.readValue(text, Plan.class)).isEqualTo(plan);
    }
  }

  @Test
  void valuesOutOfRangeAreOneSentence() {
    List<PaperRow> row = List.of(PaperRow.P_1H);
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> plan(row, MethodChoice.EP, 0, 1, 0, "digits"))
        .withMessage("trials is 0; it must be from 1 to 10000.");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> plan(List.of(), MethodChoice.EP, 1, 1, 0, "digits"))
        .withMessageContaining("Nothing is to be trained");
    Plan epochs = plan(row, MethodChoice.EP, 1, 0, 0, "digits");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> epochs.config(epochs.trainings().get(0)))
        .withMessageContaining("epochs is 0");
    Plan limit = plan(row, MethodChoice.EP, 1, 1, -1, "digits");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> limit.config(limit.trainings().get(0)))
        .withMessageContaining("limit is -1");
  }

  @Test
  void aTableWithoutTheMethodIsSaidToHaveNone() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(
            () ->
                new Plan(
                    PaperTable.TABLE_2,
                    PaperTable.TABLE_2.rows(),
                    MethodChoice.BPTT.methods(),
                    ModeType.EXACT,
                    5,
                    null,
                    0,
                    "mnist"))
        .withMessage("Nothing is to be trained: Table 2 has no bptt; leave --method out.");
  }
}
