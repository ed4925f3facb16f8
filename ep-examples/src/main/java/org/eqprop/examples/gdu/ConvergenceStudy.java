package org.eqprop.examples.gdu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.examples.run.Names;
import org.eqprop.examples.run.UsageException;

/** Measures how estimates of the gradient converge, on the first mini-batch. */
public final class ConvergenceStudy {
  /** Steps of the free phase unless something else is said: until it stands, in most networks. */
  public static final int STEPS = 2000;

  /** What the curves count for beside the free phase. */
  private static final int SHARE_OF_CURVES = 4;

  private final Measurement measurement;
  private final List<String> methods;
  private final boolean asked;

  /**
   * A study.
   *
   * @param methods names; empty for all that the network has
   * @throws UsageException if there is no such method, or the settings say float32 or several
   *     mini-batches
   */
  public ConvergenceStudy(Measurement measurement, List<String> methods) {
    GduSettings settings = measurement.settings();
    if (settings.isFloat32()) {
      throw new UsageException("--convergence is measured in float64; leave --precision out.");
    }
    if (settings.batches() > 1) {
      throw new UsageException("--convergence takes one mini-batch; leave --batches out.");
    }
    settings.requireResolved();
    List<String> known = ErrorCurves.names();
    for (String name : methods) {
      if (!known.contains(name)) {
        throw Names.unknown("method with a curve of convergence,", name, known);
      }
    }
    if (methods.stream().distinct().count() < methods.size()) {
      throw new UsageException("--methods has a name twice; give each once.");
    }
    this.measurement = measurement;
    this.asked = !methods.isEmpty();
    this.methods = asked ? List.copyOf(methods) : known;
  }

  /** The settings, the data and its borders. */
  public Measurement measurement() {
    return measurement;
  }

  /** What {@link #run} tells the workers in total. */
  public long cost() {
    return measurement.cost() * (1 + SHARE_OF_CURVES);
  }

  /** Measures. */
  public Convergence run(Workers workers) {
    FreePhase free = measurement.free(0, workers);
    ErrorCurves curves = new ErrorCurves(measurement, free, GradientMethods.exact(free));
    List<Callable<Measured>> tasks = new ArrayList<>();
    for (String method : methods) {
      tasks.add(
          () -> {
            Measured measured = measured(curves, method);
            workers.done(SHARE_OF_CURVES * measurement.cost() / methods.size());
            return measured;
          });
    }
    List<Convergence.Curve> all = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Measured measured : workers.run(tasks)) {
      all.addAll(measured.curves());
      notes.addAll(measured.notes());
    }
    return new Convergence(measurement.settings(), free.residual(), all, notes);
  }

  private record Measured(List<Convergence.Curve> curves, List<String> notes) {}

  private Measured measured(ErrorCurves curves, String method) {
    try {
      return new Measured(curves.of(method).stream().map(ErrorCurve::measure).toList(), List.of());
    } catch (IllegalArgumentException | IllegalStateException refused) {
      String sentence = "The method " + method + " does not work here: " + refused.getMessage();
      if (asked) {
        throw new UsageException(sentence);
      }
      return new Measured(List.of(), List.of(sentence));
    }
  }
}
