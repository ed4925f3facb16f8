package org.eqprop.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.PredictorBuilder;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Settling;

/**
 * How long the first prediction of p-1h takes in a fresh JVM, beside the median of later ones. Each
 * line is a JVM of its own. {@code warm} waits for {@code warmUp()} first, {@code cold} does not,
 * and {@code background} begins with plain Java. A number is a pause in microseconds before each
 * prediction of a warm JVM, in which the thread reads the clock: the processor's caches then hold
 * other things.
 */
public final class FirstPrediction {
  private static final List<String> EACH_ONCE =
      List.of("cold", "cold", "cold", "background", "background", "background");

  private static final List<String> PAUSES = List.of("0", "100", "1000", "3000", "10000");
  private static final int WARM_JVMS = 10;
  private static final int NEXT = 2000;
  private static final int AFTER_PAUSES = 200;
  private static final long GOING_OVER_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final Network network = PresetNet.P_1H.network();
  private final float[][] inputs = RandomSamples.batches(10, 1, 784);
  private final Predictor predictor;
  private int calls;

  private FirstPrediction(String kind) {
    boolean background = kind.equals("background");
    network.initialise(1, new ScalarKernels());
    PredictorBuilder builder = new PredictorBuilder(network, PresetNet.P_1H.t(), Settling.EXACT);
    predictor = (background ? builder.warmUpInBackground() : builder).build();
  }

  /**
   * Measures.
   *
   * @param arguments none; the JVMs that it starts have one
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length > 0) {
      new FirstPrediction(arguments[0]).measure(arguments[0]);
      return;
    }
    System.out.println("JVM         warm-up s   first µs   median µs   first : median");
    for (int i = 0; i < WARM_JVMS; i++) {
      System.out.print(child("warm"));
    }
    for (String kind : EACH_ONCE) {
      System.out.print(child(kind));
    }
    System.out.println("pause µs    median µs");
    for (String pause : PAUSES) {
      System.out.print(child(pause));
    }
  }

  private void measure(String kind) {
    long begin = System.nanoTime();
    if (!kind.equals("cold") && !kind.equals("background")) {
      predictor.warmUp();
    }
    double warmUp = (System.nanoTime() - begin) / 1e9;
    if (PAUSES.contains(kind)) {
      long pause = TimeUnit.MICROSECONDS.toNanos(Long.parseLong(kind));
      System.out.printf(Locale.ROOT, "%-8s %12.1f%n", kind, median(AFTER_PAUSES, pause));
      return;
    }
    double first = once();
    if (kind.equals("background")) {
      double plain = median(NEXT, 0);
      long end = System.nanoTime() + GOING_OVER_NANOS;
      double longest = 0;
      while (System.nanoTime() < end) {
        longest = Math.max(longest, once());
      }
      System.out.printf(
          Locale.ROOT,
          "%-10s %21.1f   in plain Java %.1f, in the end %.1f, longest call %.1f%n",
          kind,
          first,
          plain,
          median(NEXT, 0),
          longest);
      return;
    }
    double median = median(NEXT, 0);
    System.out.printf(
        Locale.ROOT,
        "%-10s %10.2f %10.1f %11.1f %16.2f%n",
        kind,
        warmUp,
        first,
        median,
        first / median);
  }

  /** Microseconds of one prediction. */
  private double once() {
    float[] input = inputs[calls++ % inputs.length];
    long start = System.nanoTime();
    predictor.predict(input);
    return (System.nanoTime() - start) / 1e3;
  }

  private double median(int count, long pause) {
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < pause) {
        Thread.onSpinWait();
      }
      times[i] = once();
    }
    Arrays.sort(times);
    return times[count / 2];
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
