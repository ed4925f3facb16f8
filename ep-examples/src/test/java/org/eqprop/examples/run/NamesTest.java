package org.eqprop.examples.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is suggested, and where nothing is. */
class NamesTest {

  private static final List<String> OPTIONS =
      List.of(
          "--activation",
          "--batch",
          "--beta",
          "--clamp",
          "--config",
          "--convention",
          "--convolution",
          "--data",
          "--epochs",
          "--epsilon",
          "--estimate",
          "--free-steps",
          "--hidden",
          "--lr",
          "--method",
          "--mode",
          "--momentum",
          "--omega",
          "--out",
          "--output",
          "--pool",
          "--seed",
          "--threads",
          "-T");

  @ParameterizedTest
  @CsvSource({
    // the beginning of a name
    "--act, --activation",
    "--epo, --epochs",
    "--out, --out",
    "--outp, --output",
    "--conv, --convention",
    "--mom, --momentum",
    // a name with more after it
    "--batch-size, --batch",
    "--dataset, --data",
    "--lr-decay, ",
    // one letter in three
    "--epoch=3, --epochs",
    "--epcohs, --epochs",
    "--EPOCHS, --epochs",
    "--btea, --beta",
    "--theards, --threads",
    "--momentun, --momentum",
    "--activaton, --activation",
    "--l, ",
    // nothing is near
    "--augment, ",
    "--alg, ",
    "--algorithm, ",
    "--learning-rate, ",
    "--optimizer, ",
    "--gpu, ",
    "--verbose, ",
    "--x, ",
    "--, ",
    "'', ",
  })
  void theProbableOptionIsSuggestedOrNone(String given, String right) {
    String expected = right == null ? "" : " Did you mean '" + right + "'?";
    assertThat(Names.suggestion(given, OPTIONS)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a, a, 0",
    "'', abc, 3",
    "trian, train, 1",
    "kitten, sitting, 3",
    "ca, abc, 3",
    "prat, part, 1",
    "insde, inside, 1",
  })
  void distancesCountInsertionsDeletionsReplacementsAndExchanges(String a, String b, int right) {
    assertThat(Names.distance(a, b)).isEqualTo(right);
    assertThat(Names.distance(b, a)).isEqualTo(right);
  }

  @Test
  void noNamesNoSuggestion() {
    assertThat(Names.suggestion("train", List.of())).isEmpty();
  }
}
