package org.eqprop.core.settle;

import java.util.List;
import java.util.Map;
import org.eqprop.core.internal.machine.Float32;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;

/**
 * Steps of a size ω in place of ε: s ← s + ω·(σ(a) − s), with energy-based layers s + ω·(σ′(s)·a −
 * s). Above 1 and with layers in turn it is successive over-relaxation.
 *
 * @param schedule which layers step together
 * @param omega ω, above 0 and below 2
 */
public record OverRelaxed(Schedule schedule, double omega) implements Solver {
  /** The name in files and options. */
  public static final String NAME = "over-relaxed";

  private static final double MOST = 2;

  /**
   * Checked settings.
   *
   * @throws IllegalArgumentException if ω is not above 0 and below 2
   */
  public OverRelaxed {
    if (!((float) omega > 0 && (float) omega < MOST)) {
      throw new IllegalArgumentException(
          "omega is " + Float32.text(omega) + "; it must be above 0 and below 2.");
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> options() {
    return Options.of(Options.SCHEDULE, schedule.id(), Options.OMEGA, Double.toString(omega));
  }

  @Override
  public List<List<Layer>> groups(Network network) {
    return schedule.groups(network);
  }

  @Override
  public double size(double epsilon) {
    return omega;
  }

  static OverRelaxed read(Options options) {
    options.check(Options.SCHEDULE, Options.OMEGA);
    return new OverRelaxed(options.schedule(), options.number(Options.OMEGA, 1));
  }
}
