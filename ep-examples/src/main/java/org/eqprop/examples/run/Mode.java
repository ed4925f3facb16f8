package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.eqprop.core.settle.Schedule;
import org.eqprop.core.settle.Settling;

/**
 * How a network gets to its steady states and how exactly its arithmetic follows the paper's.
 *
 * @param name {@code exact} (the paper's steps) or {@code fast}: where the other three start from
 * @param schedule {@code synchronous} or {@code alternating}
 * @param tolerance a sample's free phase ends when no unit changes by this much; 0 for T steps
 * @param omega the free phase's step size, below 2 (above 1: over-relaxation); 0 for ε
 * @param momentum the free phase's steps also add this times the step before; below 1
 * @param convolution {@code direct} or {@code winograd}, which rounds differently
 */
public record Mode(
    @JsonProperty("mode") String name,
    String schedule,
    double tolerance,
    double omega,
    double momentum,
    String convolution) {
  static final List<String> NAMES = List.of("exact", "fast");
  static final List<String> SCHEDULES = List.of("synchronous", "alternating");
  static final List<String> CONVOLUTIONS = List.of("direct", "winograd");

  /** The paper's steps, T of them. */
  static final Mode EXACT = new Mode("exact", "synchronous", 0, 0, 0, "direct");

  /**
   * Checked.
   *
   * @throws UsageException in one sentence, if a value is out of range
   */
  public Mode {
    Config.oneOf("mode", name, NAMES);
    Config.oneOf("schedule", schedule, SCHEDULES);
    Config.oneOf("convolution", convolution, CONVOLUTIONS);
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new UsageException(
          "tolerance is " + tolerance + "; it must be at least 0 (always T steps) and below 1.");
    }
    if (!(omega >= 0 && omega < 2)) {
      throw new UsageException(
          "omega is " + omega + "; it must be at least 0 (epsilon) and below 2.");
    }
    if (!(momentum >= 0 && momentum < 1)) {
      throw new UsageException(
          "momentum is " + momentum + "; it must be at least 0 (none) and below 1.");
    }
  }

  /** The mode of a name, for a setting and a nudge β. */
  static Mode of(String name, boolean energyBased, double beta) {
    if (name.equals(EXACT.name)) {
      return EXACT;
    }
    Map<String, String> solver = Settling.fast(energyBased, beta).solver().options();
    return new Mode(
        name,
        solver.getOrDefault("schedule", EXACT.schedule),
        Settling.fast(energyBased, beta).tolerance(),
        Double.parseDouble(solver.getOrDefault("omega", "0")),
        Double.parseDouble(solver.getOrDefault("momentum", "0")),
        "winograd");
  }

  /** What relaxations do. */
  public Settling settling() {
    Schedule order = schedule.equals("alternating") ? Schedule.ALTERNATING : Schedule.SYNCHRONOUS;
    return Settling.of(order, tolerance, omega, momentum);
  }
}
