package org.eqprop.bench.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eqprop.bench.NothingBenchmark;
import org.openjdk.jmh.annotations.Mode;

/**
 * Which rows are measured, for how long, how often.
 *
 * @param rows the rows, in the order of a round
 * @param times of a fork
 * @param rounds how often all rows are gone through, a fresh JVM for each every time
 */
public record Suite(List<Row> rows, Row.Times times, int rounds) {
  /** The empty row, which one round is enough for. */
  static final String NOTHING = "nothing";

  private static final Row.Times BRIEF =
      new Row.Times(Duration.ofMillis(400), 8, Duration.ofMillis(50));
  private static final Row.Times LONG =
      new Row.Times(Duration.ofMillis(2000), 25, Duration.ofMillis(100));

  /** Copies the rows. */
  public Suite {
    rows = List.copyOf(rows);
  }

  /**
   * The suite of that name.
   *
   * @param name {@code quick}, {@code full} or {@code scaling}
   * @param note told what is left out, and why
   * @throws IllegalArgumentException if there is none
   */
  public static Suite named(String name, Consumer<String> note) {
    return switch (name) {
      case "quick" -> new Suite(afterNothing(Catalogue.quick()), BRIEF, 5);
      case "full" -> new Suite(afterNothing(Catalogue.full(note)), LONG, 7);
      case "scaling" -> new Suite(afterNothing(Catalogue.scaling()), BRIEF, 2);
      default -> throw new IllegalArgumentException("There is no suite '" + name + "'.");
    };
  }

  private static List<Row> afterNothing(List<Row> rows) {
    List<Row> all = new ArrayList<>();
    all.add(new Row(NOTHING, NothingBenchmark.class, NOTHING, Mode.AverageTime, Map.of(), 1, 0));
    all.addAll(rows);
    return all;
  }

  /**
   * The same with only the rows in whose name a part matches {@code pattern}, and the empty one.
   */
  public Suite with(Pattern pattern) {
    Predicate<Row> wanted = row -> pattern.matcher(row.name()).find();
    Predicate<Row> nothing = row -> row.name().equals(NOTHING);
    return new Suite(rows.stream().filter(wanted.or(nothing)).toList(), times, rounds);
  }

  /** The same with another number of rounds. */
  public Suite with(int otherRounds) {
    return new Suite(rows, times, otherRounds);
  }
}
