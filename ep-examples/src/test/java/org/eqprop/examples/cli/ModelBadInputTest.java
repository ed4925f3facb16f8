package org.eqprop.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Mistakes of {@code ep evaluate} and {@code ep predict}: models and data; and the words of the
 * small commands.
 */
class ModelBadInputTest extends BadInput {
  static Stream<Row> rows() {
    return Stream.of(words(), models()).flatMap(rows -> rows);
  }

  static Stream<Row> words() {
    return Stream.of(
        given(USAGE, "", "Missing required subcommand."),
        given(USAGE, "trian", "'trian' is no argument or command of 'ep'.", "'train'?"),
        given(USAGE, "evaluate --prat train x", "'--prat' is no option", "'--part'?"),
        given(USAGE, "data download digits", "'digits' cannot be downloaded", "fashion-mnist"),
        given(USAGE, "presets --convention papr", "value of --convention", "'paper'?"),
        given(USAGE, "predict", "Missing required parameters: 'MODEL|RUN', 'IMAGE'"));
  }

  static Stream<Row> models() {
    List<Row> rows = new ArrayList<>();
    for (String command : List.of("evaluate", "predict")) {
      rows.add(model(command, "altered model", flip("model.safetensors"), FAILURE, "its checksum"));
      rows.add(model(command, "truncated model", cut("model.safetensors"), FAILURE, "truncated"));
      rows.add(
          model(command, "no model", fresh("model.safetensors"), USAGE, "no model at ROOT/run"));
      rows.add(model(command, "no run", BadInput::deleteAll, USAGE, "no model at ROOT/run"));
      rows.add(
          model(
              command,
              "a text as model",
              run -> Files.writeString(run.resolve("model.safetensors"), "a model, isn't it?"),
              FAILURE,
              "it is not a safetensors file; give another"));
    }
    rows.add(
        new Row(
            "data of another shape",
            USAGE,
            root -> {
              IdxSet.write(root.resolve("set"), 9);
              return List.of("evaluate", "-q", copyRun(root), "--data", root + "/set");
            },
            "ROOT/run does not fit ROOT/set",
            "64 inputs",
            "81 inputs"));
    rows.add(
        new Row(
            "as many pixels in another shape",
            USAGE,
            root -> {
              Path set = IdxSet.write(root.resolve("set"), 8);
              for (String file : List.of(IdxSet.TRAIN_IMAGES, IdxSet.TEST_IMAGES)) {
                byte[] bytes = Files.readAllBytes(set.resolve(file));
                bytes[11] = 4;
                bytes[15] = 16;
                Files.write(set.resolve(file), bytes);
              }
              return List.of("evaluate", "-q", copyRun(root), "--data", set.toString());
            },
            "ROOT/run does not fit ROOT/set",
            "the network takes images of 1x8x8, the data set has images of 1x4x16."));
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
}
