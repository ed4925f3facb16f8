package org.eqprop.core.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eqprop.core.data.Digits;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.network.Network;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.store.Model;
import org.eqprop.core.testing.Blobs;
import org.eqprop.core.train.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in the pages of the API does what the pages say. */
class SnippetsTest {
  @TempDir private Path folder;

  private static float[] input(Samples samples, int i) {
    float[] input = new float[samples.inputSize()];
    samples.copyInput(i, input, 0);
    return input;
  }

  @Test
  void firstStepsLearn() {
    Samples blobs = new Blobs(120, 12, 3, 5);
    float[][] inputs = new float[120][];
    int[] labels = new int[120];
    for (int i = 0; i < 120; i++) {
      inputs[i] = input(blobs, i);
      labels[i] = blobs.label(i);
    }
    Path file = folder.resolve("model.safetensors");
    assertThat(Snippets.firstSteps(inputs, labels, inputs[7], file)).isEqualTo(labels[7]);
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void aNetworkWithASkipConnectionTrains() {
    Network network = Snippets.network();
    assertThat(network.parameterCount()).isEqualTo(10 * 128 + 10 + 128 * 64 + 128 + 10 * 64 + 10);
    double first = Snippets.train(network, Digits.train());
    assertThat(Snippets.train(network, Digits.train())).isLessThan(first).isLessThan(0.3);
    assertThat(Snippets.settle(network, input(Digits.test(), 0))).isBetween(0.0, 1e-3);
  }

  @Test
  void allPredictorsAgree() {
    Samples digits = Digits.train();
    Model model = Training.of(PaperNet.P_1H).hidden(32).epochs(2).fit(digits);
    int count = 25;
    float[] many = new float[count * digits.inputSize()];
    for (int i = 0; i < count; i++) {
      digits.copyInput(i, many, i * digits.inputSize());
    }
    assertThat(Snippets.predict(model, input(digits, 0), many, count))
        .isEqualTo(model.predictor().predict(input(digits, 0)));
    assertThat(Snippets.tensor(model, folder.resolve("model.safetensors"))).isZero();
  }

  @Test
  void theOthersGiveWhatTheySay() {
    assertThat(Snippets.preset())
        .isEqualTo(
            "T = 100, K = 20, rates [0.005, 0.05, 0.2], "
                + (10 * 513 + 512 * 513 + 512 * 785)
                + " parameters");
    assertThat(Snippets.readOut().trainables()).hasSize(2);
    assertThat(Snippets.digits()).isBetween(64, 73);
    assertThat(Snippets.kernels()).matches("(simd|scalar).*; .+");
    assertThat(Snippets.rows()).isEqualTo(1f);
  }

  /** The javadoc tool takes no code from files for the pages of a module and for the first page. */
  @Test
  void theFirstPagesHaveTheSameCode() throws IOException {
    String code = Files.readString(Path.of("src/test/java/org/eqprop/core/snippets/Snippets.java"));
    Matcher region =
        Pattern.compile("@start region=\"first-steps\"\n(.*?)// @end", Pattern.DOTALL)
            .matcher(code);
    assertThat(region.find()).isTrue();
    List<String> expected = region.group(1).strip().lines().map(String::strip).toList();
    for (String page : List.of("java/module-info.java", "javadoc/overview.html")) {
      Matcher snippet =
          Pattern.compile("\\{@snippet :\n(.*?)\n[ *]*\\}\n", Pattern.DOTALL)
              .matcher(Files.readString(Path.of("src/main", page)));
      assertThat(snippet.find()).as(page).isTrue();
      List<String> shown =
          snippet.group(1).lines().map(line -> line.replaceFirst("^ \\*", "").strip()).toList();
      assertThat(shown).as(page).isEqualTo(expected);
    }
  }

  /** A region that no page shows would be run for nothing. */
  @Test
  void eachRegionIsOnAPage() throws IOException {
    String code = Files.readString(Path.of("src/test/java/org/eqprop/core/snippets/Snippets.java"));
    List<String> regions =
        Pattern.compile("@start region=\"([^\"]+)\"")
            .matcher(code)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(regions).hasSizeGreaterThan(8);
    StringBuilder pages = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
      for (Path file :
          files.filter(f -> f.toString().matches(".*(-info\\.java|\\.html)")).toList()) {
        pages.append(Files.readString(file));
      }
    }
    assertThat(regions)
        .allSatisfy(region -> assertThat(pages).contains("region=\"" + region + "\""));
  }
}
