package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.store.Model;
import org.eqprop.core.store.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Activations, initial weights, strides, poolings and channels through the commands. */
class NetworkOptionsTest {
  private static final List<String> FAST =
      List.of("--limit", "40", "-T", "10", "-K", "3", "--batch", "20");

  /** Learning rates so small that the weights stay what they were. */
  private static final List<String> STILL = List.of("--lr", "0.0,0.0", "--hidden", "24");

  @TempDir Path root;

  private Path train(String name, Object... words) {
    Path run = root.resolve(name);
    List<String> all = Cli.words(words);
    List<String> epochs = all.contains("--epochs") ? List.of() : List.of("--epochs", "1");
    Cli.ok("train", all.get(0), FAST, epochs, all.subList(1, all.size()), "--out", run);
    return run;
  }

  private static Network network(Path run) {
    return Model.read(run.resolve("model.safetensors"), KernelsSelector.kernels()).network();
  }

  private static JsonNode config(Path run) {
    return Cli.json(run.resolve("config.json"));
  }

  /** Whether the classes that are predicted one by one are as often wrong as evaluating says. */
  private static void assertPredictsAsItEvaluates(Path run, Path data, int samples) {
    double errors = Cli.ok("evaluate", run, "--json").json().get("errors").asDouble();
    JsonNode all = Cli.ok("predict", run, data.resolve(IdxSet.TEST_IMAGES), "--json").json();
    assertThat(all).hasSize(samples);
    int wrong = 0;
    for (int i = 0; i < samples; i++) {
      wrong += all.get(i).get("label").asInt() == i % 10 ? 0 : 1;
    }
    assertThat(wrong).isEqualTo((int) errors).isLessThan(samples);
  }

