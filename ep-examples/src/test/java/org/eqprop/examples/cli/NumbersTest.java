package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParseResult;

/** How options read numbers. */
class NumbersTest {

  private static HyperOptions train(String... args) {
    List<String> words = new ArrayList<>(List.of("train"));
    words.addAll(List.of(args));
    ParseResult parsed = Ep.commandLine().parseArgs(words.toArray(String[]::new));
    Numbers.askAboutCommas(parsed);
    return ((TrainCommand) parsed.subcommand().commandSpec().userObject()).hyper;
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "+7, 7", "7.0, 7", "7., 7", "07, 7", "0.7e1, 7", "700e-2, 7", "1e3, 1000"})
  void wholeNumbersInAnyNotation(String text, int right) {
    assertThat(train("--epochs", text).epochs).isEqualTo(right);
    assertThat(train("--seed", text).seed).isEqualTo(right);
    assertThat(train("--hidden", text + "," + text).model.hidden).containsExactly(right, right);
  }

  @ParameterizedTest
  @CsvSource({"0.25, .25", ".25, .25", "+2.5e-1, .25", "25E-2, .25", "-1, -1"})
  void numbersInAnyNotation(String text, double right) {
    assertThat(train("--beta=" + text).model.beta).isEqualTo(right);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.04,0.08", "0.0,1.0", "0,0.1", "0.1,0", "1,0.5", "1e-2,1", "5", "1,2,3"})
  void listsOfNumbersThatCanOnlyBeListsAreNotAskedAbout(String text) {
    String[] parts = text.split(",", -1);
    var rates = train("--lr", text).lr;
    assertThat(rates).hasSize(parts.length);
    for (int i = 0; i < parts.length; i++) {
      assertThat(rates.get(i)).isEqualTo(Double.parseDouble(parts[i]));
    }
  }

  /** What is proposed for either reading is no question any more. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0,04      | 0.0,4.0         | 0.04
          0,1       | 0.0,1.0         | 0.1
          1,1       | 1.0,1.0         | 1.1
          1,5       | 1.0,5.0         | 1.5
          0,04,0,08 | 0.0,4.0,0.0,8.0 | 0.04,0.08
          0,04,0.08 | 0.0,4.0,0.08    | 0.04,0.08
          10,05     | 10.0,5.0        | 10.05
          -0,5      | 0.0,5.0         | -0.5
          0,0       | 0.0,0.0         | 0.0
          """)
  void decimalCommasInListsAreAskedAbout(String text, String list, String decimals) {
    Cli run = Cli.run("train", "--lr=" + text);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errLines().get(0))
        .startsWith("ep: '--lr " + text + "' can be meant as a list or with decimal commas; for ")
        .contains(" write '--lr " + list + "', for the ")
        .endsWith(" '--lr " + decimals + "'.");
    assertThat(train("--lr=" + list).lr).hasSize(list.split(",", -1).length);
    assertThat(train("--lr=" + decimals).lr).hasSize(decimals.split(",", -1).length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one", "1.5", "1e-1", "0x10", "1_000", "1 000", "1e999999999", "NaN"})
  void whatIsNoWholeNumberIsCalledSo(String text) {
    Cli run = Cli.run("train", "--epochs=" + text);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errLines().get(0))
        .contains("'--epochs'", "'" + text + "' is not a whole number");
  }
}
