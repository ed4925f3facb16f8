package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.examples.run.GraphFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The parts of the example of docs/own-parts.md, in a jar on the module path as EP_PARTS has it.
 */
class OtherJarsTest {
  private static final Path SOURCES = Path.of("..", "ep-checks", "src", "it", "own-parts", "src");
  private static final String MODULES = "jdk.module.path";

  @TempDir static Path shared;
  private static Path jar;

  private static void tool(String name, Object... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", name).toString());
    command.addAll(Cli.words(words));
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  @BeforeAll
  static void makeTheJar() throws Exception {
    Path classes = shared.resolve("classes");
    jar = Files.createDirectories(shared.resolve("my parts")).resolve("own-parts-1.0.jar");
    try (Stream<Path> sources = Files.walk(SOURCES.resolve("main/java"))) {
      List<Path> files = sources.filter(file -> file.toString().endsWith(".java")).toList();
      tool("javac", "-nowarn", "-d", classes, "-cp", System.getProperty(MODULES), files);
    }
    tool("jar", "--create", "--file", jar, "-C", classes, ".", "-C", services(), "META-INF");
  }

  private static Path services() {
    return SOURCES.resolve("main/resources");
  }

  private static Cli ep(Object... words) throws InterruptedException, IOException {
    List<String> command = new ArrayList<>(ChildJvm.command(List.of(), words));
    int path = command.indexOf("-p") + 1;
    command.set(path, command.get(path) + File.pathSeparator + jar.getParent());
    try (ChildJvm jvm = ChildJvm.start(shared, command)) {
      return jvm.result();
    }
  }

  private static Path file(String type) throws IOException {
    String graph =
        GraphFiles.layers("h", "g").replace("units = 13", "units = 12")
            + GraphFiles.links("out h", "g x", "h g")
            + "type = \""
            + type
            + "\"\n";
    Path file = shared.resolve(type + ".toml");
    return GraphFiles.write(file, GraphFiles.SMALL + "optimizer = \"adam\"\n", graph);
  }

  @Test
  void theyAreListedAndTrainedWithAndFoundInModels() throws Exception {
    assertThat(ep("info", "--threads", "1").out())
        .contains("one-to-one (own-parts-1.0.jar)", "fourth-power (own-parts-1.0.jar)")
        .contains("two-products (own-parts-1.0.jar)");

    Path run = shared.resolve("run");
    Path file = file("one-to-one");
    List<String> phases = List.of("--beta", "0.3", "--estimate", "one-sided");
    Cli trained = ep("train", file, "--method", "two-products", phases, "--quiet", "--out", run);
    assertThat(trained.code()).as(trained.toString()).isZero();
    Cli evaluated = ep("evaluate", run);
    assertThat(evaluated.code()).as(evaluated.toString()).isZero();

    Path none = shared.resolve("none");
    Cli centered =
        ep("train", file, "--method", "two-products", "--estimate", "centered", "--out", none);
    assertThat(centered.code()).isEqualTo(2);
    assertThat(centered.errLines())
        .containsExactly(
            "ep: The method two-products cannot train this network: It has one nudged phase with"
                + " +beta; choose the estimate one-sided.");
    assertThat(none).doesNotExist();

    Cli without = Cli.run("evaluate", run);
    assertThat(without.code()).isEqualTo(1);
    assertThat(without.err()).contains("There is no connection type 'one-to-one'");
    Cli refused = Cli.run("train", file, "--out", shared.resolve("other"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("EP_PARTS names jars with more");
    assertThat(shared.resolve("other")).doesNotExist();
  }

  /** The example's provider ignores options, so the command line has to refuse them. */
  @Test
  void whatTheirProvidersDoNotUnderstandIsRefused() throws Exception {
    Path file = file("one-to-one");
    String text = Files.readString(file);
    Path other = Files.writeString(shared.resolve("options.toml"), text + "speed = 3\n");
    Cli refused = ep("train", other, "--out", shared.resolve("refused"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.errLines()).hasSize(1);
    assertThat(refused.err()).contains("options.toml, line").contains("speed");
    assertThat(shared.resolve("refused")).doesNotExist();
  }
}
