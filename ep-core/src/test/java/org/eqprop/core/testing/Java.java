package org.eqprop.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eqprop.core.kernel.Kernels;

/** Runs a test class's main method in a JVM of its own. */
public final class Java {
  private static final long SECONDS = 300;

  private Java() {}

  /** The folder with the library's classes. */
  public static Path library() {
    return root(Kernels.class);
  }

  /** What {@code main} prints, run as part of the module, with vectors and further options. */
  public static String run(Class<?> main, String... options) {
    List<String> command = new ArrayList<>(List.of(options));
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--module-path");
    command.add(root(Kernels.class).toString());
    command.add("--patch-module");
    command.add("org.eqprop.core=" + root(main));
    command.add("--module");
    command.add("org.eqprop.core/" + main.getName());
    return launch(command);
  }

  /** What {@code main} prints, run on the class path, without the module that has the vectors. */
  public static String runOnClassPath(Class<?> main) {
    String separator = System.getProperty("path.separator");
    return launch(List.of("-cp", root(Kernels.class) + separator + root(main), main.getName()));
  }

  private static String launch(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(options);
    try {
      Path errors = Files.createTempFile("errors", ".txt");
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError(command + " failed: " + Files.readString(errors) + output);
      }
      Files.delete(errors);
      return output;
    } catch (IOException thrown) {
      throw new UncheckedIOException(thrown);
    } catch (InterruptedException thrown) {
      Thread.currentThread().interrupt();
      throw new AssertionError(thrown);
    }
  }

  /** The folder that a class was loaded from. */
  private static Path root(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    URI uri = URI.create(type.getResource("/" + file).toString());
    Path path = Path.of(uri);
    for (int i = 0; i < file.split("/").length; i++) {
      path = path.getParent();
    }
    return path;
  }
}
