package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code ep predict} with images that cannot be read, or that mean nothing. */
class PredictImagesTest {
  private static final int SIDE = 8;

  @TempDir static Path shared;
  private static Path run;

  @TempDir Path root;

  /** Makes a file that cannot be read. */
  @FunctionalInterface
  interface Make {
    void at(Path file) throws IOException;
  }

  /**
   * An image that cannot be read.
   *
   * @param name what is wrong
   * @param part of the message, FILE stands for the file's path
   */
  record Bad(String name, Make make, String part) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void train() throws IOException {
    Path set = IdxSet.write(shared.resolve("set"), SIDE);
    run = shared.resolve("run");
    Cli.ok("train", "--data", set, "--epochs", "30", "--batch", "4", "--out", run);
  }

  static Stream<Bad> bad() {
    return Stream.of(
        new Bad("no file", file -> {}, "FILE: there is no such file; give a PNG or JPEG"),
        new Bad(
            "a folder",
            Files::createDirectory,
            "FILE: cannot be read (it is a folder, not a file); give a PNG"),
        new Bad("empty", bytes(new byte[0]), "FILE: not an image of a known format"),
        new Bad(
            "text",
            bytes("five".getBytes(StandardCharsets.UTF_8)),
            "FILE: not an image of a known format"),
        new Bad(
            "truncated PNG",
            PredictImagesTest::cutPng,
            "FILE: the image is damaged or cut off; save it again, or restore it"),
        new Bad(
            "zeros",
            bytes(new byte[5000]),
            "FILE: not an image of a known format; give a PNG or JPEG file."),
        new Bad(
            "an icon",
            bytes(new byte[] {0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0}),
            "FILE: a file of the kind ICO, which is not read here; convert it to PNG."),
        new Bad(
            "HEIC",
            bytes("\0\0\0\u0018ftypheic\0\0\0\0mif1heic".getBytes(StandardCharsets.UTF_8)),
            "FILE: a file of the kind HEIC, which is not read here"),
        new Bad(
            "IDX of another size",
            bytes(IdxSet.images(3, 9)),
            "FILE has images of 1x9x9; the model takes 1x8x8."),
        new Bad("IDX labels", bytes(IdxSet.labels(3)), "FILE"),
        new Bad("cut IDX", bytes(BadInput.half(IdxSet.images(3, 8))), "the file is truncated"),
        new Bad(
            "cut gz",
            file -> Files.write(file, BadInput.half(IdxSet.gzip(IdxSet.images(3, 8)))),
            "the file is truncated"));
  }

  @Test
  void onlyIdxFilesAreTransposed() throws IOException {
    Path picture = drawing("picture.png", 2);
    Path idx = Files.write(root.resolve("idx"), IdxSet.images(3, SIDE));

    Cli both = Cli.run("predict", run, picture, idx, "--transpose");

    assertThat(both.code()).isEqualTo(1);
    assertThat(both.outLines()).hasSize(3);
    assertThat(both.errLines())
        .contains(
            "ep: "
                + picture
                + " is no IDX file, and only images of those are transposed; leave --transpose"
                + " out for pictures.");
  }

  @ParameterizedTest
  @MethodSource("bad")
  void aBadImageIsNamedAndTheOthersAreAnswered(Bad bad) throws IOException {
    Path first = drawing("first.png", 2);
    Path last = drawing("last.png", 5);
    Path file = root.resolve("bad.png");
    bad.make.at(file);

    Cli text = Cli.run("predict", run, first, file, last);
    Cli json = Cli.run("predict", run, first, file, last, "--json");

    assertThat(text.code()).isEqualTo(1);
    assertThat(text.errLines()).hasSize(1);
    assertThat(text.errLines().get(0))
        .startsWith("ep: ")
        .endsWith(".")
        .contains(bad.part.replace("FILE", file.toString()))
        .doesNotContain("Exception", "java.");
    assertThat(text.outLines().stream().map(line -> line.replaceAll("(\t.*?)\t.*", "$1")))
        .containsExactly(first + "\t2", last + "\t5");
    assertThat(json.code()).isEqualTo(1);
    assertThat(json.json().findValuesAsText("label")).containsExactly("2", "5");
  }

  @Test
  void severalBadImagesHaveASentenceEach() throws IOException {
    Path good = drawing("good.png", 3);

    Cli run = Cli.run("predict", PredictImagesTest.run, "a.png", good, "b.png", "-q");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.outLines()).hasSize(1);
    assertThat(run.errLines()).hasSize(2);
    assertThat(run.err()).contains("ep: a.png: there is no", "ep: b.png: there is no");
  }

  @Test
  void aBlankPictureIsSaidToMeanNothing() throws IOException {
    for (int grey : new int[] {0, 128, 255}) {
      Path blank = root.resolve("blank.png");
      ImageIO.write(image(grey), "png", blank.toFile());

      Cli text = Cli.ok("predict", run, blank);
      JsonNode json = Cli.ok("predict", run, blank, "--json", "-q").json();

      assertThat(text.outLines()).hasSize(1);
      assertThat(text.errLines())
          .containsExactly(
              blank
                  + ": the image is blank (all its values are nearly the same), so its class"
                  + " means nothing.");
      assertThat(json.get(0).get("doubt").asText()).isEqualTo("BLANK");
      assertThat(Cli.ok("predict", run, blank, "-q").err()).isEmpty();
    }
    JsonNode sure = Cli.ok("predict", run, drawing("good.png", 4), "--json").json();
    assertThat(sure.get(0).has("doubt")).isFalse();
  }

  @Test
  void blankImagesOfAnIdxFileAreCountedInOneSentence() throws IOException {
    byte[] images = IdxSet.images(5, SIDE);
    Arrays.fill(images, 16 + 64, 16 + 3 * 64, (byte) 7);
    Path idx = Files.write(root.resolve("images"), images);

    Cli text = Cli.ok("predict", run, idx);

    assertThat(text.outLines()).hasSize(5);
    assertThat(text.errLines()).hasSize(1);
    assertThat(text.err()).startsWith("images#1 and 1 more: the image is blank");
  }

  @Test
  void scoresOfZeroHaveNoSign() {
    List<Float> scores = List.of(-0.00001f, -0f, 0f, -0.00006f, -1f);
    assertThat(new Prediction("x", 2, scores, 0, 1, true, null).line())
        .isEqualTo("x\t2\t0.0000\t0.0000\t0.0000\t-0.0001\t-1.0000");
  }

  private Path drawing(String name, int bright) throws IOException {
    BufferedImage image = image(0);
    for (int x = 0; x < 10 * SIDE; x++) {
      for (int y = 0; y < 10; y++) {
        image.getRaster().setSample(x, bright * 10 + y, 0, 255);
      }
    }
    Path file = root.resolve(name);
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    return file;
  }

  private static BufferedImage image(int grey) {
    int side = 10 * SIDE;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    int[] values = new int[side * side];
    Arrays.fill(values, grey);
    image.getRaster().setPixels(0, 0, side, side, values);
    return image;
  }

  private static Make bytes(byte[] content) {
    return file -> Files.write(file, content);
  }

  private static void cutPng(Path file) throws IOException {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1600; i++) {
      image.setRGB(i % 40, i / 40, i * i * 7919);
    }
    ImageIO.write(image, "png", file.toFile());
    Files.write(file, BadInput.half(Files.readAllBytes(file)));
  }
}
