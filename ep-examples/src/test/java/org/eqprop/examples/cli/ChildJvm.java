package org.eqprop.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** {@code ep} in a JVM of its own, on the module path of this one. */
final class ChildJvm implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final Path out;
  private final Path err;

  private ChildJvm(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** The command line of {@code ep} with options for its JVM. */
  static List<String> command(List<String> options, Object... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Djava.awt.headless=true", "-Xmx512m", "-XX:-UsePerfData"));
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(options);
    command.addAll(List.of("-p", System.getProperty("jdk.module.path")));
    // Where Surefire puts what no module requires by name.
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("-m", "org.eqprop.examples/" + Ep.class.getName()));
    command.addAll(Cli.words(args));
    return command;
  }

  /** Starts a command whose output goes to files in {@code folder}; without the user's data. */
  static ChildJvm start(Path folder, List<String> command) throws IOException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(List.of("EP_DATA", "JAVA_TOOL_OPTIONS"));
    builder.environment().put("XDG_CACHE_HOME", folder.toAbsolutePath().toString());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new ChildJvm(builder.start(), out, err);
  }

  /** Waits for something that the command is to bring about. */
  void await(BooleanSupplier condition) throws InterruptedException, IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("It did not happen before " + result());
      }
      Thread.sleep(5);
    }
  }

  /** SIGTERM on Unix. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL on Unix. */
  void kill() {
    process.destroyForcibly();
  }

  /** Waits for the end. */
  Cli result() throws InterruptedException, IOException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("No end after " + PATIENCE_SECONDS + " s.");
    }
    StringBuilder said = new StringBuilder();
    for (String line : Files.readAllLines(err)) {
      // What the JVM itself says of the incubating module.
      if (!line.startsWith("WARNING: Using incubator modules")) {
        said.append(line).append('\n');
      }
    }
    return new Cli(process.exitValue(), Files.readString(out), said.toString());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
