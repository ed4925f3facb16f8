package org.eqprop.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Shape;

/** Mistakes with {@code ep export}, {@code ep import} and {@code --init MODEL}. */
class ExchangeBadInputTest extends BadInput {
  static Stream<Row> rows() {
    return Stream.concat(exports(), Stream.concat(imports(), starts()));
  }

  private static Row export(String options, int code, String... parts) {
    return new Row(
        "export " + options,
        code,
        root -> {
          List<String> words = new ArrayList<>(List.of("export", copyRun(root)));
          for (String word : List.of(options.split(" ", -1))) {
            words.add(word.replace("ROOT", root.toString()));
          }
          return words;
        },
        parts);
  }

  private static Stream<Row> exports() {
    return Stream.of(
        export("--to ROOT/a.txt", USAGE, "does not say in which format", ".npz"),
        export("--to ROOT/a.npy", USAGE, "holds one array, but there are 4", "--only"),
        export("--to ROOT/a.npz --only weight.7", USAGE, "There is no array 'weight.7'"),
        export("--to ROOT/a.npz --names weight.7=a", USAGE, "--names has 'weight.7'"),
        export("--to ROOT/a.npz --names weight.0", USAGE, "write OURS=THEIRS"),
        export("--to ROOT/a.npz --names weight.0=../b", USAGE, "cannot be a file's name"),
        export("--to ROOT/a.npz --names weight.0=bias.0", USAGE, "Two arrays are called"),
        export("--to ROOT/a.npz --what weight", USAGE, "--what"),
        export("--to ROOT/a.npz --samples 3", USAGE, "Weights are of no samples"),
        export("--to ROOT/a.npz --what states --samples 0", USAGE, "--samples is 0"),
        export("--to ROOT/a.npz --what states --part tests", USAGE, "There is no part 'tests'"),
        export("--to ROOT/a.safetensors --what labels", USAGE, "labels holds whole numbers"),
        export("--to ROOT/a.onnx --what states", USAGE, "only -T goes with it"),
        export("--to ROOT/a.onnx -T 0", USAGE, "-T is 0; it must be at least 1."),
        export("--to ROOT/none/a.onnx", FAILURE, "Cannot write ROOT/none/a.onnx"),
        export("--to ROOT/a.npz --what gradients --method bttp", USAGE, "no method 'bttp'"),
        new Row(
            "gradients of a model alone",
            USAGE,
            root -> {
              Path model = Path.of(copyRun(root), "model.safetensors");
              Path alone = Files.createDirectory(root.resolve("alone")).resolve("m.safetensors");
              Files.copy(model, alone);
              return List.of(
                  "export", alone.toString(), "--to", root + "/a.npz", "--what", "gradients");
            },
            "A gradient needs beta and K"));
  }

  /** Makes a file of tensors. */
  private interface Tensors {
    void put(Safetensors container);
  }

  private static Row imports(String name, Tensors tensors, String options, String... parts) {
    return imports(USAGE, name, tensors, options, parts);
  }

  private static Row imports(
      int code, String name, Tensors tensors, String options, String... parts) {
    return new Row(
        "import " + name,
        code,
        root -> {
          Safetensors container = new Safetensors();
          tensors.put(container);
          container.write(root.resolve("net.safetensors"));
          List<String> words = new ArrayList<>(List.of("import", root + "/net.safetensors"));
          words.addAll(List.of("--to", root + "/m.safetensors"));
          words.addAll(options.isEmpty() ? List.of() : List.of(options.split(" ")));
          return words;
        },
        parts);
  }

  private static void net(Safetensors c) {
    c.put("0.weight", Shape.of(6, 64), new float[6 * 64]);
    c.put("0.bias", Shape.of(6), new float[6]);
    c.put("2.weight", Shape.of(10, 6), new float[10 * 6]);
  }

  private static Stream<Row> imports() {
    return Stream.of(
        imports("no matrix", c -> c.put("a", Shape.of(3), new float[3]), "", "has no matrix"),
        imports(
            "no chain",
            c -> {
              c.put("0.weight", Shape.of(6, 64), new float[6 * 64]);
              c.put("2.weight", Shape.of(10, 7), new float[70]);
            },
            "",
            "do not follow one another by their names (0.weight 6x64, 2.weight 10x7)"),
        imports(
            "a layer of another kind",
            c -> {
              net(c);
              c.put("1.running_mean", Shape.of(6), new float[6]);
            },
            "",
            "has the tensor 1.running_mean, which belongs to no fully connected layer"),
        imports(
            "a weight that is not finite",
            c -> {
              net(c);
              float[] values = new float[60];
              values[7] = Float.NaN;
              c.put("2.weight", Shape.of(10, 6), values);
            },
            "",
            "The tensor 2.weight has the value NaN"),
        imports(
            "a bias of another size",
            c -> {
              net(c);
              c.put("0.bias", Shape.of(7), new float[7]);
            },
            "",
            "The tensor 0.bias has the shape 7, but bias.1 has 6."),
        imports(
            FAILURE,
            "no such name",
            ExchangeBadInputTest::net,
            "--names weight.0=9.weight",
            "no tensor '9.weight'"),
        imports(
            "no output", ExchangeBadInputTest::net, "--names weight.1=0.weight", "has no weight.0"),
        imports(
            FAILURE,
            "other data",
            ExchangeBadInputTest::net,
            "--data mnist-of-old",
            "mnist-of-old"),
        imports(
            "slow",
            ExchangeBadInputTest::net,
            "--feed-forward --preset eb-1h",
            "Only a prototypical"),
        imports("no data", ExchangeBadInputTest::net, "--config x.toml", "give --data"));
  }

  private static Row start(String name, Setup setup, int code, String... parts) {
    return new Row("init: " + name, code, setup, parts);
  }

  private static List<String> from(Path root, String model, String hidden) {
    return List.of(
        "train",
        "p-1h",
        "--hidden",
        hidden,
        "--init",
        model,
        "--out",
        root + "/new",
        "--limit",
        "60");
  }

  private static Stream<Row> starts() {
    return Stream.of(
        start("no file", root -> from(root, root + "/no", "16"), USAGE, "there is no model"),
        start(
            "no name",
            root -> from(root, "glorot", "16"),
            USAGE,
            "'glorot' is no value of --init",
            "'glorot-uniform'?"),
        start(
            "another network",
            root -> from(root, copyRun(root), "17"),
            USAGE,
            "weight.1 16x64, but the network that is to be trained has bias.0 10"),
        start(
            "a damaged model",
            root -> {
              String run = copyRun(root);
              flip("model.safetensors").to(Path.of(run));
              return from(root, run, "16");
            },
            FAILURE,
            "its checksum does not match"),
        start(
            "gains",
            root -> {
              List<String> words = new ArrayList<>(from(root, copyRun(root), "16"));
              words.addAll(List.of("--init-gain", "2"));
              return words;
            },
            USAGE,
            "leave init-gain out"));
  }
}
