package org.eqprop.core.network;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Where connections, costs and solvers are looked for by their names: among providers that were
 * given, then those that a class loader finds. The first one of a name is taken.
 *
 * <p>{@link #here()} is enough where all jars are on one path. A host of plugins, or one that loads
 * a program's classes anew, has the providers in another class loader than this library: it takes
 * {@link #of} or {@link #with}.
 */
public final class Parts {
  private static final ClassLoader OWN = Parts.class.getClassLoader();

  /** A loader that goes on failing is left. */
  private static final int MOST_FAILURES = 1000;

  private static final Parts HERE = new Parts(OWN, List.of());

  private final ClassLoader loader;
  private final List<Given<?>> given;

  private record Given<S>(Class<S> service, S provider) {}

  private Parts(ClassLoader loader, List<Given<?>> given) {
    this.loader = loader;
    this.given = given;
  }

  /**
   * What the class loader of this library finds with {@link ServiceLoader}.
   *
   * @return them
   */
  public static Parts here() {
    return HERE;
  }

  /**
   * What {@code loader} and the class loader of this library find with {@link ServiceLoader}.
   *
   * @param loader the class loader of the providers
   * @return them
   */
  public static Parts of(ClassLoader loader) {
    return new Parts(Objects.requireNonNull(loader, "loader"), List.of());
  }

  /**
   * The same, and a provider that need not be registered.
   *
   * @param service what it provides, such as {@code Connection.Provider.class}
   * @param <S> the service
   * @param provider the provider
   * @return these and that one
   */
  public <S> Parts with(Class<S> service, S provider) {
    List<Given<?>> all = new ArrayList<>(given);
    all.add(
        new Given<>(
            Objects.requireNonNull(service, "service"),
            Objects.requireNonNull(provider, "provider")));
    return new Parts(loader, List.copyOf(all));
  }

  /**
   * The providers of a service, the given ones first. A registration that cannot be loaded, or is
   * of another copy of this library, is passed over.
   *
   * @param service a service that the module of this library uses
   * @param <S> the service
   * @return them, a new list
   */
  public <S> List<S> all(Class<S> service) {
    return find(service, new ArrayList<>());
  }

  /** The same; adds a sentence for each registration that cannot be loaded. */
  private <S> List<S> find(Class<S> service, List<String> failures) {
    List<S> all = new ArrayList<>();
    for (Given<?> one : given) {
      if (one.service().equals(service)) {
        all.add(service.cast(one.provider()));
      }
    }
    Map<Class<?>, S> found = new LinkedHashMap<>();
    load(service, loader, found, failures);
    if (!loader.equals(OWN)) {
      load(service, OWN, found, failures);
    }
    all.addAll(found.values());
    return all;
  }

  private static <S> void load(
      Class<S> service, ClassLoader from, Map<Class<?>, S> found, List<String> failures) {
    Iterator<S> providers = ServiceLoader.load(service, from).iterator();
    for (int failed = 0; failed < MOST_FAILURES; ) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        S provider = providers.next();
        found.putIfAbsent(provider.getClass(), provider);
      } catch (ServiceConfigurationError notLoaded) {
        failed++;
        failures.add(notLoaded.getMessage() + ".");
      }
    }
  }

  /**
   * The connection type of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  Connection.Provider connection(String type) {
    List<String> failures = new ArrayList<>();
    for (Connection.Provider provider : find(Connection.Provider.class, failures)) {
      if (provider.type().equals(type)) {
        return provider instanceof UntiedProvider ? new UntiedProvider(this) : provider;
      }
    }
    throw none("connection type", type, failures);
  }

  /**
   * The cost of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  Cost.Provider cost(String type) {
    List<String> failures = new ArrayList<>();
    for (Cost.Provider provider : find(Cost.Provider.class, failures)) {
      if (provider.type().equals(type)) {
        return provider;
      }
    }
    throw none("cost", type, failures);
  }

  private static IllegalArgumentException none(String what, String name, List<String> failures) {
    return new IllegalArgumentException(
        "There is no "
            + what
            + " '"
            + name
            + "'; put the jar that has it on the path, for ep by EP_PARTS, or give its provider"
            + " (Parts)."
            + (failures.isEmpty() ? "" : " Not loaded: " + failures.getFirst()));
  }
}
