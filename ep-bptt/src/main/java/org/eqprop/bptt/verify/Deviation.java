package org.eqprop.bptt.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eqprop.bptt.replay.Coverage;
import org.eqprop.bptt.replay.Differences;
import org.eqprop.bptt.replay.Group;
import org.eqprop.core.internal.file.Visible;
import org.jspecify.annotations.Nullable;

/**
 * How far a group of tensors is from the reference.
 *
 * @param file the reference's name
 * @param precision what was computed in: float32 or float64
 * @param group what was compared
 * @param tensors how many tensors
 * @param absolute largest absolute difference
 * @param relative largest difference relative to the largest value of its tensor
 * @param tolerance what {@code absolute} or {@code relative} may be at most
 * @param measure which of the two: absolute or relative
 * @param worst the tensor with the largest relative difference
 * @param flips pooling windows whose largest element is elsewhere than in float64, after which
 *     states may part; null where it is not counted
 */
public record Deviation(
    String file,
    String precision,
    String group,
    int tensors,
    double absolute,
    double relative,
    double tolerance,
    String measure,
    String worst,
    @Nullable Integer flips) {

  /** The group of what was not compared. */
  private static final String NOT_COMPARED = "not compared";

  /** Tensors that a row names at most. */
  private static final int NAMED = 12;

  /**
   * What a group of tensors may differ by.
   *
   * @param limit the largest difference
   * @param measure relative, to the largest value of the tensor; or absolute
   */
  record Tolerance(double limit, String measure) {
    static Tolerance relative(double limit) {
      return new Tolerance(limit, "relative");
    }

    static Tolerance absolute(double limit) {
      return new Tolerance(limit, "absolute");
    }
  }

  /** The differences of each group, in the given order; of one without tensors it counts none. */
  static List<Deviation> list(
      String file, String precision, Differences differences, Map<Group, Tolerance> tolerances) {
    List<Deviation> all = new ArrayList<>();
    tolerances.forEach(
        (group, tolerance) -> {
          Differences.Largest largest =
              differences
                  .byGroup()
                  .getOrDefault(group, new Differences.Largest(0, 0, 0, "no tensor"));
          all.add(
              new Deviation(
                  file,
                  precision,
                  group.title(),
                  largest.tensors(),
                  largest.absolute(),
                  largest.relative(),
                  tolerance.limit,
                  tolerance.measure,
                  largest.worst(),
                  null));
        });
    return all;
  }

  /**
   * {@return what of a file is not compared, as a group that has failed; empty if everything is}
   *
   * @param file the reference's name
   * @param coverage what of a file is compared
   */
  public static Optional<Deviation> notCompared(String file, Coverage coverage) {
    if (coverage.isComplete()) {
      return Optional.empty();
    }
    List<String> names =
        Stream.concat(
                coverage.missing().stream().map(name -> name + " (missing)"),
                coverage.unknown().stream().map(name -> Visible.brief(name) + " (unknown)"))
            .toList();
    int more = names.size() - NAMED;
    String some = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    return Optional.of(
        new Deviation(
            file,
            "",
            NOT_COMPARED,
            names.size(),
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            0,
            "relative",
            more > 0 ? some + " and " + more + " more" : some,
            null));
  }

  /**
   * {@return the same of a reference with another name}
   *
   * @param name the other name
   */
  public Deviation of(String name) {
    return new Deviation(
        name, precision, group, tensors, absolute, relative, tolerance, measure, worst, flips);
  }

  /** {@return whether this says what was not compared} */
  public boolean isOfNothing() {
    return group.equals(NOT_COMPARED);
  }

  /** The same with so many flips. */
  Deviation withFlips(int count) {
    return new Deviation(
        file, precision, group, tensors, absolute, relative, tolerance, measure, worst, count);
  }

  /**
   * {@return whether the difference is a number within the tolerance, and anything was compared at
   * all}
   */
  public boolean passed() {
    return tensors > 0 && (measure.equals("relative") ? relative : absolute) <= tolerance;
  }
}
