package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.store.Model;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a user gets wrong ends with a code that is not 0 and one sentence that says what and
 * where, prints no result, and leaves every file as it was.
 */
class BadInputTest {
  private static final int USAGE = 2;
  private static final int FAILURE = 1;

  @TempDir static Path shared;
  @TempDir Path root;

  /** Makes files below a folder and says which arguments go with them. */
  @FunctionalInterface
  interface Setup {
    List<String> arguments(Path root) throws IOException;
  }

  /**
   * A mistake.
   *
   * @param name what is wrong
   * @param code the exit code
   * @param parts what the message has to contain; ROOT stands for the folder
   */
  record Row(String name, int code, Setup setup, List<String> parts) {
    Row(String name, int code, Setup setup, String... parts) {
      this(name, code, setup, List.of(parts));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void trainARun() {
    Cli.ok("train", Cli.SMALL, "--epochs", "1", "--out", shared.resolve("run"));
  }

  static Stream<Row> words() {
    return Stream.of(
        given(USAGE, "", "Missing required subcommand."),
        given(USAGE, "trian", "'trian' is no argument or command of 'ep'.", "'train'?"),
        given(USAGE, "train p-1", "no preset 'p-1'", "eb-1h, eb-2h", "mean 'p-1h'?"),
        given(USAGE, "train --epoch 3", "'--epoch' is no option of 'ep train'.", "'--epochs'?"),
        given(USAGE, "train --epoch=3", "'--epoch=3' is no option", "'--epochs'?"),
        given(USAGE, "train --learn", "'--learn' is no option of 'ep train'."),
        given(USAGE, "train p-1h p-2h", "'p-2h' is no argument or command of 'ep train'."),
        given(USAGE, "evaluate --prat train x", "'--prat' is no option", "'--part'?"),
        given(USAGE, "train --lr", "parameter for option '--lr'"),
        given(USAGE, "train --lr 0.1,fast", "'fast' is not a double"),
        given(USAGE, "train --convention prgram", "no convention 'prgram'", "'program'?"),
        given(USAGE, "train --method eq", "no method 'eq'", "'ep'?"),
        given(USAGE, "train --setting energy", "value of setting", "'energy-based'?"),
        given(USAGE, "train --activation tan", "'tan'", "tanh"),
        given(USAGE, "train --output liner", "value of output", "'linear'?"),
        given(USAGE, "train --nudge insde", "value of nudge", "'inside'?"),
        given(USAGE, "train --estimate center", "value of estimate", "'centered'?"),
        given(USAGE, "train --clamp maybe", "'maybe' is not a boolean"),
        given(FAILURE, "train --data mist", "no data set and no folder 'mist'", "digits, mnist"),
        given(USAGE, "data download digits", "'digits' cannot be downloaded", "fashion-mnist"),
        given(USAGE, "presets --convention papr", "no convention 'papr'", "'paper'?"),
        given(USAGE, "predict", "Missing required parameters: 'MODEL|RUN', 'IMAGE'"));
  }

  static Stream<Row> values() {
    List<Row> rows = new ArrayList<>();
    for (String option : List.of("--epochs", "--batch", "--hidden", "-T", "-K", "--trials")) {
      String name = option.replaceFirst("^-+", "");
      rows.add(given(USAGE, "train " + option + " 0", name + " is 0; it must be at least 1."));
      rows.add(given(USAGE, "train " + option + " -3", name + " is -3; it must be at least 1."));
      rows.add(given(USAGE, "train " + option + " 1.5", "'1.5' is not an int"));
      rows.add(given(USAGE, "train " + option + " 3000000000", "is not an int"));
    }
    for (String option : List.of("--limit", "--validation")) {
      String name = option.substring(2);
      rows.add(given(USAGE, "train " + option + " -1", name + " is -1; it must not be negative."));
    }
    for (String value : List.of("0", "-0.1", "NaN", "Infinity", "1e-60", "1e60")) {
      rows.add(
          given(USAGE, "train --beta " + value, "beta is ", "; it must be above 0 and finite"));
      rows.add(given(USAGE, "train --epsilon " + value, "epsilon is ", "above 0 and at most 1."));
    }
    rows.add(given(USAGE, "train --epsilon 1.001", "epsilon is 1.001; it must be above 0"));
    for (String value : List.of("-0.1", "NaN", "Infinity", "1e60")) {
      rows.add(given(USAGE, "train --lr 0.1," + value, "lr has ", "at least 0 and finite."));
    }
    rows.add(given(USAGE, "train --lr 0.1", "lr has 1 learning rates, but 1 hidden layers need 2"));
    rows.add(given(USAGE, "train --lr 1,1,1", "lr has 3 learning rates, but 1 hidden layers need"));
    rows.add(given(USAGE, "train --hidden 9,9", "lr has 2 learning rates, but 2 hidden layers"));
    rows.add(given(USAGE, "train --hidden 2000000000", "[2000000000] is too large; make hidden"));
    rows.add(given(FAILURE, "train --hidden 30000000", "The JVM's memory of ", "make hidden or"));
    rows.add(given(USAGE, "train --seed one", "'one' is not a long"));
    rows.add(given(USAGE, "train --threads 0", "threads is 0; it must be from 1 to 1024."));
    rows.add(given(USAGE, "train --threads -1", "threads is -1; it must be from 1 to 1024."));
    rows.add(given(USAGE, "train --threads 9999", "threads is 9999; it must be from 1 to 1024."));
    rows.add(given(USAGE, "info --threads 0", "threads is 0; it must be from 1 to 1024."));
    rows.add(
        given(USAGE, "train --batch 1438", "batch is 1438", "1437 training samples of digits"));
    rows.add(given(USAGE, "train --batch 11 --limit 10", "batch is 11", "10 training samples"));
    rows.add(given(USAGE, "train --limit 30 --validation 30", "validation is 30", "at most 29"));
    rows.add(given(USAGE, "train --limit 30 --validation 28", "batch is 5", "the 2 training"));
    return rows.stream();
  }

  static Stream<Row> tomlFiles() {
    return Stream.of(
        toml("epoch = 3", "There is no hyperparameter 'epoch' (ROOT/mine.toml).", "'epochs'?"),
        toml("T = 3", "There is no hyperparameter 'T'", "'t'?"),
        toml("[train]\nepochs = 3", "There is no hyperparameter 'train'"),
        toml("epochs = ", "ROOT/mine.toml is not valid TOML in line 1: "),
        toml("epochs = 3\nbeta == 1", "ROOT/mine.toml is not valid TOML in line 2: "),
        toml("epochs = 3\nepochs = 4", "ROOT/mine.toml is not valid TOML", "Duplicate key."),
        toml("epochs = 1.5", "In ROOT/mine.toml, epochs is 1.5; it must be a whole number"),
        toml("epochs = \"3\"", "epochs is \"3\"; it must be a whole number"),
        toml(
            "epochs = 3000000000", "epochs is 3000000000; it must be a whole number of at most 32"),
        toml("beta = \"strong\"", "beta is \"strong\"; it must be a number."),
        toml("beta = true", "beta is true; it must be a number."),
        toml("beta = nan", "beta is NaN; it must be above 0 and finite."),
        toml("beta = inf", "beta is Infinity; it must be above 0 and finite."),
        toml("clamp = 1", "clamp is 1; it must be true or false."),
        toml("data = 5", "data is 5; it must be a text in quotes."),
        toml("preset = [1]", "preset is [1]; it must be a text in quotes."),
        toml("hidden = 512", "hidden is 512; it must be a list, each value a whole number"),
        toml("hidden = [512.5]", "hidden is [512.5]; it must be a list, each value a whole number"),
        toml("hidden = []", "hidden is empty; give the size of at least one hidden layer."),
        toml("lr = [0.1, \"b\"]", "lr is [0.1,\"b\"]; it must be a list, each value a number."),
        toml("lr = [0.1, -1]", "lr has -1.0; rates must be at least 0 and finite."),
        toml("preset = \"p-7h\"", "There is no preset 'p-7h'"),
        new Row(
            "no UTF-8",
            USAGE,
            root -> {
              Files.write(root.resolve("mine.toml"), new byte[] {'a', (byte) 0xff, '=', '1'});
              return List.of("train", "--config", root + "/mine.toml");
            },
            "ROOT/mine.toml is not valid TOML: it is no UTF-8 text."),
        new Row(
            "no TOML file",
            USAGE,
            root -> List.of("train", "--config", root + "/mine.toml"),
            "Cannot read ROOT/mine.toml: no such file or folder."));
  }

  static Stream<Row> dataSets() {
    String images = IdxSet.TRAIN_IMAGES;
    String labels = IdxSet.TRAIN_LABELS;
    return Stream.of(
        data("truncated file", images, IdxSetChange.cut(100), "is truncated"),
        data("truncated header", images, IdxSetChange.cut(9), "is truncated"),
        data("truncated gz", images, bytes -> half(IdxSet.gzip(bytes)), "is truncated"),
        data("gz with an altered byte", images, BadInputTest::damagedGzip, "damaged"),
        data("empty file", labels, IdxSetChange.cut(0), "the file is empty"),
        data("another magic number", images, with(3, 4), "0x00000804, not 0x00000803"),
        data("labels for images", images, bytes -> IdxSet.labels(40), "holds labels where images"),
        data(
            "a text file",
            labels,
            bytes -> "label\n7\n3\n".getBytes(StandardCharsets.UTF_8),
            "not an IDX file of labels"),
        data("fewer labels", labels, bytes -> IdxSet.labels(39), "39 labels for the 40 images"),
        data("label 10", labels, with(8 + 5, 10), "label 10 of sample 5 is not in 0..9"),
        data("no images", images, bytes -> IdxSet.images(0, 8), "holds no images"),
        data("absurd sizes", images, with(4, 127), "impossible sizes (2130706472 x 8 images)"),
        data("more bytes", images, bytes -> Arrays.copyOf(bytes, 9000), "more bytes than the 2560"),
        data("another test size", IdxSet.TEST_IMAGES, bytes -> IdxSet.images(20, 9), "images of "),
        new Row(
            "a file missing",
            FAILURE,
            root -> {
              Files.delete(IdxSet.write(root.resolve("set"), 8).resolve(labels));
              return List.of("train", "--data", root + "/set");
            },
            "ROOT/set: the file train-labels-idx1-ubyte or train-labels-idx1-ubyte.gz is missing",
            "put all four IDX files of the data set there"),
        new Row(
            "batch larger than the data",
            USAGE,
            root -> {
              IdxSet.write(root.resolve("set"), 8);
              return List.of("train", "--data", root + "/set", "--batch", "41");
            },
            "batch is 41, more than the 40 training samples of ROOT/set"));
  }

  static Stream<Row> runFolders() {
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
        resume("no folder", BadInputTest::deleteAll, USAGE, "ROOT/run is no run folder"),
        resume("truncated checkpoint", cut("checkpoint.safetensors"), FAILURE, "it is truncated"),
        resume("empty checkpoint", empty("checkpoint.safetensors"), FAILURE, "truncated or not a"),
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
            "checkpoint.safetensors belongs to another network than config.json."),
        resume(
            "another number of layers",
            run -> {
              replace("config.json", "[ 16 ]", "[ 16, 16 ]").to(run);
              replace("config.json", "[ 0.04, 0.08 ]", "[ 1, 1, 1 ]").to(run);
            },
            FAILURE,
            "checkpoint.safetensors belongs to another network than config.json."),
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
        resume("metrics gone", fresh("metrics.jsonl"), FAILURE, "metrics.jsonl has 0 epochs, but"),
        resume("damaged metrics", cut("metrics.jsonl"), FAILURE, "metrics.jsonl is damaged"),
        resume("binary metrics", binary("metrics.jsonl"), FAILURE, "Cannot read ROOT/run/metrics"),
        resume("null metrics", replace("metrics.jsonl", ".*", "null"), FAILURE, "damaged (null)"),
        new Row(
            "resumed with other options",
            USAGE,
            root -> List.of("train", "--resume", copyRun(root), "--lr", "1,1"),
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

  static Stream<Row> models() {
    List<Row> rows = new ArrayList<>();
    for (String command : List.of("evaluate", "predict")) {
      rows.add(model(command, "altered model", flip("model.safetensors"), FAILURE, "its checksum"));
      rows.add(model(command, "truncated model", cut("model.safetensors"), FAILURE, "truncated"));
      rows.add(
          model(command, "no model", fresh("model.safetensors"), USAGE, "no model at ROOT/run"));
      rows.add(model(command, "no run", BadInputTest::deleteAll, USAGE, "no model at ROOT/run"));
      rows.add(
          model(
              command,
              "a text as model",
              run -> Files.writeString(run.resolve("model.safetensors"), "a model, isn't it?"),
              FAILURE,
              "truncated or not a safetensors file"));
    }
    rows.add(
        new Row(
            "data of another shape",
            USAGE,
            root -> {
              IdxSet.write(root.resolve("set"), 9);
              return List.of("evaluate", copyRun(root), "--data", root + "/set");
            },
            "ROOT/run does not fit ROOT/set",
            "64 inputs",
            "81 inputs"));
    rows.add(
        new Row(
            "no such part",
            USAGE,
            root -> List.of("evaluate", copyRun(root), "--part", "tests"),
            "There is no part 'tests'; choose test or train."));
    rows.add(
        new Row(
            "no steps",
            USAGE,
            root -> List.of("evaluate", copyRun(root), "-T", "0"),
            "T is 0; it must be at least 1."));
    rows.add(
        new Row(
            "the data set is gone",
            FAILURE,
            root -> {
              IdxSet.write(root.resolve("set"), 8);
              Cli.ok(small(root, "own"), "--data", root + "/set");
              deleteAll(root.resolve("set"));
              return List.of("evaluate", root + "/own");
            },
            "no data set and no folder 'ROOT/set'"));
    return rows.stream();
  }

  static Stream<Row> images() {
    return Stream.of(
        image("no file", file -> {}, "ROOT/five.png: there is no such file; give a PNG or JPEG"),
        image("a folder", Files::createDirectory, "ROOT/five.png: not a readable file"),
        image("empty", file -> Files.write(file, new byte[0]), "not an image of a known format"),
        image("text", file -> Files.writeString(file, "five"), "not an image of a known format"),
        image("truncated PNG", BadInputTest::cutPng, "ROOT/five.png: the image is damaged"),
        image(
            "IDX of another size",
            file -> Files.write(file, IdxSet.images(3, 9)),
            USAGE,
            "ROOT/five.png has images of 1x9x9; the model takes 1x8x8."),
        image(
            "IDX labels",
            file -> Files.write(file, IdxSet.labels(3)),
            "holds labels where images belong"),
        image(
            "truncated IDX",
            file -> Files.write(file, half(IdxSet.images(3, 8))),
            "the file is truncated"),
        image(
            "truncated gz",
            file -> Files.write(file, half(IdxSet.gzip(IdxSet.images(3, 8)))),
            "the file is truncated"));
  }

  @ParameterizedTest
  @MethodSource({"words", "values", "tomlFiles", "dataSets", "runFolders", "models", "images"})
  void oneSentenceAndNothingElse(Row row) throws IOException {
    List<String> arguments = row.setup.arguments(root);
    Map<String, String> before = content(root);

    Cli run = Cli.run(arguments);

    assertThat(run.code()).describedAs(run.toString()).isEqualTo(row.code);
    assertOneSentence(run, row);
    assertThat(run.out()).isEmpty();
    assertThat(content(root)).isEqualTo(before);
  }

  /** As above, but training has begun. */
  @ParameterizedTest
  @MethodSource("divergences")
  void divergingTrainingKeepsTheLastGoodCheckpoint(Row row) throws IOException {
    String run = copyRun(root);
    Map<String, String> before = content(root);

    Cli fresh = Cli.run(row.setup.arguments(root), "--quiet", "--out", root.resolve("fresh"));

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

    Cli resumed = Cli.run("train", "--quiet", "--resume", run, "--epochs", "30");

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

  private void assertOneSentence(Cli run, Row row) {
    List<String> lines = run.errLines();
    assertThat(lines.get(0)).matches("ep: [A-Za-z'/].*[.?]").doesNotContain("should not happen");
    for (String part : row.parts) {
      assertThat(lines.get(0)).contains(part.replace("ROOT", root.toString()));
    }
    assertThat(lines.get(0)).doesNotContain("Exception", "org.eqprop", "java.");
    if (lines.size() > 1) {
      assertThat(lines).hasSize(2);
      assertThat(lines.get(1)).matches("See 'ep[ a-z]* --help'\\.");
    }
  }

  private static Row given(int code, String line, String... parts) {
    Setup setup =
        root -> {
          List<String> words = new ArrayList<>(line.isEmpty() ? List.of() : words(line));
          if (line.startsWith("train")) {
            words.addAll(List.of("--out", root + "/run"));
          }
          return words;
        };
    return new Row("ep " + line, code, setup, parts);
  }

  private static List<String> words(String line) {
    return List.of(line.split(" ", -1));
  }

  private static Row toml(String content, String... parts) {
    return new Row(
        "toml " + content.lines().toList(),
        USAGE,
        root -> {
          Files.writeString(root.resolve("mine.toml"), content + "\n");
          return List.of(
              "train", "--config", root + "/mine.toml", "--limit", "9", "--out", root + "/run");
        },
        parts);
  }

  /** A change of a file's content. */
  @FunctionalInterface
  private interface IdxSetChange {
    byte[] apply(byte[] content) throws IOException;

    static IdxSetChange cut(int length) {
      return bytes -> Arrays.copyOf(bytes, length);
    }
  }

  private static IdxSetChange with(int position, int value) {
    return bytes -> {
      bytes[position] = (byte) value;
      return bytes;
    };
  }

  private static byte[] half(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  private static byte[] damagedGzip(byte[] plain) throws IOException {
    byte[] packed = IdxSet.gzip(plain);
    packed[packed.length - 6] ^= 1; // in the CRC
    return packed;
  }

  private static Row data(String name, String file, IdxSetChange change, String part) {
    return new Row(
        name,
        FAILURE,
        root -> {
          Path changed = IdxSet.write(root.resolve("set"), 8).resolve(file);
          Files.write(changed, change.apply(Files.readAllBytes(changed)));
          return List.of("train", "--data", root + "/set", "--out", root + "/run");
        },
        "ROOT/set/" + file,
        part);
  }

  /** Damage to a run. */
  @FunctionalInterface
  private interface Damage {
    void to(Path run) throws IOException;
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

  private static Row model(String command, String name, Damage damage, int code, String... parts) {
    return new Row(
        command + ": " + name,
        code,
        root -> {
          String run = copyRun(root);
          damage.to(Path.of(run));
          Path idx = Files.write(root.resolve("some-images"), IdxSet.images(2, 8));
          return command.equals("predict")
              ? List.of(command, run, idx.toString())
              : List.of(command, run);
        },
        parts);
  }

  private static Row image(String name, Damage make, String... parts) {
    return image(name, make, FAILURE, parts);
  }

  /** The bad image comes after a good one, which must not be reported either. */
  private static Row image(String name, Damage make, int code, String... parts) {
    return new Row(
        "image: " + name,
        code,
        root -> {
          String good = root + "/good.png";
          ImageIO.write(new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY), "png", file(good));
          make.to(root.resolve("five.png"));
          return List.of("predict", copyRun(root), good, root + "/five.png");
        },
        parts);
  }

  private static File file(String name) {
    return Path.of(name).toFile();
  }

  private static void cutPng(Path file) throws IOException {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1600; i++) {
      image.setRGB(i % 40, i / 40, i * i * 7919);
    }
    ImageIO.write(image, "png", file.toFile());
    Files.write(file, half(Files.readAllBytes(file)));
  }

  private static Damage flip(String file) {
    return run -> {
      byte[] bytes = Files.readAllBytes(run.resolve(file));
      bytes[bytes.length * 2 / 3] ^= 1;
      Files.write(run.resolve(file), bytes);
    };
  }

  private static Damage cut(String file) {
    return run -> Files.write(run.resolve(file), half(Files.readAllBytes(run.resolve(file))));
  }

  private static Damage empty(String file) {
    return run -> Files.write(run.resolve(file), new byte[0]);
  }

  private static Damage fresh(String file) {
    return run -> fresh(run.resolve(file));
  }

  private static Damage binary(String file) {
    return run -> Files.write(run.resolve(file), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
  }

  private static Damage replace(String file, String regex, String by) {
    return run -> {
      String text = Files.readString(run.resolve(file));
      String changed = regex.equals(".*") ? by + "\n" : text.replace(regex, by);
      assertThat(changed).isNotEqualTo(text);
      Files.writeString(run.resolve(file), changed);
    };
  }

  private static Path fresh(Path file) throws IOException {
    Files.delete(file);
    return file;
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static List<String> small(Path root, String out) {
    List<String> words = new ArrayList<>(List.of("train", "--epochs", "1"));
    words.addAll(Cli.SMALL);
    words.addAll(List.of("--out", root.resolve(out).toString()));
    return words;
  }

  private static String copyRun(Path root) throws IOException {
    Path copy = Files.createDirectory(root.resolve("run"));
    try (Stream<Path> files = Files.list(shared.resolve("run"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy.toString();
  }

  /** Every file and folder below {@code root}, with its content. */
  private static Map<String, String> content(Path root) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(file -> !file.endsWith(".lock"))
          .forEach(file -> content.put(file.toString(), hex(file)));
    }
    return content;
  }

  private static String hex(Path file) {
    try {
      return Files.isDirectory(file)
          ? "folder"
          : HexFormat.of().formatHex(Files.readAllBytes(file));
    } catch (IOException thrown) {
      throw new UncheckedIOException(thrown);
    }
  }
}
