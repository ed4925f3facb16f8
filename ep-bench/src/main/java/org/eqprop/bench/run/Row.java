package org.eqprop.bench.run;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eqprop.bench.Blas;
import org.eqprop.bench.OnnxRuntime;
import org.eqprop.core.kernel.KernelsSelector;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * One benchmark with all its parameters.
 *
 * @param name what people call it, unique: the method, then the parameters
 * @param type the class with the benchmark
 * @param method the benchmark
 * @param mode what JMH measures
 * @param parameters by the names of the fields
 * @param threads that do the work
 * @param flop floating-point operations that the operation needs, or 0 where there is no such
 *     figure
 */
public record Row(
    String name,
    Class<?> type,
    String method,
    Mode mode,
    Map<String, String> parameters,
    int threads,
    double flop) {

  /** The option of this JVM that forks have, too: which instructions there are. */
  private static final String INSTRUCTIONS = "-XX:UseAVX=";

  /** How long a fork of this row takes. */
  public record Times(Duration warmUp, int iterations, Duration iteration) {}

  /** Copies the parameters. */
  public Row {
    parameters = new TreeMap<>(parameters);
  }

  /** The mean time on one thread; its name is the method's and the parameters' values. */
  static Row of(Class<?> type, String method, Map<String, String> parameters, double flop) {
    String name = method + " " + String.join(" ", new TreeMap<>(parameters).values());
    return new Row(name, type, method, Mode.AverageTime, parameters, 1, flop);
  }

  /** The same operation with every call timed on its own. */
  Row sampled(String otherName) {
    return new Row(otherName, type, method, Mode.SampleTime, parameters, threads, flop);
  }

  /** JMH's options for one fork. */
  ChainedOptionsBuilder options(Times times) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(type.getName() + "." + method) + "$")
            .forks(1)
            .warmupIterations(1)
            .warmupTime(millis(times.warmUp()))
            .measurementIterations(times.iterations())
            .measurementTime(millis(times.iteration()))
            .shouldFailOnError(true)
            .mode(mode)
            .addProfiler(PeakProfiler.class) // outside, so that the other does not count it
            .addProfiler(GCProfiler.class);
    parameters.forEach(options::param);
    List<String> properties = new ArrayList<>();
    for (String name : List.of(KernelsSelector.PROPERTY, Blas.PROPERTY, OnnxRuntime.PROPERTY)) {
      String value = System.getProperty(name);
      if (value != null) {
        properties.add("-D" + name + "=" + value);
      }
    }
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith(INSTRUCTIONS))
        .forEach(properties::add);
    return options.jvmArgsAppend(properties.toArray(String[]::new));
  }

  private static TimeValue millis(Duration duration) {
    return TimeValue.milliseconds(duration.toMillis());
  }
}
