package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.examples.run.FolderLock;
import org.eqprop.examples.run.RunRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ep reproduce}. */
class ReproduceCommandTest {
  /** Two networks, both methods, in a second or two. */
  static final List<String> SMALL =
      List.of(
          ("reproduce table1 --only p-1h,eb-1h --data digits --limit 60 --epochs 2 " + "--trials 2")
              .split(" ", -1));

  private static final List<String> ONE =
      List.of(
          ("reproduce table1 --only p-1h --method ep --data digits --limit 60 "
                  + "--epochs 1 --trials 1 -q")
              .split(" ", -1));

  @TempDir Path root;

  /** The report's figures but for the times. */
  static List<String> figures(Path out) throws IOException {
    List<String> lines = Files.readAllLines(out.resolve("report.csv"));
    assertThat(lines.get(0)).endsWith(",minutes,paperMinutes");
    return lines.stream().map(line -> line.replaceAll(",[^,]*,[^,]*$", "")).toList();
  }

  @Test
  void eachTrialIsAnOrdinaryRunAndTheReportHasThemAll() throws IOException {
    Path out = root.resolve("out");
    Cli cli = Cli.ok(SMALL, "--out", out);

    for (String cell : List.of("p-1h-ep", "p-1h-bptt", "eb-1h-ep", "eb-1h-bptt")) {
      for (int number = 1; number <= 2; number++) {
        Path trial = out.resolve(cell).resolve("trial-" + number);
        RunRecord run = RunRecord.read(trial);
        assertThat(run).isNotNull();
        assertThat(run.isDone()).isTrue();
        assertThat(run.config().seed()).isEqualTo(number);
        assertThat(run.config().title() + "-" + run.config().method()).isEqualTo(cell);
        assertThat(trial.resolve("curve.svg")).exists();
      }
    }
    JsonNode alone =
        Cli.ok(
                List.of("train", "p-1h", "--method", "bptt", "--limit", "60", "--epochs", "2"),
                List.of("--seed", "2", "--json", "-q", "--out"),
                root.resolve("alone"))
            .json();
    RunRecord same = RunRecord.read(out.resolve("p-1h-bptt/trial-2"));
    assertThat(same.metrics().get(1).error())
        .isEqualTo(alone.get("trials").get(0).get("testError").asDouble());
    assertThat(root.resolve("alone/model.safetensors"))
        .hasSameBinaryContentAs(out.resolve("p-1h-bptt/trial-2/model.safetensors"));

    assertThat(cli.outLines().get(0)).isEqualTo("Table 1, test error in percent");
    assertThat(cli.outLines())
        .hasSize(1 + 2 + 4 + 1)
        .last()
        .isEqualTo("report  " + out.resolve("report.html"));
    assertThat(cli.errLines())
        .contains("Table 1: 0 of 8 trials done, p-1h EP trial 1 running, time left unknown.")
        .anyMatch(
            line -> line.matches("Table 1: 7 of 8 trials done, eb-1h BPTT trial 2 .* s left\\."));
    assertThat(cli.err()).doesNotContain("\r");

    String page = Files.readString(out.resolve("report.html"));
    assertThat(page)
        .contains("8 of 8 trials are done.", "no verdict: other data than the paper&#39;s")
        .contains("<td>2.00 ± 0.13</td>", "ep reproduce table1 --only eb-1h,p-1h --trials 2")
        .doesNotContain("http", "src=\"/", "{{");
    assertThat(page.split("data:image/svg", -1)).hasSize(1 + 4);
    assertThat(Files.readString(out.resolve("report.md")))
        .contains("| p-1h EP | no verdict: other data than the paper's |", "| 2 of 2 |");
    assertThat(figures(out)).hasSize(1 + 4);

    Cli.ok("train", "--resume", out.resolve("eb-1h-ep/trial-1"), "-q");
  }

  @Test
  void theSameCommandAgainAndResumeTrainNothingAndSayTheSame() throws IOException {
    Path out = root.resolve("out");
    Cli first = Cli.ok(ONE, "--out", out);
    byte[] model = Files.readAllBytes(out.resolve("p-1h-ep/trial-1/model.safetensors"));
    var time = Files.getLastModifiedTime(out.resolve("p-1h-ep/trial-1/model.safetensors"));
    List<String> figures = figures(out);

    Cli again = Cli.ok(ONE, "--out", out);
    Cli resumed = Cli.ok("reproduce", "table1", "--resume", out, "--threads", "1", "-q");

    assertThat(again.out()).isEqualTo(first.out()).isEqualTo(resumed.out());
    assertThat(first.err() + again.err() + resumed.err()).isEmpty();
    assertThat(figures(out)).isEqualTo(figures);
    assertThat(out.resolve("p-1h-ep/trial-1/model.safetensors")).hasBinaryContent(model);
    assertThat(Files.getLastModifiedTime(out.resolve("p-1h-ep/trial-1/model.safetensors")))
        .isEqualTo(time);
    // Nothing was trained with one thread, so the report does not name it.
    assertThat(Cli.json(out.resolve("sessions.json"))).hasSize(1);
  }

