package org.eqprop.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eqprop.examples.run.Configs;
import picocli.CommandLine;

/** A command that was run within this JVM: its exit code and what it printed. */
record Cli(int code, String out, String err) {
  /** Arguments that make a run of a tenth of a second: 60 samples, 16 hidden units. */
  static final List<String> SMALL =
      List.of("--limit", "60", "--hidden", "16", "-T", "10", "-K", "5", "--batch", "8");

  /** Runs {@code ep} with the given arguments: texts, paths, or lists of them. */
  static Cli run(Object... args) {
    return into(new StringWriter(), args);
  }

  /** The same with another standard output. */
  static Cli into(Writer out, Object... args) {
    StringWriter err = new StringWriter();
    CommandLine line = Ep.commandLine();
    line.setOut(new Output(out, true));
    line.setErr(new Output(err, true));
    int code = Ep.execute(line, words(args).toArray(String[]::new));
    return new Cli(code, out.toString(), err.toString());
  }

  /** The same, of a command that must succeed. */
  static Cli ok(Object... args) {
    Cli run = run(args);
    if (run.code != 0) {
      throw new AssertionError("ep " + words(args) + " exited with " + run);
    }
    return run;
  }

  /** The arguments as one flat list of texts. */
  static List<String> words(Object... args) {
    return List.of(args).stream()
        .flatMap(arg -> arg instanceof List<?> list ? list.stream() : List.of(arg).stream())
        .map(Object::toString)
        .toList();
  }

  List<String> outLines() {
    return out.lines().toList();
  }

  List<String> errLines() {
    return err.lines().toList();
  }

  /** What was printed, as JSON. */
  JsonNode json() {
    return parse(out);
  }

  /** A file as JSON. */
  static JsonNode json(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException thrown) {
      throw new AssertionError(thrown);
    }
  }

  private static JsonNode parse(String text) {
    try {
      return Configs.JSON.readTree(text);
    } catch (JsonProcessingException thrown) {
      throw new AssertionError("not JSON: " + text, thrown);
    }
  }
}
