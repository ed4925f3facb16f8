package org.eqprop.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.eqprop.core.testing.Java;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/embedding.md, one block after the other, is compiled and run. */
class EmbeddingGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "embedding.md");

  private static final String BEFORE =
      """
      import java.nio.file.Path;
      import java.util.Random;
      import org.eqprop.core.cost.CrossEntropy;
      import org.eqprop.core.data.Digits;
      import org.eqprop.core.kernel.Activation;
      import org.eqprop.core.kernel.KernelsSelector;
      import org.eqprop.core.learn.AdjustableRate;
      import org.eqprop.core.learn.BatchPredictor;
      import org.eqprop.core.learn.LearningRates;
      import org.eqprop.core.learn.LivePredictor;
      import org.eqprop.core.learn.Predictor;
      import org.eqprop.core.learn.PredictorPool;
      import org.eqprop.core.learn.Samples;
      import org.eqprop.core.learn.Sgd;
      import org.eqprop.core.network.Network;
      import org.eqprop.core.network.Parts;
      import org.eqprop.core.network.Prototypical;
      import org.eqprop.core.preset.PaperNet;
      import org.eqprop.core.store.Model;
      import org.eqprop.core.train.OnlineTraining;
      import org.eqprop.core.train.Training;

      public final class Guide {
        public static void main(String[] args) {
          Random random = new Random(1);
          float[][] inputs = new float[600][2];
          int[] labels = new int[600];
          for (int i = 0; i < 600; i++) {
            labels[i] = i % 2;
            inputs[i][0] = (float) (random.nextDouble() + labels[i]) / 2;
            inputs[i][1] = (float) random.nextDouble();
          }
          float[] input = {0.75f, 0.5f};
          Path file = Path.of(args[0]);
      """;

  /** What is to come of it. */
  private static final String AFTER =
      """
          System.out.println(label + " " + best + " " + top[0] + " " + fromAnyThread);
          System.out.println(classes[0] + " " + classes[1] + " " + classes[2]);
          System.out.println(score > 0.5f && value > 0.5f && value < 1);
          System.out.println(first.network() == network && second.network() == network);
          System.out.println(digits.predictor().classes());
          System.out.println(online.updates() + " " + live.classes() + " " + found.steps());
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void itsCodeRuns() throws Exception {
    Matcher blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
    List<String> code = blocks.results().map(block -> block.group(1)).toList();
    assertThat(code).hasSizeGreaterThanOrEqualTo(5);
    Path source = folder.resolve("Guide.java");
    Files.writeString(source, code.stream().collect(Collectors.joining("\n", BEFORE, AFTER)));
    int failed =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-cp",
                Java.library().toString(),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(failed).as("javac's exit code").isZero();
    List<String> lines = run().lines().toList();
    assertThat(lines).filteredOn(line -> line.matches("epoch \\d+ of 50: .*")).isNotEmpty();
    String last = lines.get(lines.size() - 7);
    assertThat(last).as("the digits' last epoch").contains("test error 2.");
    assertThat(lines.subList(lines.size() - 6, lines.size()))
        .containsExactly("1 1 1 1", "0 0 0", "true", "true", "10", "600 2 30");
  }

  private String run() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                Java.library() + File.pathSeparator + folder,
                "Guide",
                folder.resolve("model.safetensors").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    return said;
  }
}
