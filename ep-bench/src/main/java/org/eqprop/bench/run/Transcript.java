package org.eqprop.bench.run;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** Keeps what JMH would print, in case that it fails. */
final class Transcript implements OutputFormat {
  private static final Pattern EXCEPTION =
      Pattern.compile("(?m)^[\\w.$]+(?:Exception|Error): (.+)$");

  private final StringBuilder text = new StringBuilder();

  /** Why it failed, as the end of a sentence: the message of the first exception, or all. */
  String reason() {
    Matcher found = EXCEPTION.matcher(text);
    String message = found.find() ? found.group(1) : text.toString().strip();
    return ": " + message.replaceAll("\\s+", " ").replaceAll("\\.$", "");
  }

  @Override
  public void iteration(BenchmarkParams benchmark, IterationParams params, int iteration) {}

  @Override
  public void iterationResult(
      BenchmarkParams benchmark, IterationParams params, int iteration, IterationResult data) {}

  @Override
  public void startBenchmark(BenchmarkParams benchmark) {}

  @Override
  public void endBenchmark(BenchmarkResult result) {}

  @Override
  public void startRun() {}

  @Override
  public void endRun(Collection<RunResult> result) {}

  @Override
  public void print(String line) {
    text.append(line);
  }

  @Override
  public void println(String line) {
    text.append(line).append('\n');
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public void verbosePrintln(String line) {}

  @Override
  public void write(int oneByte) {
    text.append((char) oneByte);
  }

  @Override
  public void write(byte[] bytes) {
    text.append(new String(bytes, StandardCharsets.UTF_8));
  }
}
