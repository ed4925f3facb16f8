package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.eqprop.core.internal.file.Visible;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that would steer a terminal, in every place where a command takes one. */
class HostileNamesTest {
  /** Sets a terminal's title, its colour, and begins a line of its own. */
  private static final String ANSI = "a\u001b]0;x\u0007\u001b[31mb\n\tc";

  /** Writes from right to left, and ends a line for some programs. */
  private static final String BIDI = "a\u202egpj.b\u2028c\u009b1m";

  @TempDir static Path shared;
  @TempDir Path root;

  @BeforeAll
  static void prepare() {
    Cli.ok("train", Cli.SMALL, "--epochs", "1", "--out", shared.resolve("run"));
  }

  static Stream<Arguments> commands() {
    return Stream.of(
            "NAME",
            "--NAME",
            "train NAME",
            "train --NAME",
            "train --data NAME",
            "train --config NAME",
            "train --resume NAME",
            "train --lr NAME",
            "train --method NAME",
            "train --epochs NAME",
            "evaluate NAME",
            "evaluate RUN --part NAME",
            "evaluate RUN --data NAME",
            "predict NAME i.png",
            "predict RUN NAME",
            "gdu NAME",
            "verify NAME",
            "verify --precision NAME f",
            "presets --convention NAME",
            "data download NAME",
            "bench compare NAME b",
            "bench --include (NAME",
            "help NAME")
        .flatMap(command -> Stream.of(ANSI, BIDI).map(name -> Arguments.of(command, name)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void messagesShowThem(String command, String name) {
    List<String> words =
        Stream.of(command.split(" ", -1))
            .map(word -> word.replace("NAME", name))
            .map(word -> word.replace("RUN", shared.resolve("run").toString()))
            .toList();

    Cli run = Cli.run(words);

    assertThat(run.code()).isNotZero();
    assertThat(Visible.lines(run.err())).isEqualTo(run.err());
    assertThat(run.errLines()).hasSizeLessThan(3);
    assertThat(run.errLines().get(0)).startsWith("ep: ").doesNotContain("\t");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // allows no such names
  void resultsShowThem() throws IOException {
    Path set = IdxSet.write(root.resolve(ANSI + " set"), 8);
    Path folder = root.resolve(ANSI + " run");
    Path image = root.resolve(ANSI + ".png");
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), "png", image.toFile());

    Cli train =
        Cli.ok("train", Cli.SMALL.subList(2, 10), "--epochs", "1", "--data", set, "--out", folder);
    assertThat(train.outLines()).hasSize(3);
    assertThat(train.out()).contains("run          " + Visible.line(folder.toString()));
    Cli predict = Cli.ok("predict", folder, image);
    assertThat(predict.outLines()).hasSize(1);
    assertThat(predict.out().split("\t", -1))
        .hasSize(12)
        .startsWith(Visible.line(image.toString()));
    Cli evaluate = Cli.ok("evaluate", folder);
    for (Cli run : List.of(train, predict, evaluate)) {
      assertThat(Visible.lines(run.out() + run.err())).isEqualTo(run.out() + run.err());
      assertThat(run.out() + run.err()).contains("\\u001b");
    }
    assertThat(Cli.ok("predict", folder, image, "--json").json().get(0).get("image").asText())
        .isEqualTo(image.toString());
    assertThat(folder.resolve("curve.svg"))
        .content()
        .contains("\\u001b[31mb")
        .doesNotContain("\u001b");
  }

  @Test
  void helpMayHaveColours() {
    Output output = new Output(new java.io.StringWriter(), true);
    output.print("\u001b[1m");
    assertThat(output.checkError()).isFalse();
    assertThat(Cli.ok("train", "--help").out()).contains("--trials");
  }
}
