package org.eqprop.core.internal.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system tells of the processor. */
public final class Processor {
  private static final Path TOLD = Path.of("/proc/cpuinfo");

  private Processor() {}

  /** {@return its name; empty where the system does not tell it} */
  public static String name() {
    return fact("model name");
  }

  /**
   * {@return what is told of the first processor under a name; empty if nothing is}
   *
   * @param field the name of the fact
   */
  public static String fact(String field) {
    return fact(TOLD, field);
  }

  static String fact(Path file, String field) {
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(field))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException | UncheckedIOException notThere) {
      return "";
    }
  }
}
