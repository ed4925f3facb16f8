package org.eqprop.bptt.verify;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.eqprop.bptt.replay.Group;
import org.eqprop.bptt.replay.ReferenceFile;
import org.eqprop.bptt.replay.Replay;

/** Computes a reference again from Φ and the cost, in float64. */
public final class Float64Replay {
  /** What a tensor may differ by: thousands of steps, each summed in another order. */
  private static final double TOLERANCE = 1e-10;

  /**
   * What RelMSE may differ by: where ∇ and Δ nearly agree it is their difference, and Δ is itself a
   * difference of states divided by β.
   */
  private static final double RELMSE_TOLERANCE = 1e-6;

  private Float64Replay() {}

  /**
   * {@return the differences of all groups of tensors}
   *
   * @param file a recorded trajectory
   */
  public static List<Deviation> run(ReferenceFile file) {
    Map<Group, Deviation.Tolerance> tolerances = new EnumMap<>(Group.class);
    for (Group group : Group.values()) {
      double limit = group == Group.REL_MSE ? RELMSE_TOLERANCE : TOLERANCE;
      tolerances.put(group, Deviation.Tolerance.relative(limit));
    }
    return Deviation.list(file.name(), "float64", Replay.run(file), tolerances);
  }
}
