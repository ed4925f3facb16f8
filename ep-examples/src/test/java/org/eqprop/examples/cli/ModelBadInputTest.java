package org.eqprop.examples.cli;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Mistakes of {@code ep evaluate} and {@code ep predict}: models, data and images; and the words of
 * the small commands.
 */
class ModelBadInputTest extends BadInput {
  static Stream<Row> rows() {
    return Stream.of(words(), models(), images()).flatMap(rows -> rows);
  }

  static Stream<Row> words() {
    return Stream.of(
        given(USAGE, "", "Missing required subcommand."),
        given(USAGE, "trian", "'trian' is no argument or command of 'ep'.", "'train'?"),
        given(USAGE, "evaluate --prat train x", "'--prat' is no option", "'--part'?"),
        given(USAGE, "data download digits", "'digits' cannot be downloaded", "fashion-mnist"),
        given(USAGE, "presets --convention papr", "no convention 'papr'", "'paper'?"),
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
              return List.of("evaluate", copyRun(root), "--data", set.toString());
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

  static Stream<Row> images() {
    return Stream.of(
        image("no file", file -> {}, "ROOT/five.png: there is no such file; give a PNG or JPEG"),
        image("a folder", Files::createDirectory, "ROOT/five.png: not a readable file"),
        image("empty", file -> Files.write(file, new byte[0]), "not an image of a known format"),
        image("text", file -> Files.writeString(file, "five"), "not an image of a known format"),
        image("truncated PNG", ModelBadInputTest::cutPng, "ROOT/five.png: the image is damaged"),
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
}
