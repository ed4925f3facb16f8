package org.eqprop.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.eqprop.core.internal.machine.Fma;
import org.eqprop.core.testing.Java;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program with a module of its own needs the library's module and no other. */
final class ModulePathTest {
  private static final String PROGRAM =
      """
      package app;

      import java.nio.file.Path;
      import java.util.Map;
      import org.eqprop.core.kernel.Activation;
      import org.eqprop.core.kernel.KernelsSelector;
      import org.eqprop.core.learn.Predictor;
      import org.eqprop.core.network.Network;
      import org.eqprop.core.network.Prototypical;
      import org.eqprop.core.store.Model;

      public final class Main {
        public static void main(String[] args) {
          Network network =
              Network.chain(
                  new Prototypical(1, Prototypical.Nudge.OUTSIDE), Activation.SIGMOID4, 3, 20, 5);
          network.initialise(1);
          Path file = Path.of(args[0]);
          new Model(network, 20, Map.of()).write(file);
          Predictor predictor = Model.read(file).predictor();
          int found = predictor.predict(new float[] {0.1f, 0.2f, 0.3f, 0.4f, 0.5f}, 0);
          System.out.println(
              found + " " + predictor.score(found) + " " + KernelsSelector.kernels().name());
        }
      }
      """;

  private static final String VECTORS = "jdk.incubator.vector";
  private static final String ADDED = "--add-modules=" + VECTORS;

  @TempDir private Path folder;

  /** What the program prints: the class, its score and the kernels. */
  private record Found(String prediction, String kernels, List<String> errors) {}

  /** Compiles the program as a module that has {@code requires}. */
  private Path compile(String requires) throws Exception {
    Path source = folder.resolve("source");
    Path classes = folder.resolve("classes");
    Files.createDirectories(source.resolve("app"));
    Files.writeString(source.resolve("module-info.java"), "module app { " + requires + " }\n");
    Files.writeString(source.resolve("app/Main.java"), PROGRAM);
    int failed =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-Xlint:all,-incubating", // javac warns of that module wherever it is read
                "-Werror",
                "--module-path",
                Java.library().toString(),
                "-d",
                classes.toString(),
                source.resolve("module-info.java").toString(),
                source.resolve("app/Main.java").toString());
    assertThat(failed).as("javac's exit code").isZero();
    return classes;
  }

  private Path compile() throws Exception {
    return compile("requires org.eqprop.core;");
  }

  private Found run(Path classes, String... options) throws Exception {
    return run(Path.of(System.getProperty("java.home")), classes, options);
  }

  private Found run(Path home, Path classes, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString()));
    command.addAll(List.of(options));
    command.addAll(List.of("--module-path", Java.library() + File.pathSeparator + classes));
    command.addAll(List.of("--module", "app/app.Main", folder.resolve("m").toString()));
    Path errors = folder.resolve("errors");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(errors);
    assertThat(process.exitValue()).as(said).isZero();
    String[] words = output.strip().split(" ", -1);
    return new Found(words[0] + " " + words[1], words[2], said.lines().toList());
  }

  private static void assertRefused(Found found, String reason) {
    assertThat(found.kernels()).isEqualTo("scalar");
    assertThat(found.errors())
        .filteredOn(line -> line.contains("Kernels: "))
        .singleElement()
        .asString()
        .endsWith("Kernels: scalar; simd refused: " + reason + ".");
    assertThat(found.errors()).noneMatch(line -> line.contains("Exception"));
  }

  @Test
  void theModuleIsAllThatIsNeeded() throws Exception {
    Found found = run(compile());
    assertRefused(found, "the module " + VECTORS + " is not there: add --add-modules " + VECTORS);
    Found asked = run(folder.resolve("classes"), "-Deqprop.kernels=scalar");
    assertThat(asked).isEqualTo(new Found(found.prediction(), "scalar", List.of()));
  }

  @Test
  void vectorsGiveTheSameBits() throws Exception {
    assumeTrue(Fma.inHardware(), "no fused multiply-add in hardware");
    Path classes = compile();
    String expected = run(classes).prediction();
    Found added = run(classes, ADDED);
    assertThat(added.kernels()).startsWith("simd-");
    assertThat(added.prediction()).isEqualTo(expected);
    Found required = run(compile("requires org.eqprop.core; requires " + VECTORS + ";"));
    assertThat(required.kernels()).startsWith("simd-");
    assertThat(required.prediction()).isEqualTo(expected);
  }

  /** As in a JDK where the module has another name. */
  @Test
  void aRuntimeWithoutTheModule() throws Exception {
    Path classes = compile();
    String expected = run(classes, ADDED).prediction();
    Path image = folder.resolve("image");
    String linker = Path.of(System.getProperty("java.home"), "bin", "jlink").toString();
    int failed =
        new ProcessBuilder(linker, "--add-modules=java.management", "--output=" + image)
            .inheritIO()
            .start()
            .waitFor();
    assertThat(failed).as("jlink's exit code").isZero();
    Found found = run(image, classes);
    assertRefused(
        found,
        "this Java runtime has no module "
            + VECTORS
            + ": use a JDK 25, or an image that is linked with --add-modules "
            + VECTORS);
    assertThat(found.prediction()).isEqualTo(expected);
  }

  @Test
  void aJvmThatMayNotSeeTheModule() throws Exception {
    Path classes = compile();
    Found found = run(classes, "--limit-modules=app,org.eqprop.core");
    assertThat(found.kernels()).isEqualTo("scalar");
    assertThat(found.errors()).anyMatch(line -> line.contains("Kernels: scalar; simd refused: "));
    assertThat(found.prediction()).isEqualTo(run(classes).prediction());
  }
}
