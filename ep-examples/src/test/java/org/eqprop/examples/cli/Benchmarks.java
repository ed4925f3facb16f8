package org.eqprop.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.eqprop.bench.run.BenchMain;
import org.eqprop.examples.bench.BenchJson;
import org.eqprop.examples.bench.BenchProcess;

/** Benchmarks that take no time, for commands that measure. */
final class Benchmarks implements AutoCloseable {
  private static final String TIME = "2026-01-01T00:00:00Z";

  /** Uses {@code folder} for its library and its result. */
  Benchmarks(Path folder) throws IOException {
    String name = BenchMain.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar =
            new JarOutputStream(Files.newOutputStream(folder.resolve("bench.jar")));
        InputStream main = BenchMain.class.getResourceAsStream("/" + name)) {
      jar.putNextEntry(new JarEntry(name));
      Objects.requireNonNull(main).transferTo(jar);
    }
    new BenchJson(TIME, "cpu")
        .row("batch 1", 10, 1)
        .row("batch 20", 40, 2)
        .row("batch 50", 90, 3)
        .write(folder.resolve("prepared.json"));
    System.setProperty(BenchProcess.LIBRARY, folder.toString());
    System.setProperty(BenchProcess.ROOT, folder.toString());
  }

  /** A result with one benchmark. */
  static Path result(Path file, double micros) throws IOException {
    return new BenchJson(TIME, "cpu").row("multiply", micros, 1).write(file);
  }

  @Override
  public void close() {
    System.clearProperty(BenchProcess.LIBRARY);
    System.clearProperty(BenchProcess.ROOT);
  }
}
