package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.store.Model;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table whose columns have ranges far apart, from training to prediction. */
class OwnTablesTest {
  @TempDir static Path root;
  private static Path table;
  private static Path run;

  /** The class is told by a column of thousandths, beside one of thousands that is noise. */
  @BeforeAll
  static void train() throws IOException {
    Random random = new Random(8);
    List<String> rows = new ArrayList<>(List.of("kind,small,large"));
    for (int i = 0; i < 90; i++) {
      double small = (i % 3 + 0.2 * random.nextDouble()) / 1000;
      rows.add(List.of("a", "b", "c").get(i % 3) + "," + small + "," + random.nextInt(5000));
    }
    table = Files.write(root.resolve("rows.csv"), rows);
    run = root.resolve("run");
    train(run, "standard");
  }

  private static Cli train(Path out, String normalise) {
    return Cli.ok(
        List.of("train", "--data", table, "--label-column", "kind", "--normalise", normalise),
        List.of("--hidden", "30", "--epochs", "30", "--batch", "5", "--quiet", "--out", out));
  }

  @Test
  void theModelKeepsTheNormalisationForEvaluation() {
    JsonNode test = Cli.ok("evaluate", run, "--json").json();
    assertThat(test.get("samples").asInt()).isEqualTo(18);
    assertThat(test.get("errors").asInt()).isZero();
    assertThat(100 * test.get("errors").asInt() / 18.0)
        .isEqualTo(Cli.json(run.resolve("summary.json")).at("/error/mean").asDouble());
  }

  @Test
  void aNormalisationThatIsLostIsNoticedInTheError() throws IOException {
    Model model = Model.read(run.resolve("model.safetensors"), KernelsSelector.kernels());
    assertThat(model.notes()).containsEntry("normalise", "standard");
    Map<String, String> notes = new HashMap<>(model.notes());
    notes.keySet().removeIf(note -> note.startsWith("normalise"));
    Path other = root.resolve("without.safetensors");
    new Model(model.network(), model.steps(), model.settling(), notes).write(other);
    assertThat(Cli.ok("evaluate", other, "--json").json().get("errors").asInt()).isPositive();

    notes.put("normalise-shift", "1.0");
    notes.put("normalise-divisor", "2.0");
    new Model(model.network(), model.steps(), model.settling(), notes).write(other);
    Cli damaged = Cli.run("evaluate", other);
    assertThat(damaged.code()).isEqualTo(1);
    assertThat(damaged.err())
        .contains("notes of its normalisation do not fit its input of 1x1x2; restore the model");
  }

  @Test
  void rowsArePredictedWithAndWithoutLabels() throws IOException {
    Cli labelled = Cli.ok("predict", run, table);
    assertThat(labelled.outLines()).hasSize(90);
    for (int i = 0; i < 90; i++) {
      String[] fields = labelled.outLines().get(i).split("\t", -1);
      assertThat(fields[0]).isEqualTo("rows.csv#" + i);
      assertThat(fields[1]).isEqualTo(List.of("a", "b", "c").get(i % 3));
    }
    Path plain = Files.writeString(root.resolve("plain.csv"), "0.0021,3\n0.0001,4000\n");
    assertThat(Cli.ok("predict", run, plain).outLines().get(0)).startsWith("plain.csv#0\tc\t");
    assertThat(Cli.ok("predict", run, plain).outLines().get(1)).startsWith("plain.csv#1\ta\t");
    Cli wrong = Cli.run("predict", run, Files.writeString(root.resolve("wrong.csv"), "1,2,3,4\n"));
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err())
        .contains("wrong.csv: line 1 has 4 fields, but the model takes 2 values in a row; mend");
  }

  @Test
  void aRunGoesOnWithTheSameNormalisation() throws IOException {
    Path parts = root.resolve("parts");
    List<String> small = List.of("--hidden", "8", "-T", "10", "-K", "5", "--batch", "8");
    List<Object> data = List.of("--data", table, "--label-column", "1", "--normalise", "scale");
    Cli.ok("train", data, small, "--epochs", "1", "--out", parts);
    Cli.ok("train", "--resume", parts, "--epochs", "2");
    Path whole = root.resolve("whole");
    Cli.ok("train", data, small, "--epochs", "2", "--out", whole);

    assertThat(Files.readAllBytes(parts.resolve("model.safetensors")))
        .isEqualTo(Files.readAllBytes(whole.resolve("model.safetensors")));
  }
}