  @Test
  void jsonIsTheFiguresAlone() {
    Cli cli = Cli.ok(ONE, "--json", "--out", root.resolve("out"));
    JsonNode row = cli.json().get(0);
    assertThat(row.get("row").asText()).isEqualTo("p-1h");
    assertThat(row.get("method").asText()).isEqualTo("ep");
    assertThat(row.get("verdict").asText()).isEqualTo("no verdict");
    assertThat(row.get("noVerdictBecause").asText()).isEqualTo("other data than the paper's");
    assertThat(row.get("testError").asDouble()).isBetween(0.0, 100.0);
    assertThat(row.get("testDeviation").isNull()).isTrue();
    assertThat(row.get("paperTestError").asDouble()).isEqualTo(2.0);
    assertThat(row.get("T").asInt()).isEqualTo(30);
    assertThat(row.get("meanSteps").asDouble()).isEqualTo(30);
    assertThat(row.get("paperMinutes").asInt()).isEqualTo(17);
  }

  @Test
  void inModeFastSamplesTakeFewerSteps() {
    JsonNode row =
        Cli.ok(ONE, "--mode", "fast", "--json", "--out", root.resolve("out")).json().get(0);
    assertThat(row.get("mode").asText()).isEqualTo("fast");
    assertThat(row.get("meanSteps").asDouble()).isBetween(1.0, 29.9);
  }

  /** What is lost of a trial that was done is made again, to the same bits. */
  @Test
  void aTrialWhoseResultIsGoneIsDoneAgain() throws IOException {
    Path out = root.resolve("out");
    Cli.ok(ONE, "--out", out);
    List<String> figures = figures(out);
    Path trial = out.resolve("p-1h-ep/trial-1");
    byte[] model = Files.readAllBytes(trial.resolve("model.safetensors"));

    Files.delete(trial.resolve("summary.json"));
    Files.delete(trial.resolve("curve.svg"));
    Cli.ok(ONE, "--out", out);
    assertThat(trial.resolve("summary.json")).exists();
    assertThat(trial.resolve("curve.svg")).exists();

    try (Stream<Path> files = Files.list(trial)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Cli.ok(ONE, "--out", out);
    assertThat(trial.resolve("model.safetensors")).hasBinaryContent(model);
    assertThat(figures(out)).isEqualTo(figures);
  }

  @Test
  void oneProcessAtATimeWorksInAFolder() {
    Path out = root.resolve("out");
    Cli.ok(ONE, "--out", out);
    try (FolderLock lock = FolderLock.take(out, "the folder", "taken")) {
      assertThat(lock).isNotNull();
      Cli cli = Cli.run(ONE, "--out", out);
      assertThat(cli.code()).isEqualTo(2);
      assertThat(cli.out()).isEmpty();
      assertThat(cli.errLines())
          .containsExactly(
              "ep: The folder "
                  + out
                  + " is in use by another process; wait until it ends, stop it, or choose another"
                  + " one with --out.");
    }
    Cli.ok(ONE, "--out", out);
  }

  @Test
  void figuresAreThoseOfGduAndStandInTheReport() throws IOException {
    Path out = root.resolve("out");
    List<String> brief = List.of("-T", "20", "-K", "4", "-q");
    Cli gdu = Cli.ok("gdu", "figure2", brief, "--out", root.resolve("gdu"));
    Cli figure = Cli.ok("reproduce", "figure2", brief, "--out", out);
    assertThat(figure.out()).isEqualTo(gdu.out());
    assertThat(out.resolve("figure2.csv")).hasSameBinaryContentAs(root.resolve("gdu/figure2.csv"));

    Cli.ok(ONE, "--out", out);
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page).contains("<h2>Updates beside gradients</h2>", "alt=\"figure2\"");
    assertThat(page.split("data:image/svg", -1)).hasSize(1 + 2);
  }

  @Test
  void theOtherFiguresHaveTheirNetworks() {
    List<String> brief = List.of("-T", "4", "-K", "2", "--batch", "1", "--data", "digits", "-q");
    Cli three = Cli.ok("reproduce", "figure3", brief, "--hidden", "8", "--json", "--out", root);
    assertThat(three.json()).hasSize(6);
    assertThat(root.resolve("figure3.svg")).exists();
    Cli four = Cli.ok("reproduce", "figure4", brief, "--json", "--out", root);
    assertThat(four.json().get("network").asText()).isEqualTo("p-conv");
    assertThat(root.resolve("figure4.png")).exists();
  }

  @Test
  void table2HasARowForEachCitedResult() throws IOException {
    Path out = root.resolve("out");
    List<String> brief = List.of("--epochs", "1", "--trials", "2", "--limit", "60", "-q");
    Cli cli = Cli.ok("reproduce", "table2", brief, "--data", "digits", "--out", out);
    assertThat(cli.outLines())
        .anyMatch(line -> line.startsWith("persistent EP"))
        .anyMatch(line -> line.startsWith("predicted EP"))
        .anyMatch(line -> line.startsWith("spiking EP"));
    assertThat(Files.readString(out.resolve("report.md")))
        .contains("# Table 2 of the paper", "2.37", "0.15", "The paper cites one figure of each");
    assertThat(out.resolve("spiking-ep/trial-2/model.safetensors")).exists();
    Cli bptt = Cli.run("reproduce", "table2", "--method", "bptt", "--out", root.resolve("none"));
    assertThat(bptt.code()).isEqualTo(Ep.USAGE);
    assertThat(root.resolve("none")).doesNotExist();
  }
}
