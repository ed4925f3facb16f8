package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.store.Model;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs and models know which data they are of. */
class DataIdentityTest {
  private static final int SIDE = 9;

  private static final List<String> SMALL =
      List.of("--batch", "4", "--hidden", "12", "-T", "8", "-K", "3", "--quiet");

  @TempDir Path root;
  private Path set;
  private Path run;

  @BeforeEach
  void trainAnEpoch() throws IOException {
    set = IdxSet.write(root.resolve("set"), SIDE);
    run = root.resolve("run");
    Cli.ok("train", "--data", set, SMALL, "--epochs", "1", "--out", run);
  }

  @Test
  void theRunNotesDigestAndPlace() {
    JsonNode config = Cli.json(run.resolve("config.json"));
    Map<String, String> checkpoint = notes("checkpoint.safetensors");
    Map<String, String> model = notes("model.safetensors");

    assertThat(config.get("dataSha256").asText()).matches("[0-9a-f]{64}");
    assertThat(config.get("dataPath").asText()).isEqualTo(set.toString());
    assertThat(config.get("labels").asText()).isEqualTo("0..9");
    for (Map<String, String> notes : List.of(checkpoint, model)) {
      assertThat(notes)
          .containsEntry("data-sha256", config.get("dataSha256").asText())
          .containsEntry("data-path", set.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte, training images",
    "train-labels-idx1-ubyte, training labels",
    "t10k-images-idx3-ubyte, test images",
    "t10k-labels-idx1-ubyte, test labels"
  })
  void dataThatHasChangedIsRefused(String file, String part) throws IOException {
    byte[] bytes = Files.readAllBytes(set.resolve(file));
    bytes[bytes.length - 1] ^= 1;
    Files.write(set.resolve(file), bytes);
    Map<String, String> before = BadInput.content(run);

    Cli resumed = Cli.run("train", "--quiet", "--resume", run, "--epochs", "2");
    assertThat(resumed.code()).isEqualTo(BadInput.FAILURE);
    assertThat(resumed.err())
        .isEqualTo(
            "ep: The data "
                + set
                + " is not what "
                + run
                + " was trained on ("
                + part
                + "); name the right data with --data, or go on with"
                + " --accept-changed-data."
                + System.lineSeparator());
    assertThat(BadInput.content(run)).isEqualTo(before);
    Cli evaluated = Cli.run("evaluate", run);
    assertThat(evaluated.code()).isEqualTo(BadInput.FAILURE);
    assertThat(evaluated.out()).isEmpty();
    assertThat(evaluated.err())
        .contains("is not what " + run + " was trained on", "name it with --data to measure on it");

    Cli accepted = Cli.ok("train", "--resume", run, "--epochs", "2", "--accept-changed-data");
    assertThat(accepted.err()).contains("trained on (" + part + "). Accepted.");
    assertThat(notes("model.safetensors"))
        .containsEntry("changes", "from epoch 2, batch 1: other " + part);
    Cli.ok("train", "--quiet", "--resume", run);
    assertThat(Cli.ok("evaluate", run).err()).isEmpty();
  }

  /** What decides what a result means is said even where only the result is wanted. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --data SET --epochs 1 --out OUT",
        "train --data SET --epochs 1 --json --out OUT",
        "evaluate RUN --data SET",
        "gdu p-1h --hidden 4 -T 5 -K 2 --data SET",
        "gdu p-1h --hidden 4 -T 5 -K 2 --betas 0.1,0.2 --data SET",
      })
  void remarksAboutTheDataAreSaidQuietlyToo(String command) throws IOException {
    Path emnist = IdxSet.write(root.resolve("emnist"), SIDE);
    for (List<String> quiet : List.of(List.of("--quiet"), List.<String>of())) {
      String words =
          command
              .replace("SET", emnist.toString())
              .replace("RUN", run.toString())
              .replace("OUT", root.resolve("out" + quiet.size()).toString());
      Cli cli = Cli.ok(List.of(words.split(" ", -1)), quiet);
      assertThat(cli.err()).containsOnlyOnce("--transpose turns them upright.");
      if (!quiet.isEmpty()) {
        assertThat(cli.errLines()).allMatch(line -> line.startsWith("ep: "));
      }
    }
  }

  @Test
  void samplesThatWereAddedAreRefused() throws IOException {
    Files.write(set.resolve(IdxSet.TRAIN_IMAGES), IdxSet.images(50, SIDE));
    Files.write(set.resolve(IdxSet.TRAIN_LABELS), IdxSet.labels(50));

    Cli resumed = Cli.run("train", "--quiet", "--resume", run, "--epochs", "2");

    assertThat(resumed.code()).isEqualTo(BadInput.FAILURE);
    assertThat(resumed.err()).contains("is not what " + run + " was trained on");
  }

  @Test
  void dataMayMoveAndBePackedBetween() throws IOException {
    Path unmoved = BadInput.copy(run, root.resolve("unmoved"));
    Cli.ok("train", "--quiet", "--resume", unmoved, "--epochs", "2");
    Path moved = Files.move(set, root.resolve("moved"));
    for (String file : List.of(IdxSet.TRAIN_IMAGES, IdxSet.TEST_LABELS)) {
      byte[] plain = Files.readAllBytes(moved.resolve(file));
      Files.write(moved.resolve(file + ".gz"), IdxSet.gzip(plain));
      Files.delete(moved.resolve(file));
    }

    Cli lost = Cli.run("train", "--quiet", "--resume", run, "--epochs", "2");
    assertThat(lost.code()).isEqualTo(BadInput.FAILURE);
    assertThat(lost.errLines()).hasSize(1);
    assertThat(lost.err()).contains(set.toString());
    Cli.ok("train", "--quiet", "--resume", run, "--epochs", "2", "--data", moved);

    assertThat(weights(run)).isEqualTo(weights(unmoved));
    assertThat(Cli.json(run.resolve("config.json")).get("dataPath").asText())
        .isEqualTo(moved.toString());
    assertThat(notes("model.safetensors")).doesNotContainKey("changes");
  }

  @Test
  void aRelativeFolderIsKeptAbsolute() throws IOException {
    Path here = Path.of("").toAbsolutePath();
    Path relative = here.relativize(set);
    Path other = root.resolve("other");

    Cli.ok("train", "--data", relative, SMALL, "--epochs", "1", "--out", other);

    assertThat(Cli.json(other.resolve("config.json")).get("dataPath").asText())
        .isEqualTo(set.toString());
    assertThat(weights(other)).isEqualTo(weights(run));
  }

  @Test
  void evaluationOnOtherDataSaysSo() throws IOException {
    Path other = IdxSet.write(root.resolve("other"), SIDE);
    Files.write(other.resolve(IdxSet.TEST_IMAGES), IdxSet.images(10, SIDE));
    Files.write(other.resolve(IdxSet.TEST_LABELS), IdxSet.labels(10));

    Cli noted = Cli.ok("evaluate", run, "--data", other);
    assertThat(noted.err())
        .contains("The data " + other + " is not what " + run + " was trained on");
    assertThat(noted.outLines()).hasSize(3);
    assertThat(Cli.ok("evaluate", run, "--data", other, "--quiet").err()).isEmpty();
    JsonNode json = Cli.ok("evaluate", run, "--data", other, "--json", "--quiet").json();
    assertThat(json.get("sameDataAsTrained").asBoolean()).isFalse();
    assertThat(json.get("samples").asInt()).isEqualTo(10);
    assertThat(Cli.ok("evaluate", run, "--data", set).err()).isEmpty();
    assertThat(Cli.ok("evaluate", run, "--json").json().get("sameDataAsTrained").asBoolean())
        .isTrue();
  }

  @Test
  void aConfigurationWithADigestTakesNoOtherData() throws IOException {
    Path config = Files.copy(run.resolve("config.json"), root.resolve("mine.json"));
    Path toml = root.resolve("mine.toml");
    Files.writeString(
        toml,
        "data = '%s'\ndataSha256 = '%s'\n"
            .formatted(set, Cli.json(config).get("dataSha256").asText()));
    Path again = root.resolve("again");
    Cli.ok("train", "--config", toml, SMALL, "--epochs", "1", "--out", again);
    assertThat(weights(again)).isEqualTo(weights(run));

    Files.write(set.resolve(IdxSet.TRAIN_LABELS), IdxSet.labels(41));
    Files.write(set.resolve(IdxSet.TRAIN_IMAGES), IdxSet.images(41, SIDE));
    Cli refused = Cli.run("train", "--config", toml, SMALL, "--out", root.resolve("refused"));
    assertThat(refused.code()).isEqualTo(BadInput.FAILURE);
    assertThat(refused.err()).contains("is not what the configuration tells (dataSha256)");
    assertThat(root.resolve("refused")).doesNotExist();
    Cli.ok(
        "train", "--config", toml, SMALL, "--data", set, "--epochs", "1", "--out", root + "/new");
  }

  /** Images that lie on their side, turned by the option, train to the bits of upright ones. */
  @Test
  void transposedImagesTrainAsUprightOnes() throws IOException {
    Path turned = IdxSet.write(root.resolve("emnist-like"), SIDE);
    for (String file : List.of(IdxSet.TRAIN_IMAGES, IdxSet.TEST_IMAGES)) {
      byte[] bytes = Files.readAllBytes(turned.resolve(file));
      byte[] other = bytes.clone();
      for (int i = 16; i < bytes.length; i++) {
        int pixel = (i - 16) % (SIDE * SIDE);
        int image = i - pixel;
        other[image + pixel % SIDE * SIDE + pixel / SIDE] = bytes[i];
      }
      Files.write(turned.resolve(file), other);
    }
    Path out = root.resolve("turned");

    Cli train =
        Cli.ok("train", "--data", turned, "--transpose", SMALL, "--epochs", "1", "--out", out);

    assertThat(train.err()).doesNotContain("--transpose");
    assertThat(weights(out)).isEqualTo(weights(run));
    String error = Cli.ok("evaluate", run).outLines().get(0).split(",", 2)[0];
    assertThat(Cli.ok("evaluate", out).outLines().get(0)).startsWith(error);
    assertThat(Cli.ok("evaluate", out, "--data", turned).outLines().get(0)).startsWith(error);
    assertThat(
            Cli.ok("evaluate", run, "--data", turned, "--transpose", "--quiet").outLines().get(0))
        .startsWith(error);
    assertThat(Cli.ok("predict", out, turned.resolve(IdxSet.TEST_IMAGES), "--transpose").out())
        .isEqualTo(Cli.ok("predict", run, set.resolve(IdxSet.TEST_IMAGES)).out());
    List<Object> loud = List.of("train", "--data", turned, SMALL.subList(0, 8), "--epochs", "1");
    assertThat(Cli.ok(Cli.words(loud.toArray()), "--out", root.resolve("hint")).err())
        .contains("EMNIST's images are published with rows and columns exchanged; --transpose");
  }

  private Map<String, String> notes(String file) {
    return Model.read(run.resolve(file), KernelsSelector.kernels()).notes();
  }

  private static List<String> weights(Path run) {
    Model model = Model.read(run.resolve("model.safetensors"), KernelsSelector.kernels());
    return model.network().connections().stream()
        .flatMap(connection -> connection.parameters().stream())
        .map(parameter -> Arrays.toString(parameter.write()))
        .toList();
  }
}
