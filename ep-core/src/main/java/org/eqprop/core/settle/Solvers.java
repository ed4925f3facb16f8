package org.eqprop.core.settle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eqprop.core.network.Parts;

/** Finds solvers by name: the ones of this package, then those of other modules. */
final class Solvers {
  private static final List<Solver.Provider> OWN =
      List.of(
          new Own(Synchronous.NAME, Synchronous::read),
          new Own(Alternating.NAME, Alternating::read),
          new Own(OverRelaxed.NAME, OverRelaxed::read),
          new Own(HeavyBall.NAME, HeavyBall::read),
          new Own(Anderson.NAME, Anderson::read),
          new Own(SigmaDelta.NAME, SigmaDelta::read));

  private Solvers() {}

  private interface Reader {
    Solver read(Options options);
  }

  private record Own(String name, Reader reader) implements Solver.Provider {
    @Override
    public Solver create(Map<String, String> options) {
      return reader.read(new Options(name, options));
    }
  }

  /** The solver that {@code name} and {@code options} say. */
  static Solver named(String name, Map<String, String> options, Parts parts) {
    List<Solver.Provider> all = all(parts);
    for (Solver.Provider provider : all) {
      if (provider.name().equals(name)) {
        return provider.create(options);
      }
    }
    throw new IllegalArgumentException(
        "There is no solver '"
            + name
            + "'; choose one of "
            + String.join(", ", all.stream().map(Solver.Provider::name).toList())
            + ", or put the jar that has it on the path, for ep by EP_PARTS, or give its provider"
            + " (Parts).");
  }

  /** All solvers: those of this package, then those of {@code parts}. */
  static List<Solver.Provider> all(Parts parts) {
    List<Solver.Provider> all = new ArrayList<>(OWN);
    all.addAll(parts.all(Solver.Provider.class));
    return all;
  }
}
