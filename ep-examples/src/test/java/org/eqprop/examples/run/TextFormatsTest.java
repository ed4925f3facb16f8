package org.eqprop.examples.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eqprop.core.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every text format of a configuration in every encoding that editors write. */
class TextFormatsTest {
  private static final String TOML =
      """
      # Zoë's run
      preset = "p-2h"
      epochs = 3
      hidden = [16, 8]
      lr = [0.5, 0.25, 1]
      data = "Zürich"
      """;

  private static final String JSON =
      """
      {
        "preset": "p-2h",
        "epochs": 3,
        "hidden": [16, 8],
        "lr": [0.5, 0.25, 1],
        "data": "Zürich"
      }
      """;

  private static final List<String> ENCODINGS =
      List.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE");

  @TempDir Path folder;

  static Stream<Arguments> files() {
    List<Arguments> files = new ArrayList<>();
    for (String format : List.of("toml", "json", "run")) {
      for (String encoding : ENCODINGS) {
        for (String mark : List.of("", "\uFEFF")) {
          for (String end : List.of("\n", "\r\n")) {
            files.add(Arguments.of(format, encoding, mark, end));
          }
        }
      }
    }
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void anyEncodingOfUnicodeIsRead(String format, String encoding, String mark, String end)
      throws IOException {
    Config right = Configs.resolve(null, write("right.toml", TOML.getBytes(UTF_8)), none());
    String text =
        switch (format) {
          case "toml" -> TOML;
          case "json" -> JSON;
          default -> Configs.JSON.writeValueAsString(right);
        };
    byte[] bytes = (mark + text.replace("\n", end)).getBytes(Charset.forName(encoding));
    Path file = write("mine", bytes);

    assertThat(Configs.resolve(null, file, none())).isEqualTo(right);
    if (format.equals("run")) {
      assertThat(Configs.read(file)).isEqualTo(right);
    }
  }

  @Test
  void otherEncodingsAreRefusedWithTheLine() throws IOException {
    String right = "line 6 has bytes that are no UTF-8 text; save the file as UTF-8.";
    Path toml = write("mine", TOML.replace("ë", "e").getBytes(ISO_8859_1));
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> Configs.resolve(null, toml, none()))
        .withMessage("The file " + toml + " is not valid: " + right);
    Path json = write("config.json", JSON.getBytes(ISO_8859_1));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Configs.read(json))
        .withMessage("Cannot read " + json + ": " + right);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.json | {'T': 7}{'T': 9}     | is not valid JSON in line 1",
        "a.json | {'T': 7} trailing    | is not valid JSON in line 1",
        "mine   | {'T': 7}]            | is not valid JSON in line 1",
        "a.json | []                   | has no entries: its JSON is no object",
        "a.json | null                 | has no entries: its JSON is no object",
      },
      quoteCharacter = '"')
  void whatIsNoConfigurationIsRefused(String name, String text, String reason) throws IOException {
    Path file = write(name, text.replace("'", "\"").getBytes(UTF_8));
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> Configs.resolve("p-1h", file, none()))
        .withMessageStartingWith("The file " + file + " " + reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"solver-options", "solverOptions", "SOLVER_OPTIONS"})
  void theSolversOptionsHaveTheNameOfTheOption(String name) throws IOException {
    String text = "solver = \"anderson\"\n" + name + " = [\"memory=6\"]\n";
    Config config = Configs.resolve("p-1h", write("mine", text.getBytes(UTF_8)), none());

    assertThat(config.settlingMode().solverOptions()).containsExactly("memory=6");
  }

  @Test
  void aRunsConfigurationEndsWhereItEnds() throws IOException {
    Config right = Configs.resolve("p-1h", null, none());
    String text = Configs.JSON.writeValueAsString(right);
    assertThat(Configs.read(write("config.json", text.getBytes(UTF_8)))).isEqualTo(right);
    Path longer = write("config.json", (text + " {\"x\": 1}").getBytes(UTF_8));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Configs.read(longer))
        .withMessage("The file " + longer + " is not valid JSON; restore it from a copy.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "T = 7\nK = 3",
        "t = 7\nk = 3",
        "free-steps = 7\nnudged-steps = 3",
        "free_steps = 7\nnudged_steps = 3",
        "Free-Steps = 7\n\"--nudged-steps\" = 3",
        "T = 7.0\nK = 3e0",
        "{\"T\": 7.0, \"k\": 30e-1}",
        "\n\n  {\"free-steps\": 7, \"nudged-steps\": 3}",
        "T = 0x7\nK = +3",
      })
  void namesAndNumbersAreReadInTheOneWayTheyCanBeMeant(String text) throws IOException {
    Config config = Configs.resolve("p-1h", write("mine", text.getBytes(UTF_8)), none());

    assertThat(config).isEqualTo(Configs.resolve("p-1h", null, none().put("t", 7).put("k", 3)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hidden = 16", "hidden = [16]", "hidden = 16.0", "HIDDEN = [16.0]"})
  void oneNumberIsAListOfOne(String text) throws IOException {
    Config config = Configs.resolve("p-1h", write("mine", text.getBytes(UTF_8)), none());

    assertThat(config.hidden()).containsExactly(16);
  }

  @Test
  void everyNameOfTheOptionsInCapitalsIsThatOption() throws IOException {
    Config right = Configs.resolve("p-conv", null, none());
    var tree = Configs.JSON.valueToTree(right);
    var capitals = none();
    tree.properties().forEach(e -> capitals.set(e.getKey().toUpperCase(Locale.ROOT), e.getValue()));
    Path file = write("mine", Configs.JSON.writeValueAsBytes(capitals));

    assertThat(Configs.resolve(null, file, none())).isEqualTo(right);
  }

  @Test
  void anEmptyFileSaysNothing() throws IOException {
    for (String text : List.of("", "\n", "# nothing", "\uFEFF", "{}")) {
      Path file = write("mine", text.getBytes(UTF_8));
      assertThat(Configs.resolve(null, file, none()))
          .isEqualTo(Configs.resolve(null, null, none()));
    }
  }

  private static ObjectNode none() {
    return Configs.JSON.createObjectNode();
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }
}
