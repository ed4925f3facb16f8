package org.eqprop.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.examples.run.GraphFiles;

/** Networks from files that cannot be. Each row changes one thing of a file that can. */
class GraphBadInputTest extends BadInput {
  private static final String FILE =
      "optimizer = \"adam\"\n"
          + GraphFiles.layers("h1", "h2")
          + GraphFiles.links("out h1", "h1 h2", "h2 x");

  private static final String H1 = "name = \"h1\"\nunits = 12\n";
  private static final String FIRST = "to = \"out\"\nfrom = \"h1\"\n";
  private static final String MAPS = "name = \"h2\"\nshape = [4, 4, 4]\n";

  static Stream<Row> rows() {
    return Stream.of(layers(), connections(), ways(), wholes(), data(), types(), files())
        .flatMap(rows -> rows);
  }

  private static Stream<Row> layers() {
    return Stream.of(
        row(H1, "units = 12\n", "In ROOT/net.toml, line 4, layer 2 has no name; write name ="),
        row(H1, "name = 5\nunits = 12\n", "line 5, layer 2 has name = 5; it must be a text"),
        row(H1, "name = \"h 1\"\nunits = 12\n", "line 5, layer 2 has the name 'h 1'; names are"),
        row(H1, "name = \"h2\"\nunits = 12\n", "line 8, two layers have the name 'h2'"),
        row(H1, "name = \"h1\"\n", "line 4, the layer 'h1' has no size; write units = 256"),
        row(
            "= 12",
            "= 0",
            "line 6, the layer 'h1' has units = 0; it must be a whole number from 1"),
        row("= 12", "= -3", "line 6, the layer 'h1' has units = -3;"),
        row("= 12", "= 12.5", "line 6, the layer 'h1' has units = 12.5;"),
        row("= 12", "= \"12\"", "line 6, the layer 'h1' has units = \"12\";"),
        row("= 12", "= true", "line 6, the layer 'h1' has units = true;"),
        row("= 12", "= nan", "line 6, the layer 'h1' has units = NaN;"),
        row("= 12", "= 16777217", "it must be a whole number from 1 to 16777216."),
        row("units = 12", "unit = 12", "line 6, layer 2 has the key 'unit'", "'units'?"),
        row("units = 12", "units = 12\nepochs = 3", "line 7", "the key 'epochs'", "stand above"),
        row("units = 12", "units = 12\nshape = [12]", "line 7, the layer 'h1' has units and a"),
        row("units = 12", "shape = 12", "line 6, the layer 'h1' has the shape 12; write channels"),
        row("units = 12", "shape = [3, 4]", "the layer 'h1' has the shape [3,4]; write channels"),
        row("units = 12", "shape = [3, 4, 0]", "the layer 'h1' has shape = 0; it must be a whole"),
        row("units = 12", "shape = [9999, 9999, 99]", "units; a layer has at most 16777216."),
        row(
            H1,
            H1 + "activation = \"tan\"\n",
            "line 7, the layer 'h1' has the activation 'tan'; choose one of",
            "'tanh'?"),
        row(
            "\"x\"\n",
            "\"x\"\nactivation = \"tanh\"\n",
            "line 12, the layer 'x' is the input, and a prototypical network feeds it as it is;"),
        row(H1, H1 + "activation = 1\n", "line 7, the layer 'h1' has activation = 1; it must be"),
        row("\"out\"\n", "\"out\"\nactivation = \"tanh\"\n", "output is identity", "leave one of"));
  }

  private static Stream<Row> connections() {
    return Stream.of(
        row(FIRST, "from = \"h1\"\n", "line 12, connection 1 has no to; write to ="),
        row(FIRST, "to = \"out\"\n", "line 12, connection 1 has no from; write from ="),
        row(FIRST, "to = 0\nfrom = \"h1\"\n", "line 13, connection 1 has to = 0; it must be a"),
        row(FIRST, "to = \"aut\"\nfrom = \"h1\"\n", "line 13, there is no layer 'aut'", "'out'?"),
        row(FIRST, "to = \"out\"\nfrom = \"h3\"\n", "line 14, there is no layer 'h3'; choose one"),
        row(FIRST, FIRST + "name = \"1\"\n", "two connections have the name '1'; give one another"),
        row(FIRST, FIRST + "name = \"a b\"\n", "line 15, connection 1 has the name 'a b'"),
        row(FIRST, FIRST + "type = 3\n", "line 15, connection 1 has type = 3; it must be a text"),
        row(FIRST, FIRST + "untied = true\n", "line 15, connection 1 has untied = true; it must"),
        row(FIRST, FIRST + "untied = \"no\"\n", "line 15, 'no' is no value of untied; choose"),
        row(FIRST, FIRST + "lr = 0.1\n", "line 16, the connection has no lr, but others have"),
        row(FIRST, FIRST + "lr = \"x\"\n", "line 15, connection 1 has lr = \"x\"; it must be a"),
        row(FIRST, FIRST + "gain = 2\n", "line 16, the connection has no gain, but others have"),
        row(FIRST, FIRST + "gain = [2]\n", "line 15, connection 1 has gain = [2]; it must be a"),
        row(FIRST, FIRST + "rate = [2]\n", "line 15, connection 1 has rate = [2]; it must be a"),
        row(FIRST, FIRST + "a = \"b c\"\n", "line 15, connection 1 has a = \"b c\"; it must be"),
        row(FIRST, FIRST + "\"a b\" = 1\n", "connection 1 has the key 'a b', which can be no"));
  }