  private static double[] numbers(float[] values) {
    double[] numbers = new double[values.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values[i];
    }
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(strings = {"sigmoid", "hard-sigmoid-half", "relu6"})
  void activationsAreTrainedWithAndKept(String activation) {
    Path run = train("run", "p-1h", "--hidden", "24", "--activation", activation);
    assertThat(network(run).output().activation().id()).isEqualTo(activation);
    assertThat(config(run).get("activation").asText()).isEqualTo(activation);
    Cli.ok("evaluate", run);
  }

  @Test
  void theDefaultIsFanInUniform() throws IOException {
    Path plain = train("plain", "p-1h", "--hidden", "24");
    List<String> words = List.of("--init", "fan-in-uniform", "--init-gain", "1");
    Path named = train("named", "p-1h", "--hidden", "24", words, "--pooling", "max");
    assertThat(Files.readString(named.resolve("config.json")))
        .isEqualTo(Files.readString(plain.resolve("config.json")));
    for (String file : List.of("model.safetensors", "checkpoint.safetensors")) {
      assertThat(named.resolve(file)).hasSameBinaryContentAs(plain.resolve(file));
    }
    Path gained = train("gained", "p-1h", STILL, "--init-gain", "3");
    float[] thrice = network(gained).connections().get(0).parameters().get(0).write();
    float[] once = network(train("still", "p-1h", STILL)).parameters().get(0).write();
    for (int i = 0; i < once.length; i++) {
      assertThat(thrice[i]).isCloseTo(3 * once[i], within(1e-6f));
    }
  }

  /** As they were written before there were these settings. */
  @Test
  void anOlderRunGoesOnToTheSameBits() throws IOException {
    List<String> net = List.of("--channels", "4", "--lr", "0.1,0.1");
    Path whole = train("whole", "p-conv", net, "--epochs", "2");
    Path run = train("run", "p-conv", net, "--epochs", "1");
    Path file = run.resolve("config.json");
    ObjectNode config = (ObjectNode) config(run);
    assertThat(config.get("stride").asInt()).isEqualTo(1);
    assertThat(config.get("pool-stride").asInt()).isEqualTo(2);
    config.remove(List.of("init", "init-gain", "stride", "pooling", "pool-stride"));
    Files.writeString(file, config.toPrettyString());
    Cli.ok("train", "--resume", run, "--epochs", "2");
    for (String name : List.of("model.safetensors", "checkpoint.safetensors")) {
      assertThat(run.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
    }
    assertThat(
            Safetensors.read(run.resolve("checkpoint.safetensors")).metadata().get("note.config"))
        .contains("\"pool\"")
        .doesNotContain("init", "stride", "pooling");
  }

  @Test
  void aConfigurationCanBeGivenAsAWhole() throws IOException {
    List<String> net = List.of("--channels", "4", "--kernel", "3", "--lr", "0.1,0.1");
    List<String> odd = List.of("--stride", "2", "--pooling", "average", "--init", "orthogonal");
    Path run = train("run", "p-conv", net, odd, "--init-gain", "1.0,2.0");
    Path again = root.resolve("again");
    Cli.ok("train", "--config", run.resolve("config.json"), "--out", again);
    assertThat(again.resolve("model.safetensors"))
        .hasSameBinaryContentAs(run.resolve("model.safetensors"));
    Path file =
        Files.writeString(
            root.resolve("net.toml"),
            """
            stride = 2
            pooling = "average"
            pool_stride = 2
            init = "orthogonal"
            init-gain = [1, 2]
            """);
    Path fromFile = train("file", "p-conv", net, "--config", file);
    assertThat(fromFile.resolve("model.safetensors"))
        .hasSameBinaryContentAs(run.resolve("model.safetensors"));
  }

  /** The first gain is the read-out's, as the first learning rate is. */
  @Test
  void theFirstGainIsTheReadOuts() {
    Path one = train("one", "p-1h", STILL, "--cost", "cross-entropy");
    Path two = train("two", "p-1h", STILL, "--cost", "cross-entropy", "--init-gain", "2.0,1.0");
    List<float[]> before = network(one).parameters().stream().map(Parameter::write).toList();
    List<float[]> after = network(two).parameters().stream().map(Parameter::write).toList();
    assertThat(after.get(0)).isEqualTo(before.get(0));
    assertThat(after.get(2)[5]).isEqualTo(2 * before.get(2)[5]);
  }

  @Test
  void orthogonalWeightsAndTheirGains() {
    Path run = train("run", "p-1h", STILL, "--init", "orthogonal", "--init-gain", "0.5,2");
    double[] gains = {0.5, 2};
    for (int c = 0; c < 2; c++) {
      List<Parameter> parameters = network(run).connections().get(c).parameters();
      double[] w = numbers(parameters.get(0).write());
      int rows = parameters.get(0).shape().dimension(0);
      int columns = w.length / rows;
      for (int r = 0; r < rows; r++) {
        double product = 0;
        double square = 0;
        for (int i = 0; i < columns; i++) {
          product += w[i] * w[r * columns + i];
          square += w[r * columns + i] * w[r * columns + i];
        }
        assertThat(square).isCloseTo(gains[c] * gains[c], within(1e-5));
        assertThat(product).isCloseTo(r == 0 ? square : 0, within(1e-5));
      }
      assertThat(parameters.get(1).write()).containsOnly(0f);
    }
    assertThat(config(run).get("init").asText()).isEqualTo("orthogonal");
    assertThat(config(run).get("init-gain").toString()).isEqualTo("[0.5,2.0]");
  }

  @Test
  void aFileSaysTheSameAndARunGoesOn() throws IOException {
    Path file =
        Files.writeString(root.resolve("net.toml"), "init = \"glorot-uniform\"\ninit-gain = 2\n");
    Path run = train("run", "p-1h", "--hidden", "24", "--config", file);
    Path options =
        train("options", "p-1h", "--hidden", "24", "--init", "glorot-uniform", "--init-gain", 2);
    assertThat(run.resolve("model.safetensors"))
        .hasSameBinaryContentAs(options.resolve("model.safetensors"));
    Cli.ok("train", "--resume", run, "--epochs", "2");
  }

  @Test
  void otherInitialWeightsOnResumingAreRefused() throws IOException {
    Path run = train("run", "p-1h", "--hidden", "24");
    Path file = run.resolve("config.json");
    Files.writeString(
        file, Files.readString(file).replace("\"fan-in-uniform\"", "\"glorot-uniform\""));
    Cli resumed = Cli.run("train", "--resume", run, "--epochs", "2");
    assertThat(resumed.code()).isNotZero();
    assertThat(resumed.err()).contains("init is \"glorot-uniform\" and was \"fan-in-uniform\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--init glorot | no value of --init; choose one of fan-in-uniform, glorot-uniform,"
            + " orthogonal.",
        "--stride 1 | stride is 1, but the network has no convolutions",
        "--channels 4 --kernel 3 --pool 2 --stride 2 --convolution winograd | convolution is"
            + " winograd, but Winograd's algorithm is for stride 1; leave it out.",
        "--channels 4 --kernel 3 --pool 7 --padding 1 --stride 2 | The pooling window of 7x7 is"
            + " larger than the map of 4x4, for images of 1x8x8; make kernel, stride or pool"
            + " smaller",
        "--init-gain 1,2,3 | init-gain has 3 values; give one for all connections, or 2",
        "--init-gain 0 | init-gain has 0.0; gains must be above 0 and finite.",
        "--stride 2 | stride is 2, but the network has no convolutions",
        "--pooling average | pooling is average, but the network has no convolutions",
        "--pool-stride 2 | pool-stride is 2, but the network has no convolutions",
        "--channels 4 --kernel 3 --pool 2 --stride 0 | stride is 0; it must be at least 1.",
        "--channels 4 --kernel 3 --pool 2 --pooling mean | no value of --pooling",
        "--channels 4 --kernel 3 --pool 2 --pool-stride 0 | pool-stride is 0; it must be"
      })
  void whatCannotBeIsRefusedInOneSentence(String options, String sentence) {
    int layers = options.contains("channels") ? 3 : 2;
    String rates = String.join(",", List.of("0.1", "0.1", "0.1").subList(0, layers));
    Cli cli =
        Cli.run(
            "train",
            List.of("p-1h", "--hidden", "24", "--lr", rates),
            List.of(options.split(" ", -1)),
            List.of("--out", root.resolve("run")));
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains(sentence).doesNotContain("Exception");
  }

  @ParameterizedTest
  @CsvSource({
    "'--stride 2 --pool 1', 4x4x4",
    "'--pooling average --pool 2', 4x4x4",
    "'--pool 3 --pool-stride 2', 4x3x3",
    "'--stride 2 --pool 3 --pool-stride 1 --pooling average --mode fast', 4x2x2"
  })
  void stridesAndPoolingsAreTrainedWithEvaluatedAndGoOn(String options, String maps)
      throws IOException {
    List<String> words = List.of(options.split(" ", -1));
    List<String> net = List.of("--channels", "4", "--kernel", "3", "--padding", "1");
    Path run = train("run", "p-conv", net, words, "--lr", "0.1,0.1");
    assertThat(network(run).layers().get(1).shape().toString()).isEqualTo(maps);
    Cli.ok("train", "--resume", run, "--epochs", "2");
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize(2);
    Path whole = train("whole", "p-conv", net, words, "--lr", "0.1,0.1", "--epochs", "2");
    assertThat(run.resolve("model.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("model.safetensors"));
  }

  @ParameterizedTest
  @CsvSource({"1, 11, 9, 3", "3, 11, 9, 3", "3, 9, 13, 5", "2, 8, 8, 3", "4, 12, 7, 3"})
  void whatIsPredictedIsWhatIsEvaluated(int channels, int height, int width, int kernel)
      throws IOException {
    Path data = IdxSet.write(root.resolve("set"), channels, height, width);
    Path run = root.resolve("run");
    Cli.ok(
        List.of("train", "p-conv", "--data", data.toString(), "--channels", "12"),
        List.of("--kernel", "" + kernel, "--stride", "2", "--pooling", "average", "--pool", "2"),
        List.of("--pool-stride", "1", "--lr", "0.2,0.5", "--epochs", "40", "--batch", "4"),
        List.of("--init", "glorot-uniform", "-T", "20", "--out", run.toString()));
    assertPredictsAsItEvaluates(run, data, 20);
  }

  /** The updates tend to the gradient as β goes to 0, so each derivative is right. */
  @Test
  void gduTakesThemToo() {
    List<String> net =
        List.of("--data", "digits", "--channels", "4", "--kernel", "3", "--padding", "1");
    List<String> odd = List.of("--stride", "2", "--pooling", "average", "--pool-stride", "1");
    JsonNode result =
        Cli.ok("gdu", "p-conv", "-T", "40", "-K", "4", "--batch", "2", net, odd, "--json").json();
    assertThat(result.get("sizes").toString()).isEqualTo("[10,36,64]");
    assertThat(result.get("stride").asInt()).isEqualTo(2);
    assertThat(result.get("pooling").asText()).isEqualTo("average");
    assertThat(result.get("pool-stride").asInt()).isEqualTo(1);

    List<String> words = List.of("-T", "2000", "-K", "5", "--betas", "1e-4,1e-5", "--batch", "2");
    for (JsonNode row : Cli.ok("gdu", "p-conv", words, net, odd, "--json").json().get("rows")) {
      if (!row.get("kind").asText().equals("layer")) {
        assertThat(row.get("relMse").get(1).asDouble()).as(row.toString()).isLessThan(1e-3);
      }
    }
  }

  @Test
  void severalChannelsGoThroughEveryCommand() throws IOException {
    Path data = IdxSet.write(root.resolve("colours"), 3, 11, 9);
    List<String> set = List.of("--data", data.toString());
    List<String> net = List.of("--channels", "4", "--kernel", "3", "--lr", "0.1,0.1");
    Path run = train("run", "p-conv", set, net);
    assertThat(network(run).input().shape().toString()).isEqualTo("3x11x9");
    assertThat(network(run).connections().get(1).parameters().get(0).shape().toString())
        .isEqualTo("4x3x3x3");
    Cli.ok("evaluate", run);
    Path images = Files.write(root.resolve("more"), IdxSet.colours(5, 3, 11, 9));
    assertThat(Cli.ok("predict", run, images).outLines()).hasSize(5);
    Cli.ok("train", "--resume", run, "--epochs", "2");
    Path full = train("full", "p-1h", set, "--hidden", "12", "--lr", "0.1,0.1");
    assertThat(network(full).input().shape().toString()).isEqualTo("3x11x9");
    Cli.ok(
        List.of("gdu", "p-conv", "-T", "20", "-K", "2", "--batch", "2"),
        List.of("--channels", "4", "--kernel", "3"),
        set);
  }

  /** The pixels of an IDX file as a picture give the same scores. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void picturesArePredictedAsTheirPixels(int channels) throws IOException {
    Path run = colours(channels);
    byte[] pixels = IdxSet.colours(1, channels, 11, 9);
    BufferedImage image = new BufferedImage(9, 11, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < 99; p++) {
      int last = 20 + (channels - 1) * 99 + p;
      int green = 20 + (channels - 1) / 2 * 99 + p;
      int rgb = (pixels[20 + p] & 0xFF) << 16 | (pixels[green] & 0xFF) << 8 | (pixels[last] & 0xFF);
      image.setRGB(p % 9, p / 9, rgb);
    }
    Path idx = Files.write(root.resolve("pixels"), pixels);
    assertThat(scores(run, picture(image))).isEqualTo(scores(run, idx));
  }

  @Test
  void aGreyPictureIsThreeEqualChannels() throws IOException {
    Path run = colours(3);
    byte[] pixels = IdxSet.colours(1, 3, 11, 9);
    BufferedImage image = new BufferedImage(9, 11, BufferedImage.TYPE_BYTE_GRAY);
    for (int p = 0; p < 99; p++) {
      image.getRaster().setSample(p % 9, p / 9, 0, p);
      for (int c = 0; c < 3; c++) {
        pixels[20 + c * 99 + p] = (byte) p;
      }
    }
    Path idx = Files.write(root.resolve("pixels"), pixels);
    assertThat(scores(run, picture(image))).isEqualTo(scores(run, idx));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void aPictureForOtherChannelsIsRefusedAndTheOthersAreAnswered(int channels) throws IOException {
    Path run = colours(channels);
    Path idx = Files.write(root.resolve("pixels"), IdxSet.colours(2, channels, 11, 9));
    Path picture = picture(new BufferedImage(9, 11, BufferedImage.TYPE_INT_RGB));
    Cli refused = Cli.run("predict", run, picture, idx);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.outLines()).hasSize(2);
    assertThat(refused.errLines().get(0))
        .isEqualTo(
            "ep: "
                + picture
                + " is a picture, which is read as grey or as red, green and blue, but the model"
                + " takes images of "
                + channels
                + "x11x9; give an IDX file.");
  }

  private Path colours(int channels) throws IOException {
    Path data = IdxSet.write(root.resolve("colours"), channels, 11, 9);
    List<String> net = List.of("--channels", "4", "--kernel", "3", "--lr", "0.1,0.1");
    return train("run", "p-conv", "--data", data, net);
  }

  private Path picture(BufferedImage image) throws IOException {
    Path picture = root.resolve("picture.png");
    assertThat(ImageIO.write(image, "png", picture.toFile())).isTrue();
    return picture;
  }

  private static JsonNode scores(Path run, Path image) {
    return Cli.ok("predict", run, image, "--json").json().get(0).get("scores");
  }
}
