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
    List<S> all = new ArrayList<>();
    for (Given<?> one : given) {
      if (one.service().equals(service)) {
        all.add(service.cast(one.provider()));
      }
    }
    Map<Class<?>, S> found = new LinkedHashMap<>();
    load(service, loader, found);
    if (!loader.equals(OWN)) {
      load(service, OWN, found);
    }
    all.addAll(found.values());
    return all;
  }

  /** Adds what a class loader finds; a registration that cannot be loaded is passed over. */
  private static <S> void load(Class<S> service, ClassLoader from, Map<Class<?>, S> found) {
    Iterator<S> providers = ServiceLoader.load(service, from).iterator();
    for (int failures = 0; failures < MOST_FAILURES; ) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        S provider = providers.next();
        found.putIfAbsent(provider.getClass(), provider);
      } catch (ServiceConfigurationError notLoaded) {
        failures++;
      }
    }
  }

  /**
   * The connection type of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  Connection.Provider connection(String type) {
    for (Connection.Provider provider : all(Connection.Provider.class)) {
      if (provider.type().equals(type)) {
        return provider instanceof UntiedProvider ? new UntiedProvider(this) : provider;
      }
    }
    throw new IllegalArgumentException(
        "There is no connection type '"
            + type
            + "'; put the jar that has it on the path, for ep by EP_PARTS, or give its provider"
            + " (Parts).");
  }

  /**
   * The cost of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  Cost.Provider cost(String type) {
    for (Cost.Provider provider : all(Cost.Provider.class)) {
      if (provider.type().equals(type)) {
        return provider;
      }
    }
    throw new IllegalArgumentException(
        "There is no cost '"
            + type
            + "'; put the jar that has it on the path, for ep by EP_PARTS, or give its provider"
            + " (Parts).");
  }
}
