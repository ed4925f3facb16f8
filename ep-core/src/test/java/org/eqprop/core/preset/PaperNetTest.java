package org.eqprop.core.preset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers as Table 1 and Figures 3 and 4 of the paper, and the authors' program, have them. */
class PaperNetTest {
  private static PaperNet named(String id) {
    return Arrays.stream(PaperNet.values())
        .filter(net -> net.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** Table 1; eb-3h is extrapolated from it. */
  @ParameterizedTest
  @CsvSource({
    "eb-1h,  true,  1, 100,  12, 0.5, 30,  .05 .1",
    "eb-2h,  true,  2, 500,  40, 0.5, 50,  .01 .1 .4",
    "eb-3h,  true,  3, 1000, 80, 0.5, 50,  .005 .02 .1 .4",
    "p-1h,   false, 1, 30,   10, 0.1, 30,  .04 .08",
    "p-2h,   false, 2, 100,  20, 0.5, 50,  .005 .05 .2",
    "p-3h,   false, 3, 180,  20, 0.5, 100, .002 .01 .05 .2",
    "p-conv, false, 0, 200,  10, 0.4, 40,  .015 .035 .15"
  })
  void isTrainedAsInTableOne(
      String id,
      boolean energyBased,
      int depth,
      int t,
      int k,
      double beta,
      int epochs,
      String rates) {
    PaperNet net = named(id);
    assertThat(net.energyBased()).isEqualTo(energyBased);
    assertThat(net.isConvolutional()).isEqualTo(depth == 0);
    assertThat(net.hidden()).hasSize(depth).allMatch(size -> size == 512);
    List<Double> expected = Arrays.stream(rates.split(" ", -1)).map(Double::valueOf).toList();
    assertThat(net.training()).isEqualTo(new PaperNet.Training(t, k, beta, epochs, expected));
  }

  @ParameterizedTest
  @CsvSource({
    "eb-1h, 100, 12",
    "eb-2h, 400, 40",
    "eb-3h, 1000, 80",
    "p-1h, 40, 15",
    "p-2h, 100, 20",
    "p-3h, 180, 20",
    "p-conv, 200, 10"
  })
  void theProgramHasStepsOfItsOwn(String id, int t, int k) {
    PaperNet.Training program = named(id).program();
    assertThat(program.t()).isEqualTo(t);
    assertThat(program.k()).isEqualTo(k);
    assertThat(program.rates()).isEqualTo(named(id).training().rates());
    assertThat(program.beta()).isEqualTo(named(id).training().beta());
  }

  @ParameterizedTest
  @CsvSource({
    "eb-1h, 800, 80, .001", "eb-2h, 5000, 150, .01", "eb-3h, 30000, 200, .02",
    "p-1h, 150, 10, .01", "p-2h, 1500, 40, .01", "p-3h, 5000, 40, .015",
    "p-conv, 5000, 10, .02"
  })
  void isComparedAsInTheFigures(String id, int t, int k, double beta) {
    assertThat(named(id).figure()).isEqualTo(new PaperNet.Figure(t, k, beta));
  }

  @Test
  void sharesOfAllNets() {
    assertThat(PaperNet.values()).hasSize(7);
    assertThat(PaperNet.BATCH).isEqualTo(20);
    assertThat(PaperNet.CHANNELS).containsExactly(64, 32);
    assertThat(PaperNet.KERNEL).isEqualTo(5);
    assertThat(PaperNet.POOL).isEqualTo(2);
    assertThat(PaperNet.P_3H.hidden(7)).containsExactly(7, 7, 7);
  }
}
