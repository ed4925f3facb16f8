package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eqprop.core.internal.machine.Float32;
import org.eqprop.core.settle.Alternating;
import org.eqprop.core.settle.HeavyBall;
import org.eqprop.core.settle.OverRelaxed;
import org.eqprop.core.settle.Schedule;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.settle.SigmaDelta;
import org.eqprop.core.settle.Solver;
import org.eqprop.core.settle.Synchronous;

/**
 * How a network gets to its steady states and how exactly its arithmetic follows the paper's.
 *
 * @param name where the others start from
 * @param solver the name of the {@link Solver}
 * @param solverOptions what the solver has besides the next four, each {@code NAME=VALUE}
 * @param schedule which layers step together
 * @param tolerance a sample's free phase ends when no unit changes by this much; 0 for T steps
 * @param omega the free phase's step size, below 2 (above 1: over-relaxation); 0 for ε
 * @param momentum the free phase's steps also add this times the step before; below 1
 * @param convolution how convolutions are calculated
 */
public record Mode(
    @JsonProperty("mode") ModeType name,
    String solver,
    List<String> solverOptions,
    Schedule schedule,
    double tolerance,
    double omega,
    double momentum,
    ConvolutionType convolution) {
  private static final String SOLVER = "solver";
  private static final String SCHEDULE = "schedule";
  private static final String OMEGA = "omega";
  private static final String MOMENTUM = "momentum";

  /** The paper's steps, T of them. */
  static final Mode EXACT =
      new Mode(
          ModeType.EXACT,
          Synchronous.NAME,
          List.of(),
          Schedule.SYNCHRONOUS,
          0,
          0,
          0,
          ConvolutionType.DIRECT);

  /**
   * Checked.
   *
   * @throws UsageException in one sentence, if a value is out of range or not one of the solver's
   */
  public Mode {
    solverOptions = List.copyOf(solverOptions);
    Config.oneOf(SOLVER, solver, Solver.names());
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new UsageException(
          "tolerance is " + tolerance + "; it must be at least 0 (always T steps) and below 1.");
    }
    if (!(omega >= 0 && (float) omega < 2)) {
      throw new UsageException(
          "omega is " + Float32.text(omega) + "; it must be at least 0 (epsilon) and below 2.");
    }
    if (!(momentum >= 0 && (float) momentum < 1)) {
      throw new UsageException(
          "momentum is " + Float32.text(momentum) + "; it must be at least 0 (none) and below 1.");
    }
    if (solver.equals(OverRelaxed.NAME) && omega == 0) {
      throw new UsageException("The solver over-relaxed needs an omega above 0 and below 2.");
    }
    if (solver.equals(HeavyBall.NAME) && momentum == 0) {
      throw new UsageException("The solver heavy-ball needs a momentum above 0 and below 1.");
    }
    solver(solver, solverOptions, schedule, omega, momentum);
  }

  /** The mode of a name, for a setting and a nudge β. */
  static Mode of(ModeType name, boolean energyBased, double beta) {
    if (name == ModeType.EXACT) {
      return EXACT;
    }
    Settling fast = Settling.fast(energyBased, beta);
    Map<String, String> options = fast.solver().options();
    return new Mode(
        name,
        fast.solver().name(),
        List.of(),
        LibraryNames.schedule(options.getOrDefault(SCHEDULE, EXACT.schedule.id())),
        fast.tolerance(),
        Double.parseDouble(options.getOrDefault(OMEGA, "0")),
        Double.parseDouble(options.getOrDefault(MOMENTUM, "0")),
        ConvolutionType.WINOGRAD);
  }

  /**
   * Makes solver, schedule, omega and momentum of a configuration agree. If the solver is given,
   * those of the others that are not given and that its preset has for another solver are set back;
   * if not, the others imply it.
   *
   * @param merged the preset's entries with the given ones in their places; modified
   * @param given the entries that are given
   */
  static void complete(ObjectNode merged, ObjectNode given) {
    JsonNode solver = given.get(SOLVER);
    String implied = implied(merged);
    if (solver == null) {
      merged.put(SOLVER, implied);
    } else if (!solver.asText().equals(implied)) {
      for (String number : List.of(OMEGA, MOMENTUM)) {
        if (!given.has(number)) {
          merged.put(number, 0.0);
        }
      }
    }
    boolean own = Synchronous.NAME.equals(merged.path(SOLVER).asText());
    boolean inTurn = Alternating.NAME.equals(merged.path(SOLVER).asText());
    if (!given.has(SCHEDULE) && (own || inTurn)) {
      merged.put(SCHEDULE, merged.path(SOLVER).asText());
    }
    if (!given.has(SCHEDULE) && SigmaDelta.NAME.equals(merged.path(SOLVER).asText())) {
      merged.put(SCHEDULE, EXACT.schedule.id()); // events have no schedule
    }
  }

  /** The solver that schedule, omega and momentum imply: the only ones that old runs have. */
  static String implied(ObjectNode tree) {
    if (tree.path(MOMENTUM).asDouble() != 0) {
      return HeavyBall.NAME;
    }
    if (tree.path(OMEGA).asDouble() != 0) {
      return OverRelaxed.NAME;
    }
    return tree.path(SCHEDULE).asText().equals(Alternating.NAME)
        ? Alternating.NAME
        : Synchronous.NAME;
  }

  /** How the free phase goes on, for people; empty if as in the paper. */
  public String description() {
    if (settling().equals(Settling.EXACT)) {
      return "";
    }
    String options =
        settling().solver().options().entrySet().stream()
            .filter(option -> !option.getValue().equals("0.0")) // that is ε, or none
            .map(option -> option.getKey() + " " + option.getValue())
            .collect(Collectors.joining(", "));
    return "solver "
        + solver
        + (options.isEmpty() ? "" : " (" + options + ")")
        + (tolerance > 0
            ? ", until no unit changes by " + tolerance
            : ", T steps, because the tolerance is 0");
  }

  /** What relaxations do. */
  public Settling settling() {
    return new Settling(solver(solver, solverOptions, schedule, omega, momentum), tolerance);
  }

  private static Solver solver(
      String name, List<String> more, Schedule schedule, double omega, double momentum) {
    Map<String, String> options = new LinkedHashMap<>();
    boolean named = name.equals(Synchronous.NAME) || name.equals(Alternating.NAME);
    if (named && !schedule.id().equals(name)) {
      throw new UsageException(
          "The schedule is "
              + schedule.id()
              + ", but the solver is "
              + name
              + "; give one of the two.");
    }
    if (!named && schedule != Schedule.SYNCHRONOUS) {
      options.put(SCHEDULE, schedule.id());
    }
    if (omega != 0) {
      options.put(OMEGA, Double.toString(omega));
    }
    if (momentum != 0) {
      options.put(MOMENTUM, Double.toString(momentum));
    }
    for (String option : more) {
      String[] pair = option.split("=", 2);
      if (pair.length < 2 || List.of(SCHEDULE, OMEGA, MOMENTUM).contains(pair[0])) {
        throw new UsageException(
            "'"
                + option
                + "' is not an option of a solver; write NAME=VALUE, such as memory=5. Schedule,"
                + " omega and momentum are options of their own.");
      }
      if (options.put(pair[0], pair[1]) != null) {
        throw new UsageException(
            "'" + pair[0] + "' is twice among the solver's options; keep one.");
      }
    }
    try {
      return Solver.named(name, options);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
  }
}
