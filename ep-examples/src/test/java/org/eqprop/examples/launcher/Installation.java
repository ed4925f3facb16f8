package org.eqprop.examples.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A folder with the launcher, a JDK whose {@code java} only says how it was called, and a Maven
 * that only touches jars.
 */
final class Installation {
  private static final long PATIENCE_SECONDS = 60;

  /** Sources and poms are this old, so that jars of now are newer. */
  private static final FileTime OLD = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

  /** Says its locale and its arguments; with REAL_JAVA, asks a JVM with the options among them. */
  private static final String JAVA =
      """
      #!/bin/sh
      echo "locale=${LC_ALL:-${LC_CTYPE:-${LANG:-}}}"
      for word; do echo "word=$word"; done
      [ -n "${REAL_JAVA:-}" ] || exit 0
      program=
      for word; do
        shift
        [ "$word" != -p ] || program=1
        [ -n "$program" ] || set -- "$@" "$word"
      done
      exec "$REAL_JAVA" "$@" -XX:+PrintFlagsFinal -XshowSettings:properties -version 2>&1
      """;

  private static final String MAVEN =
      """
      #!/bin/sh
      while [ $# -gt 0 ]; do
        case $1 in
          -f) root=${2%/pom.xml} ;;
          -pl) modules=$(echo "$2" | tr , ' ') ;;
        esac
        shift
      done
      for module in $modules; do
        mkdir -p "$root/$module/target/ep/lib"
        touch "$root/$module/target/ep/lib/$module-1.jar"
      done
      """;

  private final Path root;
  private final Path tools;

  private Installation(Path root, Path tools) {
    this.root = root;
    this.tools = tools;
  }

  /** What a call of the launcher printed. */
  record Result(int code, String out, String err) {
    /** The arguments of {@code java}. */
    List<String> words() {
      return out.lines()
          .filter(line -> line.startsWith("word="))
          .map(line -> line.substring("word=".length()))
          .toList();
    }
  }

  /** Installs the launcher, not built yet, in {@code root}, which is made. */
  static Installation in(Path root) throws IOException {
    for (String module : List.of("ep-core", "ep-conv", "ep-bptt", "ep-bench", "ep-examples")) {
      old(Files.createDirectories(root.resolve(module).resolve("src/main")).resolve("A.java"));
      old(root.resolve(module).resolve("pom.xml"));
    }
    old(root.resolve("pom.xml"));
    Files.copy(Path.of("..", "ep"), root.resolve("ep"));
    Path tools = root.resolveSibling("tools");
    script(tools.resolve("jdk/bin/java"), JAVA);
    script(tools.resolve("jdk/bin/javac"), "");
    Files.writeString(tools.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    script(tools.resolve("bin/mvn"), MAVEN);
    return new Installation(root, tools);
  }

  private static void old(Path file) throws IOException {
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, OLD);
    Files.setLastModifiedTime(file.getParent(), OLD);
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** As if Maven had packaged everything but the benchmarks. */
  Installation built() throws IOException {
    Path lib = Files.createDirectories(root.resolve("ep-examples/target/lib"));
    Files.writeString(lib.resolve("ep-examples-1.jar"), "");
    return this;
  }

  /** Where it is. */
  Path root() {
    return root;
  }

  /** Calls the launcher with nothing in the environment but a path and {@code environment}. */
  Result ep(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", root.resolve("ep").toString()));
    command.addAll(List.of(arguments));
    return run(environment, command);
  }

  /** Runs a command in the folder of {@link #root} with that environment. */
  Result run(Map<String, String> environment, List<String> command) throws Exception {
    Path out = Files.createTempFile("out", "");
    Path err = Files.createTempFile("err", "");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
      Map<String, String> variables = builder.environment();
      variables.clear();
      variables.put("PATH", tools.resolve("bin") + ":/usr/bin:/bin");
      variables.put("EP_JAVA_HOME", tools.resolve("jdk").toString());
      variables.putAll(environment);
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " does not end.");
      }
      return new Result(process.exitValue(), read(out), read(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Any bytes, also ones that are not UTF-8. */
  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
