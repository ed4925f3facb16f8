package org.eqprop.bench.run;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eqprop.core.kernel.KernelsSelector;
import org.jspecify.annotations.Nullable;

/**
 * Runs a suite: {@code suite=NAME out=FILE [include=REGEX] [rounds=N] [root=FOLDER]}.
 *
 * <p>On standard output it says how far it is, one line each: {@code total N}, the forks there are
 * to run; {@code fork N NAME}, number N begins; {@code note SENTENCE}; {@code failed SENTENCE}, or
 * {@code refused SENTENCE} where the options ask for what is not there.
 */
public final class BenchMain {
  private BenchMain() {}

  /** What was asked for is not there. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(@Nullable String sentence) {
      super(sentence);
    }
  }

  /** Exits with 1 after a failure. */
  public static void main(String[] args) {
    PrintStream out = System.out;
    // JMH's lock file is one for all users; rounds are long, and ep bench says that it wants quiet
    System.setProperty("jmh.ignoreLock", "true");
    try {
      run(options(args), out);
    } catch (Refused refused) {
      out.println("refused " + refused.getMessage());
      System.exit(1);
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
    requireKernels();
    String name = options.getOrDefault("suite", "quick");
    Suite suite = Suite.named(name, sentence -> out.println("note " + sentence));
    if (options.containsKey("include")) {
      suite = matching(suite, name, options.get("include"));
    }
    if (options.containsKey("rounds")) {
      suite = suite.with(Integer.parseInt(options.get("rounds")));
    }
    Rounds rounds = new Rounds(suite, out);
    rounds.run();
    Machine machine = Machine.here(Path.of(options.getOrDefault("root", ".")));
    List<Footprint> memory = name.equals("scaling") ? Footprint.measure() : List.of();
    Path file = Path.of(options.getOrDefault("out", "bench.json"));
    ResultFile.write(file, name, machine, rounds, memory);
  }

  /** Before the first fork, whose failure would be told in JMH's words. */
  private static void requireKernels() {
    try {
      KernelsSelector.kernels();
    } catch (IllegalStateException refused) {
      throw new Refused(refused.getMessage());
    }
  }

  /** The rows whose names match, in upper or lower case. */
  static Suite matching(Suite all, String name, String include) {
    Suite some = all.with(Pattern.compile(include, Pattern.CASE_INSENSITIVE));
    if (some.rows().size() > 1) {
      return some;
    }
    String beginnings =
        all.rows().stream()
            .map(row -> row.name().split(" ", 2)[0])
            .filter(word -> !word.equals(Suite.NOTHING))
            .distinct()
            .collect(Collectors.joining(", "));
    throw new Refused(
        "No benchmark of the suite "
            + name
            + " matches '"
            + include
            + "'; their names begin with "
            + beginnings
            + ".");
  }
}
