package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eqprop.examples.bench.BenchJson;
import org.eqprop.examples.bench.BenchProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
  @TempDir private Path folder;
  private Path before;
  private Path page;

  @BeforeEach
  void measure() throws IOException {
    page = folder.resolve("page/report.html");
    before =
        new BenchJson("2026-01-01T00:00:00Z", "cpu")
            .row("multiply", 20, 1)
            .row("outer", 40, 2)
            .row("gone", 10, 3)
            .write(folder.resolve("before.json"));
  }

  private Path after(double multiply, double outer) throws IOException {
    return new BenchJson("2026-01-02T00:00:00Z", "cpu")
        .row("multiply", multiply, 4)
        .row("outer", outer, 5)
        .row("new <b>", 10, 6)
        .write(folder.resolve("after.json"));
  }

  @Test
  void theSameIsTheSame() throws IOException {
    Cli cli = Cli.ok("bench", "compare", before, after(20, 40), "--html", page);
    assertThat(cli.out()).contains("multiply").contains("same").contains("Nothing got slower.");
    assertThat(cli.err()).contains("Only one of them has: new <b>, gone.");
  }

  @Test
  void aRegressionFailsAndIsNamed() throws IOException {
    Cli cli = Cli.run("bench", "compare", before, after(24, 32), "--html", page);
    assertThat(cli.code()).isEqualTo(1);
    assertThat(cli.out()).contains("Slower: multiply.").contains("faster");
    List<String> table = cli.outLines();
    assertThat(table).anyMatch(line -> line.startsWith("multiply") && line.contains("1.2"));
  }

  @Test
  void theLeastChangeCanBeChosen() throws IOException {
    Path after = after(24, 40);
    assertThat(Cli.run("bench", "compare", before, after, "--html", page).code()).isEqualTo(1);
    Cli.ok("bench", "compare", before, after, "--least", "30", "--html", page);
  }

  @Test
  void thePageHasTheTableAndAPictureForEachBenchmark() throws IOException {
    Cli.run("bench", "compare", before, after(24, 40), "--html", page);
    String html = Files.readString(page);
    assertThat(html).contains("class=\"slower\"").contains("2026-01-02").doesNotContain("{{");
    assertThat(html.split("<figure>", -1)).hasSize(3);
    assertThat(html).contains("data:image/svg+xml;base64,");
  }

  @Test
  void jsonHasEveryLine() throws IOException {
    Cli cli = Cli.run("bench", "compare", before, after(24, 40), "--json", "-q", "--html", page);
    assertThat(cli.err()).isEmpty();
    assertThat(cli.json().get("slower").get(0).asText()).isEqualTo("multiply");
    assertThat(cli.json().get("benchmarks")).hasSize(2);
    assertThat(cli.json().get("benchmarks").get(0).get("ratio").asDouble()).isBetween(1.15, 1.25);
  }

  @Test
  void anotherMachineIsPointedOut() throws IOException {
    Path other =
        new BenchJson("2026-01-03T00:00:00Z", "other")
            .row("outer", 40, 1)
            .write(folder.resolve("o"));
    Cli cli = Cli.ok("bench", "compare", before, other, "--html", page);
    assertThat(cli.err()).contains("different machines");
  }

  @Test
  void otherKernelsArePointedOut() throws IOException {
    Path other =
        new BenchJson("2026-01-03T00:00:00Z", "cpu")
            .kernels("simd-256")
            .row("outer", 40, 1)
            .write(folder.resolve("o"));
    Cli cli = Cli.ok("bench", "compare", before, other, "--html", page);
    assertThat(cli.err()).contains("different kernels").doesNotContain("different machines");
  }

  @Test
  void oneForkSaysNothingOfTheScatter() throws IOException {
    Path once =
        new BenchJson("2026-01-03T00:00:00Z", "cpu")
            .row("outer", 2e6, 1000, 0, 50)
            .write(folder.resolve("once.json"));
    Cli cli = Cli.ok("bench", "compare", before, once, "--html", page);
    assertThat(cli.err())
        .contains("Of each there is one fork only, so nothing is known of the scatter");
    assertThat(cli.out()).contains("unclear", "Unclear: the noise").doesNotContain("Nothing got");
    assertThat(Files.readString(page))
        .contains("unknown (one fork)")
        .doesNotContain("Infinity", "0.000 to");
    Path half =
        new BenchJson("2026-01-03T00:00:00Z", "cpu")
            .row("multiply", 20, 1)
            .row("outer", 2e6, 1000, 0, 50)
            .write(folder.resolve("half.json"));
    cli = Cli.ok("bench", "compare", before, half, "--html", page);
    assertThat(cli.out()).contains("Nothing is known to be slower; 1 of 2 are unclear.");
    assertThat(cli.err()).contains("Of outer there is one fork only");
    cli = Cli.ok("bench", "compare", before, after(20, 40), "--html", page);
    assertThat(cli.err()).doesNotContain("one fork");
  }

  @Test
  void aBaselineOfSuchAMachineIsPreferred() throws IOException {
    Path root = Files.createDirectories(folder.resolve("root/docs/bench"));
    new BenchJson("2026-01-04T00:00:00Z", "other")
        .row("outer", 20, 1)
        .write(root.resolve("o.json"));
    new BenchJson("2026-01-03T00:00:00Z", "cpu").row("outer", 40, 1).write(root.resolve("c.json"));
    Path after = after(20, 40);
    String own = System.setProperty(BenchProcess.ROOT, folder.resolve("root").toString());
    try {
      Cli cli = Cli.ok("bench", "compare", "--baseline", after, "--html", page);
      assertThat(cli.out()).contains("Nothing got slower.");
      assertThat(cli.err()).doesNotContain("different machines");
      assertThat(cli.err())
          .contains("The baseline is " + root.resolve("c.json") + ", of abc123, 2026-01-03T00:00");
      Files.delete(root.resolve("c.json"));
      cli = Cli.run("bench", "compare", "--baseline", after, "--html", page);
      assertThat(cli.out()).contains("Slower: outer.");
      assertThat(cli.err()).contains("different machines");
      Files.delete(root.resolve("o.json"));
      cli = Cli.run("bench", "compare", "--baseline", after, "--html", page);
      assertThat(cli.err()).startsWith("ep: There is no baseline in ").contains("docs");
    } finally {
      if (own == null) {
        System.clearProperty(BenchProcess.ROOT);
      } else {
        System.setProperty(BenchProcess.ROOT, own);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "bench compare|ep bench compare needs two files, or --baseline.",
        "bench compare --baseline a b|With --baseline at most one file is compared; give only the"
            + " newer one.",
        "bench compare a b --least 0|--least is 0.0; it must be between 0 and 100 percent.",
        "bench --rounds 0|--rounds is 0; it must be at least 1.",
        "bench --include (|'(' is no regular expression: Unclosed group.",
        "bench self-test --runs 0|--runs is 0; it must be at least 1.",
        "bench|The benchmarks are not part of the installed program; run ./ep bench in the"
            + " sources.",
        "bench comprae|'comprae' is no argument or command of 'ep bench'. Did you mean 'compare'?"
      })
  void mistakesGiveOneSentence(String words, String sentence) {
    Cli cli = Cli.run(List.of(words.split(" ", -1)));
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.errLines().get(0)).isEqualTo("ep: " + sentence);
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    Cli cli = Cli.run("bench", "compare", folder.resolve("none.json"), before);
    assertThat(cli.code()).isEqualTo(1);
    assertThat(cli.err()).startsWith("ep: Cannot read").contains("none.json");
  }
}
