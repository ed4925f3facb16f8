package org.eqprop.examples.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.examples.report.Bar;
import org.eqprop.examples.report.ProgressBars;
import org.eqprop.examples.report.Unit;
import org.eqprop.examples.run.Folders;
import org.eqprop.examples.run.UsageException;

/**
 * Runs benchmarks in another JVM, on ep-bench's class path, and shows how far it is. The launcher
 * tells in the system properties {@value #LIBRARY} and {@value #ROOT} where that and the sources
 * are.
 */
public final class BenchProcess {
  /** The system property with the folder of ep-bench's jars. */
  public static final String LIBRARY = "eqprop.bench.lib";

  /** The system property with the folder of the sources. */
  public static final String ROOT = "eqprop.root";

  /** The one option of the JVM that is passed on: it makes another machine of this one. */
  private static final String INSTRUCTIONS = "-XX:UseAVX=";

  /** Where users have options for every JVM; those of the benchmarks' JVMs are fixed. */
  private static final List<String> OPTIONS_OF_USERS =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static final String MAIN = "org.eqprop.bench.run.BenchMain";

  private final ProgressBars bars;
  private final Consumer<String> note;
  private final Map<String, String> arguments = new TreeMap<>();
  private final Map<String, String> properties = new TreeMap<>();

  /**
   * A run of a suite.
   *
   * @param note told what is worth knowing, in sentences
   */
  public BenchProcess(String suite, ProgressBars bars, Consumer<String> note) {
    this.bars = bars;
    this.note = note;
    arguments.put("suite", suite);
    arguments.put("root", root().toString());
  }

  /** The folder of the sources, or the current one. */
  public static Path root() {
    return Path.of(System.getProperty(ROOT, "."));
  }

  /** Sets an argument: {@code include} or {@code rounds}. */
  public BenchProcess argument(String name, String value) {
    arguments.put(name, value);
    return this;
  }

  /** Sets a system property of the benchmarks' JVMs. */
  public BenchProcess property(String name, String value) {
    properties.put(name, value);
    return this;
  }

  /**
   * Runs the benchmarks.
   *
   * @param out the file to write
   * @throws UsageException if ep-bench is not there, or has no such kernels or benchmarks
   * @throws StoreException if a benchmark failed
   */
  public BenchResult run(Path out) {
    String library = System.getProperty(LIBRARY, "");
    if (library.isEmpty()) {
      throw new UsageException(
          "The benchmarks are not part of the installed program; run ./ep bench in the sources.");
    }
    arguments.put("out", out.toAbsolutePath().toString());
    try {
      Path parent = out.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
        Folders.requireWritable(parent);
      }
      Path errors = Files.createTempFile("ep-bench", ".log");
      try {
        ProcessBuilder builder = new ProcessBuilder(command(library));
        leaveOut(builder.environment());
        measure(builder.redirectError(errors.toFile()), errors);
      } finally {
        Files.deleteIfExists(errors);
      }
    } catch (IOException thrown) {
      throw new StoreException("Cannot measure (" + AtomicFiles.reason(thrown) + ").", thrown);
    }
    return BenchResult.read(out);
  }

  /** Only JVMs with the same options can be compared; another collector would even end them. */
  private void leaveOut(Map<String, String> environment) {
    for (String variable : OPTIONS_OF_USERS) {
      if (environment.remove(variable) != null) {
        note.accept(variable + " does not count for benchmarks: their JVMs have fixed options.");
      }
    }
  }

  private List<String> command(String library) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseParallelGC",
            "-XX:ObjectAlignmentInBytes=64"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith(INSTRUCTIONS))
        .forEach(command::add);
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-cp", Path.of(library, "*").toString(), MAIN));
    arguments.forEach((name, value) -> command.add(name + "=" + value));
    return command;
  }

  private void measure(ProcessBuilder builder, Path errors) throws IOException {
    Process process = builder.start();
    Thread killer = new Thread(() -> kill(process));
    Runtime.getRuntime().addShutdownHook(killer);
    String failure = "";
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      failure = follow(lines);
      if (process.waitFor() != 0 && failure.isEmpty()) {
        failure = "The benchmarks' JVM ended: " + lastLine(errors);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      failure = "Interrupted.";
    } finally {
      kill(process);
      Runtime.getRuntime().removeShutdownHook(killer);
    }
    if (!failure.isEmpty()) {
      throw new StoreException(failure);
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  /** Shows what the other JVM says; gives the sentence in which it failed, or nothing. */
  private String follow(BufferedReader lines) throws IOException {
    Bar bar = null;
    try {
      String failure = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
          case "total" -> bar = bars.start("bench", 0, Long.parseLong(words[1]), Unit.STEPS);
          case "fork" -> {
            if (bar != null) {
              bar.update(Long.parseLong(words[1]));
              bar.remark(words[2]);
            }
          }
          case "note" -> note.accept(line.substring("note ".length()));
          case "failed" -> failure = line.substring("failed ".length());
          case "refused" -> throw new UsageException(line.substring("refused ".length()));
          default -> {}
        }
      }
      return failure;
    } finally {
      if (bar != null) {
        bar.close();
      }
    }
  }

  private static String lastLine(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return lines.isEmpty() ? "it said nothing." : lines.get(lines.size() - 1);
  }
}
