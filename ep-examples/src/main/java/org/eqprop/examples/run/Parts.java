package org.eqprop.examples.run;

import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Cost;
import org.eqprop.core.settle.Solver;
import org.jspecify.annotations.Nullable;

/** What is found by name: types of connections, solvers, costs and methods, also of other jars. */
public final class Parts {
  private static final Set<String> OWN =
      Set.of("org.eqprop.core", "org.eqprop.conv", "org.eqprop.bptt");

  private Parts() {}

  /**
   * Something that was found.
   *
   * @param name its name in options and files
   * @param jar the jar or folder it is from; null if it is eqprop's own
   */
  public record Part(String name, @Nullable String jar) {
    @Override
    public String toString() {
      return jar == null ? name : name + " (" + jar + ")";
    }
  }

  /** Types of connections. */
  public static List<Part> connections() {
    return parts(ServiceLoader.load(Connection.Provider.class), Connection.Provider::type);
  }

  /** Costs. */
  public static List<Part> costs() {
    return parts(ServiceLoader.load(Cost.Provider.class), Cost.Provider::type);
  }

  /** Methods of training. */
  public static List<Part> methods() {
    return parts(ServiceLoader.load(Learner.Provider.class), Learner.Provider::name);
  }

  /** Solvers; eqprop's own come first. */
  public static List<Part> solvers() {
    List<Part> others = parts(ServiceLoader.load(Solver.Provider.class), Solver.Provider::name);
    List<String> names = others.stream().map(Part::name).toList();
    List<Part> all = new ArrayList<>();
    for (String name : Solver.names()) {
      if (!names.contains(name)) {
        all.add(new Part(name, null));
      }
    }
    all.addAll(others);
    return List.copyOf(all);
  }

  /**
   * The type of connections named {@code type}.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Connection.Provider connection(String type) {
    for (Connection.Provider provider : ServiceLoader.load(Connection.Provider.class)) {
      if (provider.type().equals(type)) {
        return provider;
      }
    }
    throw new IllegalArgumentException("There is no connection type '" + type + "'.");
  }

  private static <P> List<Part> parts(ServiceLoader<P> providers, Function<P, String> name) {
    List<Part> parts = new ArrayList<>();
    for (P provider : providers) {
      parts.add(new Part(name.apply(provider), jar(provider.getClass())));
    }
    return List.copyOf(parts);
  }

  private static @Nullable String jar(Class<?> type) {
    String module = String.valueOf(type.getModule().getName());
    boolean own = OWN.contains(module) || type.getName().startsWith("org.eqprop.");
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (own) {
      return null;
    }
    URI place = source == null ? null : URI.create(source.getLocation().toString());
    boolean file = place != null && "file".equals(place.getScheme());
    Path last = file ? Path.of(place).getFileName() : null;
    return last == null ? module : last.toString();
  }
}
