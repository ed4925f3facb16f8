package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.store.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Run folders that cannot be made or gone on with, and training that diverges. */
class RunBadInputTest extends BadInput {
  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "below a file",
            FAILURE,
            root -> {
              Files.writeString(root.resolve("file"), "in the way");
              return small(root, "file/run");
            },
            "Cannot create the run folder ROOT/file/run ("),
        new Row(
            "a file",
            USAGE,
            root -> {
              Files.writeString(root.resolve("file"), "in the way");
              return small(root, "file");
            },
            "ROOT/file exists already; choose another folder with --out"),
        new Row(
            "a run",
            USAGE,
            root -> {
              copyRun(root);
              return small(root, "run");
            },
            "ROOT/run exists already",
            "continue it with --resume ROOT/run."),
        resume(
            "no run", run -> Files.delete(run.resolve("config.json")), USAGE, "is no run folder"),
        resume(
            "no folder",
            BadInput::deleteAll,
            USAGE,
            "There is no folder ROOT/run, so it is no run folder"),
        resume("truncated checkpoint", cut("checkpoint.safetensors"), FAILURE, "it is truncated"),
        resume(
            "empty checkpoint",
            empty("checkpoint.safetensors"),
            FAILURE,
            "it is empty; restore it"),
        resume(
            "altered checkpoint",
            flip("checkpoint.safetensors"),
            FAILURE,
            "Cannot use ROOT/run/checkpoint.safetensors: its checksum does not match"),
        resume(
            "a model as checkpoint",
            run ->
                Files.copy(
                    run.resolve("model.safetensors"), fresh(run.resolve("checkpoint.safetensors"))),
            FAILURE,
            "checkpoint.safetensors is no checkpoint"),
        resume(
            "configuration of another network",
            replace("config.json", "[ 16 ]", "[ 17 ]"),
            FAILURE,
            "The configuration of ROOT/run has changed: hidden is [17] and was [16]; put it back"),
        new Row(
            "resume: configuration of another network, accepted",
            FAILURE,
            root -> {
              String run = copyRun(root);
              replace("config.json", "[ 16 ]", "[ 17 ]").to(Path.of(run));
              return List.of("train", "--quiet", "--resume", run, "--accept-changed-config");
            },
            "checkpoint.safetensors belongs to another network than config.json."),
        resume(
            "another number of layers",
            run -> {
              replace("config.json", "[ 16 ]", "[ 16, 16 ]").to(run);
              replace("config.json", "[ 0.04, 0.08 ]", "[ 1, 1, 1 ]").to(run);
            },
            FAILURE,
            "hidden is [16,16] and was [16], lr is [1.0,1.0,1.0] and was [0.04,0.08]; put it back"),
        resume("empty configuration", empty("config.json"), FAILURE, "config.json is damaged"),
        resume("truncated configuration", cut("config.json"), FAILURE, "not valid JSON"),
        resume(
            "an entry lost",
            replace("config.json", "\"data\" : \"digits\",", ""),
            FAILURE,
            "The file ROOT/run/config.json has no data; restore it from a copy."),
        resume(
            "an entry null",
            replace("config.json", "\"digits\"", "null"),
            USAGE,
            "In ROOT/run/config.json, data is null; it must be a text in quotes."),
        resume(
            "a value out of range",
            replace("config.json", "\"batch\" : 8", "\"batch\" : 0"),
            USAGE,
            "batch is 0; it must be at least 1."),
        resume(
            "more batch than data",
            replace("config.json", "\"batch\" : 8", "\"batch\" : 61"),
            USAGE,
            "batch is 61, more than the 60 training samples of digits"),
        resume(
            "a value out of range of the data",
            replace("config.json", "\"0..9\"", "\"9..0\""),
            USAGE,
            "labels is '9..0'; write labels such as 1..26, 2 5 70 or \"cat\" \"dog\"."),
        resume(
            "no digest",
            replace("config.json", "\"dataSha256\" : \"", "\"dataSha256\" : \"x"),
            USAGE,
            "it must be 64 hexadecimal digits, or empty."),
        new Row(
            "resumed with other options",
            USAGE,
            root -> List.of("train", "--resume", copyRun(root), "--lr", "1.0,1.0"),
            "A run is resumed as it was configured"),
        new Row(
            "resumed with another preset",
            USAGE,
            root -> List.of("train", "p-2h", "--resume", copyRun(root)),
            "A run is resumed as it was configured"),
        new Row(
            "resumed for no epochs",
            USAGE,
            root -> List.of("train", "--resume", copyRun(root), "--epochs", "0"),
            "epochs is 0; it must be at least 1."));
  }

  private static Row resume(String name, Damage damage, int code, String... parts) {
    return new Row(
        "resume: " + name,
        code,
        root -> {
          String run = copyRun(root);
          damage.to(Path.of(run));
          return List.of("train", "--quiet", "--resume", run);
        },
        parts);
  }

  /** As above, but training has begun. */
  @ParameterizedTest
  @MethodSource("divergences")
  void divergingTrainingKeepsTheLastGoodCheckpoint(Row row) throws IOException {
    String run = copyRun(root);
    Map<String, String> before = content(root);

    Cli fresh = Cli.run(row.setup().arguments(root), "--quiet", "--out", root.resolve("fresh"));

    assertThat(fresh.code()).describedAs(fresh.toString()).isEqualTo(FAILURE);
    assertOneSentence(fresh, row);
    assertThat(fresh.out()).isEmpty();
    Model start =
        Model.read(root.resolve("fresh/checkpoint.safetensors"), KernelsSelector.kernels());
    assertThat(start.notes()).containsEntry("epoch", "0").containsEntry("batch", "0");
    start
        .network()
        .connections()
        .forEach(c -> c.parameters().forEach(p -> assertThat(p.write()).doesNotContain(Float.NaN)));
    assertThat(root.resolve("fresh/model.safetensors")).doesNotExist();
    assertThat(root.resolve("fresh/metrics.csv")).doesNotExist();
    deleteAll(root.resolve("fresh"));
    assertThat(content(root)).isEqualTo(before);
    assertThat(run).endsWith("run");
  }

  static Stream<Row> divergences() {
    return Stream.of(
        diverging("states", "--limit 60 --batch 8 --lr 1e38,1e38", "The states of layer s"),
        diverging(
            "weights at the end", "--limit 20 --batch 20 --lr 1e38,1e38", "The weights into"));
  }

  private static Row diverging(String name, String arguments, String message) {
    return new Row(
        name,
        FAILURE,
        root ->
            List.of(
                ("train --activation tanh --hidden 16 --beta 1e-30 --epochs 2 " + arguments)
                    .split(" ", -1)),
        message,
        "no longer finite; use smaller learning rates",
        "This was in epoch 1; the last good checkpoint is kept in ROOT/fresh.");
  }

  @Test
  void theResumedRunThatDivergesIsAsItWas() throws IOException {
    String run = copyRun(root);
    Path config = root.resolve("run/config.json");
    Files.writeString(config, Files.readString(config).replace("[ 0.04, 0.08 ]", "[ 3e38, 3e38 ]"));
    Map<String, String> before = content(root);

    Cli resumed =
        Cli.run("train", "--quiet", "--resume", run, "--epochs", "30", "--accept-changed-config");

    assertThat(resumed.code()).isEqualTo(FAILURE);
    assertThat(resumed.err()).contains("no longer finite", "This was in epoch 2;");
    assertThat(content(root)).isEqualTo(before);
  }

  @Test
  void aFolderWithoutPermissionIsNamed() throws IOException {
    Path closed = Files.createDirectory(root.resolve("closed"));
    assumeFalse(
        !closed.toFile().setWritable(false) || Files.isWritable(closed),
        "this user can write everywhere");

    Cli run = Cli.run(small(root, "closed/run"));

    assertThat(run.code()).isEqualTo(FAILURE);
    assertThat(run.err())
        .isEqualTo(
            "ep: Cannot create the run folder "
                + closed.resolve("run")
                + " (permission denied)."
                + System.lineSeparator());
  }

  /** Three gigabytes that take no room on the disk, and must take none in memory. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          config.json            | it is longer than 1 MB, the most that is read.
          checkpoint.safetensors | it is too large: a header of
          trials.json            | it is missing or damaged.
          """)
  void anEnormousFileIsRefused(String name, String reason) throws IOException {
    Path run = Path.of(copyRun(root));
    enlarge(run.resolve(name));
    Cli cli = Cli.run("train", "--quiet", "--resume", run, "--epochs", "2");
    assertThat(cli.code()).isEqualTo(FAILURE);
    assertThat(cli.errLines()).hasSize(1);
    assertThat(cli.err()).contains(run.resolve(name).toString(), reason);
  }

  @Test
  void enormousMetricsAreRestored() throws IOException {
    Path run = Path.of(copyRun(root));
    byte[] before = Files.readAllBytes(run.resolve("metrics.jsonl"));
    enlarge(run.resolve("metrics.jsonl"));
    Cli.ok("train", "--quiet", "--resume", run);
    assertThat(Files.readAllBytes(run.resolve("metrics.jsonl"))).isEqualTo(before);
  }

  private static void enlarge(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(3L << 30);
    }
  }
}
