package org.eqprop.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.PredictorBuilder;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Settling;

/**
 * How long the first prediction of p-1h takes in a fresh JVM, after {@code warmUp()} and without
 * it, beside the median of the next ones. Each line is a JVM of its own. The prediction is timed
 * right after the warm-up: later the processor's caches hold other things, which costs any
 * prediction time, not only the first one.
 */
public final class FirstPrediction {
  private static final int JVMS = 10;
  private static final int NEXT = 2000;
  private static final String COLD = "cold";

  private FirstPrediction() {}

  /**
   * Measures.
   *
   * @param arguments none; the JVMs that it starts have one
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length > 0) {
      measure(arguments[0].equals(COLD));
      return;
    }
    System.out.println("JVM              warm-up s   first µs   median µs   first : median");
    for (int i = 0; i < JVMS; i++) {
      System.out.print(child("warm"));
    }
    for (int i = 0; i < 3; i++) {
      System.out.print(child(COLD));
    }
  }

  private static void measure(boolean cold) {
    PresetNet preset = PresetNet.P_1H;
    Network network = preset.network();
    network.initialise(1);
    Predictor predictor = new PredictorBuilder(network, preset.t(), Settling.EXACT).build();
    float[][] inputs = RandomSamples.batches(10, 1, 784);
    long begin = System.nanoTime();
    if (!cold) {
      predictor.warmUp();
    }
    long warm = System.nanoTime();
    predictor.predict(inputs[0]);
    long first = System.nanoTime() - warm;
    long[] next = new long[NEXT];
    for (int i = 0; i < NEXT; i++) {
      long start = System.nanoTime();
      predictor.predict(inputs[i % inputs.length]);
      next[i] = System.nanoTime() - start;
    }
    Arrays.sort(next);
    double median = next[NEXT / 2] / 1e3;
    System.out.printf(
        Locale.ROOT,
        "%-16s %9.2f %10.1f %11.1f %16.2f%n",
        cold ? "not warmed up" : "warmed up",
        (warm - begin) / 1e9,
        first / 1e3,
        median,
        first / 1e3 / median);
  }

  private static String child(String kind) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                FirstPrediction.class.getName(),
                kind)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("A JVM ended with " + process.exitValue() + ".");
    }
    return line;
  }
}
