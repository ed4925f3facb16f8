package org.eqprop.bench.run;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.doubles.DoubleList;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Goes through all rows several times, each time in a fresh JVM. JMH itself would run the forks of
 * a row one after another, and a minute in which the machine is slow would hit all of them.
 */
final class Rounds {
  private final Suite suite;
  private final PrintStream progress;
  private final Map<Row, List<RunResult>> results = new LinkedHashMap<>();
  private final Map<Row, DoubleList> loads = new LinkedHashMap<>();
  private int repetitions;
  private int disturbed;

  Rounds(Suite suite, PrintStream progress) {
    this.suite = suite;
    this.progress = progress;
    this.repetitions = suite.rows().size() / 2;
  }

  /**
   * Runs everything.
   *
   * @throws IllegalStateException if a benchmark failed, in one sentence
   */
  void run() {
    List<Row> later =
        suite.rows().stream().filter(row -> !row.name().equals(Suite.NOTHING)).toList();
    int forks = suite.rows().size() + (suite.rounds() - 1) * later.size();
    progress.println("total " + forks);
    int fork = 0;
    for (int round = 0; round < suite.rounds(); round++) {
      for (Row row : round == 0 ? suite.rows() : later) {
        progress.println("fork " + fork++ + " " + row.name());
        results.computeIfAbsent(row, key -> new ArrayList<>()).add(undisturbed(row));
      }
    }
    if (disturbed > 0) {
      progress.println(
          String.format(
              Locale.ROOT,
              "note Other programs were busy during %d of %d measurements; they may be too slow.",
              disturbed,
              forks));
    }
  }

  /** A fork during which the machine was ours, as long as there are repetitions left for that. */
  private RunResult undisturbed(Row row) {
    while (true) {
      OtherLoad load = new OtherLoad();
      RunResult result = fork(row);
      double others = load.processors();
      if (others <= OtherLoad.TOLERATED || repetitions == 0) {
        disturbed += others <= OtherLoad.TOLERATED ? 0 : 1;
        loads.computeIfAbsent(row, key -> new DoubleArrayList()).add(others);
        return result;
      }
      repetitions--;
    }
  }

  private RunResult fork(Row row) {
    Transcript transcript = new Transcript();
    try {
      Collection<RunResult> run = new Runner(row.options(suite.times()).build(), transcript).run();
      return run.iterator().next();
    } catch (RunnerException failed) {
      throw new IllegalStateException(
          "The benchmark '" + row.name() + "' failed" + transcript.reason() + ".", failed);
    }
  }

  /** The rows in order. */
  List<Row> rows() {
    return List.copyOf(results.keySet());
  }

  /** For each fork of a row, how many processors others used meanwhile. */
  DoubleList loads(Row row) {
    return loads.getOrDefault(row, DoubleList.of());
  }

  /** What all forks of a row gave. */
  RunResult result(Row row) {
    List<BenchmarkResult> forks = new ArrayList<>();
    List<RunResult> runs = results.getOrDefault(row, List.of());
    runs.forEach(run -> forks.addAll(run.getBenchmarkResults()));
    return new RunResult(runs.get(0).getParams(), forks);
  }
}
