package org.eqprop.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.eqprop.core.testing.Java;
import org.junit.jupiter.api.BeforeEach;
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

  @TempDir private Path folder;

  @BeforeEach
  void compile() throws Exception {
    Path source = folder.resolve("source");
    Files.createDirectories(source.resolve("app"));
    Files.writeString(
        source.resolve("module-info.java"), "module app { requires org.eqprop.core; }\n");
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
                folder.resolve("classes").toString(),
                source.resolve("module-info.java").toString(),
                source.resolve("app/Main.java").toString());
    assertThat(failed).as("javac's exit code").isZero();
  }

  private String run(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of("--module-path", Java.library() + File.pathSeparator + folder.resolve("classes")));
    command.addAll(List.of("--module", "app/app.Main", folder.resolve("m").toString()));
    Path errors = folder.resolve("errors");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return output.strip();
  }

  @Test
  void theModuleIsAllThatIsNeeded() throws Exception {
    String[] found = run().split(" ", -1);
    String[] plain = run("-Deqprop.kernels=scalar").split(" ", -1);
    assertThat(plain).containsExactly(found[0], found[1], "scalar");
  }
}
