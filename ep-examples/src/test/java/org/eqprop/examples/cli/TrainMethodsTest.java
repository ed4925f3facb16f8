package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eqprop.examples.run.Configs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainMethodsTest {
  @TempDir Path folder;

  private Cli train(String out, Object... more) {
    return Cli.run("train", "p-1h", Cli.SMALL, "--out", folder.resolve(out), List.of(more));
  }

  private byte[] model(String run) throws IOException {
    return Files.readAllBytes(folder.resolve(run).resolve("model.safetensors"));
  }

  @Test
  void bothMethodsStartAlikeAndAreCompared() throws IOException {
    Cli run = train("both", "--method", "both", "--trials", "2", "--epochs", "2");
    assertThat(run.err()).contains("Method ep.", "Method bptt.", "Trial 2 of 2.");
    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("ep +[0-9.]+ ± [0-9.]+ % .*"))
        .anyMatch(line -> line.matches("bptt +[0-9.]+ ± [0-9.]+ % .*"));
    assertThat(folder.resolve("both/curve.png")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("both/curve.svg")))
        .contains("ep test", "ep train", "bptt test", "bptt train");
    assertThat(Files.readString(folder.resolve("both/summary.json")))
        .contains("\"method\" : \"ep\"", "\"method\" : \"bptt\"");
    assertThat(model("both/ep/trial-1")).isNotEqualTo(model("both/bptt/trial-1"));
    for (String method : List.of("ep", "bptt")) {
      assertThat(train(method, "--method", method, "--epochs", "2", "--seed", "2").code()).isZero();
      assertThat(model(method)).isEqualTo(model("both/" + method + "/trial-2"));
    }
  }

  @Test
  void convolutionsLearnWithBothMethodsOnAnyNumberOfThreads() throws IOException {
    for (String threads : List.of("1", "2")) {
      Cli run =
          Cli.run(
              List.of("train", "p-conv", "--method", "both", "--channels", "6,5", "-T", "20"),
              List.of("--limit", "60", "--epochs", "3", "--threads", threads),
              List.of("--batch", "10", "--out", folder.resolve("both" + threads)));
      assertThat(run.code()).as(run.err()).isZero();
    }
    for (String method : List.of("ep", "bptt")) {
      assertThat(model("both1/" + method)).isEqualTo(model("both2/" + method));
    }
    assertThat(model("both1/ep")).isNotEqualTo(model("both1/bptt"));
  }

  @Test
  void bothMethodsGoOnAsAWhole() throws IOException {
    assertThat(train("whole", "--method", "both", "--epochs", "2").code()).isZero();
    assertThat(train("parts", "--method", "both", "--epochs", "1").code()).isZero();
    String parts = folder.resolve("parts").toString();
    Cli run = Cli.run("train", "--resume", parts, "--epochs", "2", "--json");
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("[ {").contains("\"method\" : \"bptt\"");
    assertThat(model("parts/ep")).isEqualTo(model("whole/ep"));
    assertThat(model("parts/bptt")).isEqualTo(model("whole/bptt"));
  }

  /** K steps of the paper follow what the solver found, so K may exceed T. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--mode fast",
        "--solver anderson --tolerance 1e-3",
        "--schedule alternating -T 8"
      })
  void backpropGoesBackFromWhereASolverSettled(String solver) throws IOException {
    List<String> options = List.of(solver.split(" ", -1));
    Cli run =
        Cli.run(
            List.of("train", "p-1h", "--method", "bptt", "--hidden", "32", "-K", "10"),
            options,
            List.of("--limit", "500", "--epochs", "2", "--out", folder.resolve("solved")));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("Free phase: solver ");
    JsonNode last = Configs.JSON.readTree(folder.resolve("solved/summary.json").toFile());
    assertThat(last.findValue("trainError").asDouble()).isLessThan(40);
    String metrics = Files.readString(folder.resolve("solved/metrics.jsonl"));
    JsonNode epoch = Configs.JSON.readTree(metrics.lines().findFirst().orElseThrow());
    assertThat(epoch.get("steps").asDouble()).isLessThan(30);
    Cli exact =
        Cli.run(
            List.of("train", "p-1h", "--method", "bptt", "--hidden", "32", "-K", "10"),
            List.of("--limit", "500", "--epochs", "2", "--out", folder.resolve("plain")));
    assertThat(exact.code()).isZero();
    assertThat(model("solved")).isNotEqualTo(model("plain"));
  }

  @Test
  void anyMethodsAreTrainedFromTheSameStart() throws IOException {
    String methods = "ep,rbp,chl,coupled,continual";
    Cli run = train("some", "--method", methods, "--epochs", "2", "--lr", "0.01,0.02");
    assertThat(run.code()).as(run.err()).isZero();
    for (String method : List.of(methods.split(",", -1))) {
      assertThat(run.out().lines()).anyMatch(line -> line.matches(method + " +[0-9.]+ ?% .*"));
      Cli alone = train(method, "--method", method, "--epochs", "2", "--lr", "0.01,0.02");
      assertThat(alone.code()).as(alone.err()).isZero();
      assertThat(model(method)).isEqualTo(model("some/" + method));
    }
    assertThat(model("ep")).isNotEqualTo(model("coupled")).isNotEqualTo(model("continual"));
    assertThat(Files.readString(folder.resolve("some/curve.svg")))
        .contains("ep test", "rbp train", "continual test");
    String part = folder.resolve("part").toString();
    assertThat(train("part", "--method", methods, "--epochs", "1", "--lr", "0.01,0.02").code())
        .isZero();
    assertThat(Cli.run("train", "--resume", part, "--epochs", "2").code()).isZero();
    assertThat(model("part/continual")).isEqualTo(model("continual"));
  }

  @Test
  void continualUpdatesGetAdviceWhereTheirRatesAreLarge() {
    String advice = "small beside beta, and 0.08 is not beside 0.1";
    Cli large = train("large", "--method", "ep,continual", "--epochs", "1", "--lr", "0.04,0.08");
    assertThat(large.err()).contains(advice).contains("--lr 0.004,0.008.");
    Cli small = train("small", "--method", "ep,continual", "--epochs", "1", "--lr", "0.004,0.008");
    assertThat(small.err()).doesNotContain("small beside beta");
    Cli without = train("without", "--method", "ep", "--epochs", "1", "--lr", "0.04,0.08");
    assertThat(without.err()).doesNotContain("small beside beta");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--method chl --beta 0.3|beta is 0.3, but contrastive Hebbian learning clamps the outputs"
            + " to the target; leave it out.",
        "--method chl,bptt --estimate centered|estimate is centered, but contrastive Hebbian"
            + " learning clamps the outputs to the target; leave it out.",
        "--method rbp --nudge inside|nudge is inside, but recurrent backpropagation has no nudged"
            + " phase; leave it out.",
        "--method coupled --beta 1.5|The method coupled cannot train this network: beta is 1.5;"
            + " coupled learning moves the outputs by a share of beta towards their targets, so it"
            + " is at most 1.",
        "--method ep,continual --estimate centered|The method continual cannot train this network:"
            + " a centered estimate compares two phases with the same weights, but here the weights"
            + " change in each step; use one-sided or random-sign.",
        "--method coupled --cost cross-entropy|The method coupled cannot train this network: the"
            + " outputs are held at their targets, but the cost cross-entropy has a read-out of its"
            + " own between the two; use the squared error.",
        "--method both,rbp|'both' stands for ep,bptt and goes with no other method; write"
            + " ep,bptt,rbp, for example.",
        "--method ep --beta 1e-40|beta is 1.0E-40, too small for float32 to divide by; make it"
            + " larger.",
        "--method ep,|method is 'ep,'; give a name, or several with a comma between two.",
        "--method ep,bptt,ep|method is 'ep,bptt,ep', which has ep twice; give each once."
      })
  void settingsThatAMethodHasNotAreRefused(String options, String sentence) {
    List<String> words = List.of(options.split(" ", -1));
    Cli run = Cli.run("train", "p-1h", Cli.SMALL, words, "--out", folder.resolve("none"));
    assertThat(run.err()).contains(sentence);
    assertThat(run.code()).isEqualTo(Ep.USAGE);
    assertThat(folder.resolve("none")).doesNotExist();
  }

  /** A setting that one of several methods has is given. */
  @Test
  void aSettingOfOneOfTheMethodsIsTaken() {
    Cli run = train("two", "--method", "chl,ep", "--beta", "0.3", "--epochs", "1");
    assertThat(run.code()).as(run.err()).isZero();
  }

  @Test
  void whatCannotBeDoneIsRefusedBeforeAnythingIsCreated() {
    Cli unknown = train("none", "--method", "bttp");
    assertThat(unknown.err())
        .contains(
            "There is no method 'bttp'; choose one of ep, chl, coupled, continual, bptt, rbp,"
                + " both. Did you mean 'bptt'?");
    assertThat(unknown.code()).isEqualTo(Ep.USAGE);
    Cli tooFar =
        Cli.run(
            "train",
            "--method",
            "both",
            "-T",
            "9",
            "-K",
            "10",
            "--out",
            folder.resolve("none").toString());
    assertThat(tooFar.err())
        .contains(
            "K is 10; backpropagation through time goes back at most through the T = 9 steps of"
                + " the free phase.");
    assertThat(tooFar.code()).isEqualTo(Ep.USAGE);
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
