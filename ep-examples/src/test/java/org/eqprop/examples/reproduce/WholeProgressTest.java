package org.eqprop.examples.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.eqprop.examples.run.Watcher;
import org.junit.jupiter.api.Test;

class WholeProgressTest {
  /** One trial is done in a minute an epoch, one stands after ten epochs, one has not begun. */
  private static WholeProgress progress() {
    double[] thirty = new double[30];
    double[] ten = new double[10];
    Arrays.fill(thirty, 2);
    Arrays.fill(ten, 2);
    CellResult cell =
        Results.cell(
            "", Arrays.asList(Results.run(true, 60, thirty), Results.run(false, 60, ten), null));
    return new WholeProgress(Results.PLAN, List.of(cell), new Trial(Results.CELL, 2));
  }

  @Test
  void itSaysWhatIsDoneWhatRunsAndWhatIsLeft() {
    WholeProgress whole = progress();
    Watcher watcher = whole.with(Watcher.SILENT);
    watcher.epochStarted(10, 30, 0, 600);
    assertThat(whole.words(0))
        .isEqualTo("Table 1: 1 of 3 trials done, p-1h EP trial 2 running, about 50 min left");
    watcher.progress(300, 0.1);
    assertThat(whole.words(30))
        .isEqualTo("Table 1: 1 of 3 trials done, p-1h EP trial 2 running, about 50 min left");
    watcher.epochStarted(20, 30, 0, 600);
    // Ten epochs in five minutes after forty in forty: 54 s each.
    assertThat(whole.words(300))
        .isEqualTo("Table 1: 1 of 3 trials done, p-1h EP trial 2 running, about 36 min left");
  }

  @Test
  void beforeAnythingWasTrainedTheTimeIsUnknown() {
    CellResult cell = Results.cell("", Arrays.asList(null, null, null));
    WholeProgress whole =
        new WholeProgress(Results.PLAN, List.of(cell), new Trial(Results.CELL, 1));
    assertThat(whole.words(0)).endsWith("trial 1 running, time left unknown");
    whole.at(0);
    whole.at(1);
    assertThat(whole.words(60)).endsWith("about 1 h 29 min left");
  }
}
