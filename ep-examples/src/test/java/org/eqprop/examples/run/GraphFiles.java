package org.eqprop.examples.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Small networks as files. */
public final class GraphFiles {
  /** A training of a tenth of a second. */
  public static final String SMALL = "epochs = 2\nlimit = 60\nbatch = 7\nT = 9\nK = 4\n";

  private static final Map<String, String> GRAPHS =
      Map.of(
          "chain", layers("h1", "h2") + links("out h1", "h1 h2", "h2 x"),
          "skip", layers("h1", "h2") + links("out h1", "h1 h2", "h2 x", "out h2", "h1 x"),
          "toy", layers("h1") + links("out h1", "out x", "h1 x"),
          "two-paths", layers("h1", "h2") + links("out h1", "out h2", "h1 x", "h2 x"),
          "blind", layers("h1", "h2") + links("out h1", "h1 x", "h1 h2"),
          "parallel", layers("h1") + links("out h1", "out h1", "h1 x"));

  private GraphFiles() {}

  /** Names of graphs: {@code chain}, {@code skip} and others. */
  public static List<String> names() {
    return GRAPHS.keySet().stream().sorted().toList();
  }

  /** The layers and connections of a graph. */
  public static String graph(String name) {
    return GRAPHS.getOrDefault(name, "");
  }

  /** Layers out, some of 12 units and more, and x. */
  public static String layers(String... hidden) {
    StringBuilder text = new StringBuilder("[[layers]]\nname = \"out\"\n");
    int units = 12;
    for (String name : hidden) {
      text.append("[[layers]]\nname = \"" + name + "\"\nunits = " + units++ + "\n");
    }
    return text + "[[layers]]\nname = \"x\"\n";
  }

  /** Dense connections, each {@code "to from"}. */
  public static String links(String... links) {
    StringBuilder text = new StringBuilder();
    for (String link : links) {
      String[] ends = link.split(" ", -1);
      text.append("[[connections]]\nto = \"" + ends[0] + "\"\nfrom = \"" + ends[1] + "\"\n");
    }
    return text.toString();
  }

  /** Writes a file of a graph with other entries before it. */
  public static Path write(Path file, String entries, String graph) throws IOException {
    return Files.writeString(file, entries + "\n" + graph);
  }
}