  private static Stream<Row> ways() {
    return Stream.of(
        row(
            FIRST,
            "to = \"h1\"\nfrom = \"out\"\n",
            "line 12, the connection goes from 'out' to 'h1', but 'h1' is nearer the input, the"
                + " last layer; exchange to and from."),
        row(
            FIRST,
            "to = \"out\"\nfrom = \"out\"\n",
            "line 12, the connection links the layer 'out'"),
        row(
            FIRST,
            "to = \"out\"\nfrom = \"x\"\n",
            "line 4, no path of connections links the layer 'h1' to the output 'out' other than"
                + " through the input, so that it would teach or learn nothing; connect it"),
        row("to = \"h2\"\nfrom = \"x\"\n", FIRST, "line 10, no path", "the layer 'x'"),
        row(FIRST, FIRST + "untied = \"none\"\n[[layers]]\nname = \"y\"\n", "'x' has no size"));
  }

  private static Stream<Row> wholes() {
    return Stream.of(
        row("optimizer = \"adam\"\n", "", "line 11, the network has no learning rates; write one"),
        row(
            "optimizer = \"adam\"\n",
            "lr = [1, 1]\n",
            "line 1, lr has 2 learning rates, but the 3"),
        row("optimizer", "lr = [1, -1, 1]\noptimizer", "lr has -1.0; rates must be at least 0"),
        row("optimizer", "hidden = [5]\noptimizer", "line 1, hidden is [5], but the network has"),
        row("optimizer", "kernel = 5\noptimizer", "line 1, kernel is 5, but the network has [["),
        row("optimizer", "preset = \"p-9h\"\noptimizer", "There is no preset 'p-9h'"),
        row("optimizer", "network = \"../a\"\noptimizer", "line 1, network is '../a'; it is the"),
        row("optimizer", "network = 5\noptimizer", "line 1, network is 5; it must be a text"),
        row("optimizer", "convolution = \"winograd\"\noptimizer", "no convolutions of stride 1"),
        row(
            "optimizer",
            "cost = \"cross-entropy\"\noptimizer",
            "line 3, the layer 'out' has no size"),
        row("optimizer", "init-gain = [1, 2]\noptimizer", "line 1, init-gain has 2 values"),
        row("[[layers]]\nname = \"out\"", "[layers]\nname = \"out\"", "not valid TOML in line"),
        given(FILE.replaceAll("(?s)\\[\\[conn.*", ""), "no [[connections]]"),
        given(FILE.replaceAll("(?s)\\[\\[layers.*?\\[\\[c", "[[c"), "no [[layers]]"),
        given("[layers]\nname = \"x\"\n", "line 1, write [[layers]], in double brackets, once"),
        given("[connections]\nto = \"x\"\n", "line 1, write [[connections]], in double"),
        given("layers = 3\n", "line 1, layers is [3]; write the sizes of all layers, the"),
        given("layers = [\"a\", \"b\"]\n", "the entry \"a\" is no table"),
        given("[[layer]]\nname = \"x\"\n", "There is no hyperparameter 'layer'", "'layers'?"),
        given("layers = []\nconnections = []\n", "line 1, there are no layers and no connections;"),
        given(
            "optimizer = \"adam\"\nlayers = []\nconnections = []\n",
            "line 2, there are no layers and no connections; write [[layers]]"),
        given(
            "[[layers]]\nname = \"x\"\n" + GraphFiles.links("x x"),
            "line 1, there is one layer; a network has an output"),
        given(
            FILE.replaceAll("(?s)\\[\\[conn.*", "").replace("optimizer = \"adam\"\n", ""),
            "The network has [[layers]] but no [[connections]]"),
        given("network = \"x\"\n", "network is 'x', but there are no [[layers]]; leave it out."),
        given("[[layers]]\nname = \"x\"\nname = \"y\"\n", "in line 3: Duplicate key."),
        given(
            "optimizer = \"adam\"\n[[layers]]\nname = \"x\"\n" + GraphFiles.links("x x"),
            "line 2, there is one layer; a network has an output"),
        given(
            "optimizer = \"adam\"\n"
                + "[[layers]]\nname = \"x\"\n".repeat(1001)
                + GraphFiles.links("x x"),
            "1001 layers"),
        given(
            "{\"layers\": [\n{\"name\": \"a\",\n\"units\": 0}]}",
            "In ROOT/net.toml, line 3, the layer 'a' has units = 0;"));
  }

