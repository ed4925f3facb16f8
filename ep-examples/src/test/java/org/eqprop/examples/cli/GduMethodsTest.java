package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gradients of several methods beside the exact one. */
final class GduMethodsTest {
  private static final List<String> SMALL =
      List.of("--data", "digits", "--hidden", "9", "--batch", "3", "-T", "2000", "-K", "40");

  @TempDir Path folder;

  /** The cosine and relative error of all parameters, by method. */
  private static Map<String, double[]> whole(JsonNode result, String reference) {
    Map<String, double[]> all = new HashMap<>();
    for (JsonNode row : result.get("rows")) {
      if (row.get("name").asText().equals("all")) {
        JsonNode alignment = row.get(reference);
        all.put(
            row.get("method").asText(),
            new double[] {
              alignment.get("cosine").asDouble(), alignment.get("relativeError").asDouble()
            });
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"p-1h", "eb-1h"})
  void eachMethodIsWhereTheoryPutsIt(String net) {
    String methods = "ep,bptt,rbp,rtrl,uoro,holomorphic,chl,coupled,continual";
    Cli run = Cli.ok("gdu", net, "--methods", methods, SMALL, "--beta", "0.01", "--json");
    Map<String, double[]> bptt = whole(run.json(), "bptt");
    Map<String, double[]> exact = whole(run.json(), "exact");
    assertThat(exact.keySet()).containsExactlyInAnyOrder(methods.split(",", -1));

    for (String same : List.of("bptt", "rbp", "rtrl")) {
      assertThat(bptt.get(same)[1]).as(same).isLessThan(1e-8);
    }
    assertThat(exact.get("holomorphic")[1]).isLessThan(1e-7);
    assertThat(bptt.get("ep")[1]).isBetween(1e-5, 0.1);
    assertThat(bptt.get("continual")[1]).isBetween(1e-5, 0.5);
    assertThat(exact.get("chl")[0]).isBetween(0.3, 0.999);
    assertThat(exact.get("coupled")[0]).isBetween(0.3, 0.99999);
    assertThat(exact.get("uoro")[0]).isBetween(-0.9, 0.9);
  }

  @Test
  void tableAndFilesAreWritten() throws IOException {
    Path out = folder.resolve("out");
    Cli run = Cli.ok("gdu", "toy", "--methods", "ep,rbp", "-T", "300", "-K", "10", "--out", out);
    assertThat(run.outLines())
        .anyMatch(line -> line.matches("ep +all +[01][.0-9]+ .*"))
        .anyMatch(line -> line.matches("rbp +W01 +1[.0]+ .*"));
    for (String kind : List.of("json", "csv", "svg", "png")) {
      assertThat(out.resolve("toy-methods." + kind)).isNotEmptyFile();
    }
    String header = Files.readString(out.resolve("toy-methods.csv")).lines().findFirst().get();
    assertThat(header.split(",", -1)).hasSize(11).doesNotHaveDuplicates();
    assertThat(Cli.ok("gdu", "toy", "--methods", "ep,rbp", "-T", "300", "-K", "10").out())
        .as("the same figures again")
        .isEqualTo(run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "toy --methods ep,rpb|There is no method 'rpb'; choose one of ep, bptt, rbp, continual,"
            + " rtrl, uoro, holomorphic, chl, coupled. Did you mean 'rbp'?",
        "toy --methods ep --betas 0.1,0.01|--methods and --betas do not go together; leave one"
            + " out.",
        "toy --methods ep --beta 1e-20|--beta is 1.0E-20; it must be at least 1e-12 here, because a"
            + " smaller nudge is lost in rounding.",
        "toy --methods ep,ep|--methods has a name twice; give each once.",
        "toy --methods ep --precision float32|--methods compares with gradients in float64; leave"
            + " --precision out.",
        "toy --methods ep --batches 2|--methods takes one mini-batch; leave --batches out.",
        "figure3 --methods ep|--methods needs one network; give its name, such as p-1h, instead of"
            + " 'figure3'.",
        "toy --methods ep --sweep-beta|--methods and --sweep-beta do not go together; leave one"
            + " out.",
        "toy --methods coupled --beta 2 -T 50 -K 5|The method coupled does not work here: beta is"
            + " 2.0; coupled learning moves the outputs by a share of beta towards their targets,"
            + " so it is at most 1.",
        "p-conv --data digits --batch 1 --methods holomorphic -T 20 -K 5|The method holomorphic"
            + " does not work here:"
      })
  void whatCannotBeComparedIsRefused(String words, String sentence) {
    Cli run = Cli.run("gdu", List.of(words.split(" ", -1)));
    assertThat(run.err()).contains(sentence);
    assertThat(run.code()).isEqualTo(Ep.USAGE);
  }
}
