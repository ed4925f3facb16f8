package org.eqprop.examples.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.eqprop.core.data.Digits;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.store.Model;
import org.eqprop.core.train.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each example is run, and what it prints and writes is looked at. */
class LibraryExamplesTest {
  @TempDir private Path folder;

  /** A program with arguments. */
  private interface Main {
    void run(String... args) throws Exception;
  }

  /** The lines that a program prints. */
  private static List<String> lines(Main main, Object... args) throws Exception {
    PrintStream before = System.out;
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      main.run(List.of(args).stream().map(Object::toString).toArray(String[]::new));
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** The number that stands where {@code pattern} has its group, in the only line that has it. */
  private static double number(List<String> lines, String pattern) {
    List<Matcher> found =
        lines.stream().map(Pattern.compile(pattern)::matcher).filter(Matcher::matches).toList();
    assertThat(found).as(pattern + " in " + lines).hasSize(1);
    return Double.parseDouble(found.get(0).group(1));
  }

  @Test
  void serveWhileLearningAnswersAndGetsBetter() throws Exception {
    List<String> lines = lines(ServeWhileLearning::main);
    double first = number(lines, "after  200: +(\\d+) of 200 wrong.*");
    double last = number(lines, "after 2800: +(\\d+) of 200 wrong.*");
    assertThat(first).isGreaterThan(40);
    assertThat(last).isLessThan(25);
    assertThat(lines).contains("the readers had answers");
    assertThat(number(lines, "test error: (.*) %")).isLessThan(9);
  }

  @Test
  void trainOnArraysLearnsTheMoonsAndKeepsTheModel() throws Exception {
    Path file = folder.resolve("moons.safetensors");
    List<String> lines = lines(TrainOnArrays::main, file);
    assertThat(lines).filteredOn(line -> line.matches("epoch \\d+ of 100: .*")).hasSize(5);
    assertThat(number(lines, "error on 400 new points: (.*) %")).isLessThan(2);
    assertThat(number(lines, "the top point has class 0, score (.*)")).isBetween(0.8, 1.0);
    Predictor predictor = Model.read(file).predictor();
    assertThat(predictor.inputSize()).isEqualTo(2);
    assertThat(predictor.predict(new float[] {2 / 3f, 0})).as("the lower moon").isEqualTo(1);
  }

  @Test
  void embedPredictorPredictsTheSameInEachWay() throws Exception {
    List<String> lines = lines(EmbedPredictor::main);
    double asTrained = number(lines, "as trained: (\\d+) of 360 wrong");
    double quick = number(lines, "settled for prediction: (\\d+) of 360 wrong");
    assertThat(asTrained).isLessThan(25);
    assertThat(quick).isCloseTo(asTrained, within(5.0));
    assertThat(number(lines, "in one batch: (\\d+) of 360 wrong")).isEqualTo(quick);
    assertThat(number(lines, "from 8 threads: (\\d+) of 360 wrong")).isEqualTo(quick);
    List<Double> steps =
        lines.stream()
            .filter(line -> line.startsWith("  mean steps: "))
            .map(line -> Double.valueOf(line.substring(14)))
            .toList();
    assertThat(steps).hasSize(2);
    assertThat(steps.get(1)).isLessThan(steps.get(0));
  }

  @Test
  void ownCostIsLessMovedByOutliers() throws Exception {
    List<String> lines = lines(OwnCost::main);
    double squared = number(lines, "squared error: off by (.*)");
    double robust = number(lines, "log cosh: +off by (.*)");
    assertThat(squared).as("a sixth of the targets are off by about 0.6").isGreaterThan(0.08);
    assertThat(robust).isLessThan(squared / 2);
  }

  @Test
  void ownConnectionFindsTheValuesThatCount() throws Exception {
    List<String> lines = lines(OwnConnection::main);
    assertThat(number(lines, "error: (.*) %")).isLessThan(5);
    double[] gains =
        IntStream.range(0, 8).mapToDouble(i -> number(lines, "value " + i + ": (.*)")).toArray();
    double least = Math.min(gains[2], gains[5]);
    assertThat(least).isGreaterThan(1);
    for (int i : new int[] {0, 1, 3, 4, 6, 7}) {
      assertThat(gains[i]).as("value " + i).isLessThan(least / 3);
    }
  }

  @Test
  void fromPyTorchReadsWhatAnotherProgramWrote() throws Exception {
    Network network =
        Network.chain(
            new Prototypical(1, Prototypical.Nudge.OUTSIDE), Activation.SIGMOID, 10, 32, 64);
    network.initialise(1);
    Model model =
        Training.of(PaperNet.P_1H)
            .network(network)
            .learningRates(0.1, 0.2)
            .epochs(12)
            .fit(Digits.train());
    Map<String, float[]> values = new HashMap<>();
    for (Parameter parameter : network.parameters()) {
      values.put(parameter.name(), parameter.write());
    }
    double expected = error(new Model(network, model.steps(), Map.of()));
    assertThat(expected).as("the weights have learned").isLessThan(15);
    Path file = folder.resolve("net.safetensors");
    // as torch.save_file writes it
    write(
        file,
        List.of(
            new Tensor("0.bias", new int[] {32}, values.get("bias.1")),
            new Tensor("0.weight", new int[] {32, 64}, values.get("weight.1")),
            new Tensor("2.bias", new int[] {10}, values.get("bias.0")),
            new Tensor("2.weight", new int[] {10, 32}, values.get("weight.0"))));

    for (Parameter read : FromPyTorch.read(file).parameters()) {
      assertThat(read.write()).as(read.name()).containsExactly(values.get(read.name()));
    }
    Path written = folder.resolve("model.safetensors");
    List<String> lines = lines(FromPyTorch::main, file, written);
    assertThat(lines.get(0)).isEqualTo("read 64-32-10, 2410 weights and biases");
    assertThat(number(lines, "error as read: (.*) %")).isCloseTo(expected, within(0.006));
    double after = number(lines, "error after 3 epochs: (.*) %");
    assertThat(after).isLessThan(expected + 3);
    assertThat(error(Model.read(written))).isCloseTo(after, within(0.006));
  }

  @Test
  void fromPyTorchRefusesShapesThatDoNotFit() throws Exception {
    Path file = folder.resolve("net.safetensors");
    write(
        file,
        List.of(
            new Tensor("0.bias", new int[] {4}, new float[4]),
            new Tensor("0.weight", new int[] {3, 2}, new float[6]),
            new Tensor("2.bias", new int[] {2}, new float[2]),
            new Tensor("2.weight", new int[] {2, 3}, new float[6])));
    assertThatThrownBy(() -> FromPyTorch.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.bias is 4; it must be 3");
    assertThat(lines(FromPyTorch::main)).singleElement().asString().startsWith("Give a");
  }

  /** The test error in percent. */
  private static double error(Model model) {
    Samples test = Digits.test();
    Predictor predictor = model.predictor();
    float[] input = new float[64];
    int wrong = 0;
    for (int i = 0; i < test.size(); i++) {
      test.copyInput(i, input, 0);
      wrong += predictor.predict(input) == test.label(i) ? 0 : 1;
    }
    return 100.0 * wrong / test.size();
  }

  /** A float32 tensor, row by row. */
  private static final class Tensor {
    private final String name;
    private final int[] shape;
    private final float[] values;

    private Tensor(String name, int[] shape, float[] values) {
      this.name = name;
      this.shape = shape;
      this.values = values;
    }
  }

  /** Writes safetensors byte by byte, with none of the library's code. */
  private static void write(Path file, List<Tensor> tensors) throws Exception {
    var data = new ByteArrayOutputStream();
    List<String> entries = new ArrayList<>();
    for (Tensor tensor : tensors) {
      int begin = data.size();
      for (float value : tensor.values) {
        littleEndian(data, Float.floatToRawIntBits(value), 4);
      }
      entries.add(
          "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(
                  tensor.name,
                  IntStream.of(tensor.shape).boxed().toList().toString().replace(" ", ""),
                  begin,
                  data.size()));
    }
    String json = "{\"__metadata__\":{\"format\":\"pt\"}," + String.join(",", entries) + "}";
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    var all = new ByteArrayOutputStream();
    littleEndian(all, header.length, 8);
    all.write(header);
    data.writeTo(all);
    Files.write(file, all.toByteArray());
  }

  private static void littleEndian(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * i)));
    }
  }
}
