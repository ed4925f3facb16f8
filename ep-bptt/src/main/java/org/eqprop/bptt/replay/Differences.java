package org.eqprop.bptt.replay;

import java.util.EnumMap;
import java.util.Map;

/** The largest differences found in a replay, for each group of tensors. */
public final class Differences {
  private final Map<Group, Largest> byGroup = new EnumMap<>(Group.class);

  /**
   * The largest differences within a group.
   *
   * @param tensors how many were compared
   * @param absolute the largest difference of two elements
   * @param relative the largest ratio of a tensor's largest difference to its largest element
   * @param worst the tensor with the largest relative difference
   */
  public record Largest(int tensors, double absolute, double relative, String worst) {}

  /** Nothing compared yet. */
  public Differences() {}

  /**
   * Compares a tensor; one of another length or not finite differs infinitely.
   *
   * @param group the kind of tensor
   * @param name name of the tensor
   * @param expected as recorded
   * @param actual as calculated
   */
  public void compare(Group group, String name, double[] expected, double[] actual) {
    double absolute = expected.length == actual.length ? 0 : Double.POSITIVE_INFINITY;
    double scale = 0;
    for (int i = 0; i < Math.min(expected.length, actual.length); i++) {
      double difference = Math.abs(actual[i] - expected[i]);
      absolute =
          Math.max(absolute, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
      scale = Math.max(scale, Math.abs(expected[i]));
    }
    double relative = relative(absolute, scale);
    Largest before = byGroup.get(group);
    if (before == null) {
      byGroup.put(group, new Largest(1, absolute, relative, name));
    } else {
      byGroup.put(
          group,
          new Largest(
              before.tensors + 1,
              Math.max(before.absolute, absolute),
              Math.max(before.relative, relative),
              relative > before.relative ? name : before.worst));
    }
  }

  /** What is not finite differs infinitely, so that its tensor is the worst. */
  private static double relative(double absolute, double scale) {
    if (absolute == 0) {
      return 0;
    }
    return Double.isFinite(absolute) ? absolute / scale : Double.POSITIVE_INFINITY;
  }

  /** {@return the groups that the file has, with their largest differences} */
  public Map<Group, Largest> byGroup() {
    return new EnumMap<>(byGroup);
  }
}
