package org.eqprop.bench.run;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Runs a suite: {@code suite=NAME out=FILE [include=REGEX] [rounds=N] [root=FOLDER]}.
 *
 * <p>On standard output it says how far it is, one line each: {@code total N}, the forks there are
 * to run; {@code fork N NAME}, number N begins; {@code note SENTENCE}; {@code failed SENTENCE}.
 */
public final class BenchMain {
  private BenchMain() {}

  /** Exits with 1 after a failure. */
  public static void main(String[] args) {
    PrintStream out = System.out;
    // JMH's lock file is one for all users; rounds are long, and ep bench says that it wants quiet
    System.setProperty("jmh.ignoreLock", "true");
    try {
      run(options(args), out);
    } catch (RuntimeException failed) {
      out.println("failed " + failed.getMessage());
      System.exit(1);
    }
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      options.put(arg.substring(0, equals), arg.substring(equals + 1));
    }
    return options;
  }

  private static void run(Map<String, String> options, PrintStream out) {
    String name = options.getOrDefault("suite", "quick");
    Suite suite = Suite.named(name, sentence -> out.println("note " + sentence));
    if (options.containsKey("include")) {
      suite = suite.with(Pattern.compile(options.get("include")));
    }
    if (options.containsKey("rounds")) {
      suite = suite.with(Integer.parseInt(options.get("rounds")));
    }
    if (suite.rows().size() == 1) {
      throw new IllegalArgumentException(
          "No benchmark of the suite " + name + " matches '" + options.get("include") + "'.");
    }
    Rounds rounds = new Rounds(suite, out);
    rounds.run();
    Machine machine = Machine.here(Path.of(options.getOrDefault("root", ".")));
    List<Footprint> memory = name.equals("scaling") ? Footprint.measure() : List.of();
    Path file = Path.of(options.getOrDefault("out", "bench.json"));
    ResultFile.write(file, name, machine, rounds, memory);
  }
}