  private static Stream<Row> data() {
    return Stream.of(
        row(
            "\"out\"\n",
            "\"out\"\nunits = 9\n",
            "line 4, the layer 'out', the output, has 9 units, but the data has 10 classes;"),
        row(
            "\"x\"\n",
            "\"x\"\nunits = 63\n",
            "line 12, the layer 'x', the input, has 63 units, but the data has samples of 1x8x8;"),
        row("\"x\"\n", "\"x\"\nshape = [1, 4, 16]\n", "the input, has 1x4x16 units"),
        row(
            "units = 12\n[[layers]]\nname = \"h2\"\nunits = 13",
            "units = 16777216\n[[layers]]\nname = \"h2\"\nunits = 16777216",
            "line 15, with the connection from 'h2' to 'h1' the network is too large; make"));
  }

  private static Stream<Row> types() {
    List<Row> rows = new ArrayList<>();
    rows.add(
        row(
            FIRST,
            FIRST + "type = \"dence\"\n",
            "line 15, there is no connection type 'dence'; there are dense, untied, conv-pool, and"
                + " EP_PARTS names jars with more. Did you mean 'dense'?"));
    rows.add(
        row(FIRST, FIRST + "kernel = 5\n", "line 12, the connection from 'h1' to 'out' cannot be"));
    rows.add(row(FIRST, FIRST + "type = \"conv-pool\"\nkernel = 5\n", "line 12", "links maps of"));
    rows.add(row(FIRST, FIRST + "type = \"untied\"\n", "line 12", "needs the option of"));
    rows.add(
        row(
            FIRST,
            FIRST + "type = \"untied\"\nof = \"untied\"\n",
            "line 12",
            "such as dense, which cannot be untied again."));
    rows.add(
        row(
            FIRST,
            FIRST + "type = \"untied\"\nof = \"dense\"\nuntied = \"none\"\n",
            "line 17, the connection from 'h1' to 'out' has the type untied and untied ="
                + " \"none\";"));
    String last = "from = \"x\"\n";
    rows.add(
        row(
            last,
            last + "type = \"untied\"\nof = \"dense\"\n",
            "line 21, the connection goes from 'x' to 'h2', the input, to which nothing goes back;"
                + " write the type of its weights"));
    rows.add(row(last, last + "untied = \"vector-field\"\n", "line 21", "leave untied out."));
    for (String[] pair :
        new String[][] {
          {"", "needs the option kernel"},
          {"kernel = 4", "gives maps of 4x5x5, but its target is h2 (4x4x4)"},
          {"kernel = \"a\"", "is 'a', no whole number"},
          {"kernel = 3.5", "is '3.5', no whole number"},
          {"kernel = 2\nstride = 2\nalgorithm = \"winograd\"", "winograd, which is for stride 1;"},
          {"kernel = 99", "The kernel of 99x99 is larger than the map of 8x8"},
          {"kernel = 2147483647", "is too large; make its layers smaller"},
          {"kernel = 3\npadding = 3", "The padding is 3; it must be smaller than the kernel"},
          {"kernel = 3\npooling = \"mean\"", "is 'mean'; it must be max or average"},
          {"kernel = 3\npol = 2", "was given the unknown options [pol]"},
        }) {
      rows.add(
          given(
              FILE.replace("name = \"h2\"\nunits = 13\n", MAPS)
                  .replace(last, last + "type = \"conv-pool\"\npool = 1\n" + pair[0] + "\n"),
              "line ",
              pair[1]));
    }
    return rows.stream();
  }

  private static Stream<Row> files() {
    return Stream.of(
        new Row(
            "no such file",
            USAGE,
            root -> List.of("train", root + "/none.toml"),
            "Cannot read ROOT/none.toml: "),
        new Row(
            "two files",
            USAGE,
            root -> List.of("train", root + "/a.toml", "--config", root + "/b.toml"),
            "a.toml is a file, and --config names another; give one of the two."),
        new Row(
            "a graph and --hidden",
            USAGE,
            root -> {
              write(root, FILE);
              return List.of("train", root + "/net.toml", "--hidden", "5");
            },
            "--hidden is [5], but the network has [[layers]] of its own; leave it out."));
  }

  private static void write(Path root, String text) throws IOException {
    Files.writeString(root.resolve("net.toml"), text);
  }

  /** The file with a part of it exchanged. */
  private static Row row(String from, String to, String... parts) {
    if (!FILE.contains(from)) {
      throw new AssertionError(from + " is not there");
    }
    int at = FILE.indexOf(from);
    String text = FILE.substring(0, at) + to + FILE.substring(at + from.length());
    return given(text, parts);
  }

  private static Row given(String text, String... parts) {
    return new Row(
        parts[parts.length - 1],
        USAGE,
        root -> {
          write(root, text);
          List<String> words = new ArrayList<>(List.of("train", root + "/net.toml"));
          words.addAll(List.of("--limit", "20", "--out", root + "/run"));
          if (parts[0].startsWith("output is")) {
            words.addAll(List.of("--setting", "energy-based", "--output", "identity"));
          }
          return words;
        },
        parts);
  }
}
