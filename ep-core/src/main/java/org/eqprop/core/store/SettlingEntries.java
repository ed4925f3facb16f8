package org.eqprop.core.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eqprop.core.internal.file.TextValues;
import org.eqprop.core.network.Parts;
import org.eqprop.core.settle.Alternating;
import org.eqprop.core.settle.HeavyBall;
import org.eqprop.core.settle.OverRelaxed;
import org.eqprop.core.settle.Schedule;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.Solver;
import org.eqprop.core.settle.Synchronous;

/**
 * A {@link Settling} as entries of a model's metadata.
 *
 * <p>The solvers that schedule, omega and momentum imply are written as these three, which is how
 * models were written before there were others. Another solver is written as its name in {@code
 * solver} and one entry {@code solver.OPTION} for each of its options.
 */
final class SettlingEntries {
  private static final String SCHEDULE = "schedule";
  private static final String TOLERANCE = "tolerance";
  private static final String OMEGA = "omega";
  private static final String MOMENTUM = "momentum";
  private static final String SOLVER = "solver";
  private static final String OPTION = "solver.";
  private static final String NONE = Double.toString(0);

  private static final List<String> IMPLIED =
      List.of(Synchronous.NAME, Alternating.NAME, OverRelaxed.NAME, HeavyBall.NAME);

  private SettlingEntries() {}

  static void write(Settling settling, Map<String, String> metadata) {
    Solver solver = settling.solver();
    String tolerance = Double.toString(settling.tolerance());
    if (!IMPLIED.contains(solver.name())) {
      metadata.put(SOLVER, solver.name());
      metadata.put(TOLERANCE, tolerance);
      solver.options().forEach((name, text) -> metadata.put(OPTION + name, text));
      return;
    }
    Schedule implied =
        solver.name().equals(Alternating.NAME) ? Schedule.ALTERNATING : Schedule.SYNCHRONOUS;
    String schedule = solver.options().getOrDefault(SCHEDULE, implied.id());
    metadata.put(SCHEDULE, schedule.toUpperCase(Locale.ROOT));
    metadata.put(TOLERANCE, tolerance);
    metadata.put(OMEGA, solver.options().getOrDefault(OMEGA, NONE));
    metadata.put(MOMENTUM, solver.options().getOrDefault(MOMENTUM, NONE));
  }

  /**
   * Models written before there was a choice settle as the paper has it.
   *
   * @throws IllegalArgumentException if there is no such solver, or a value is out of range
   */
  static Settling read(Map<String, String> metadata, Parts parts) {
    TextValues values = new TextValues(metadata);
    String solver = metadata.get(SOLVER);
    if (solver != null) {
      Map<String, String> options = new LinkedHashMap<>();
      metadata.forEach(
          (key, text) -> {
            if (key.startsWith(OPTION)) {
              options.put(key.substring(OPTION.length()), text);
            }
          });
      return new Settling(Solver.named(solver, options, parts), tolerance(values));
    }
    if (!metadata.containsKey(SCHEDULE) && !metadata.containsKey(TOLERANCE)) {
      return Settling.EXACT;
    }
    return Settling.of(
        values.constant(SCHEDULE, Schedule.class),
        tolerance(values),
        metadata.containsKey(OMEGA) ? values.number(OMEGA, 0, 2) : 0,
        metadata.containsKey(MOMENTUM) ? values.number(MOMENTUM, 0, 1) : 0);
  }

  private static double tolerance(TextValues values) {
    return values.number(TOLERANCE, 0, Double.MAX_VALUE);
  }
}
