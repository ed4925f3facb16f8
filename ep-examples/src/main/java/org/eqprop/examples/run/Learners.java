package org.eqprop.examples.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;
import org.jspecify.annotations.Nullable;

/** Finds the methods of training by their names. */
final class Learners {
  private Learners() {}

  /**
   * The methods that a setting names, in its order: one, several with commas between them, or
   * {@code both}.
   *
   * @throws UsageException if a name is empty or there twice
   */
  static List<String> named(String setting) {
    if (setting.equals(Config.BOTH)) {
      return List.of(EquilibriumPropagation.NAME, Config.BPTT);
    }
    List<String> names = Stream.of(setting.split(",", -1)).map(String::strip).toList();
    for (String name : names) {
      if (name.isEmpty()) {
        throw new UsageException(
            "method is '" + setting + "'; give a name, or several with a comma between two.");
      }
      if (Collections.frequency(names, name) > 1) {
        throw new UsageException(
            "method is '" + setting + "', which has " + name + " twice; give each once.");
      }
    }
    return names;
  }

  /**
   * Why a setting has no effect on any of some methods: what the first says; null if it has one.
   *
   * @throws UsageException if there is no such method
   */
  static @Nullable String whyWithout(List<String> methods, Learner.Provider.Setting setting) {
    String first = null;
    for (String method : methods) {
      String why = provider(method).whyWithout(setting);
      if (why == null) {
        return null;
      }
      first = first == null ? why : first;
    }
    return first;
  }

  /**
   * The method of a configuration, for a network.
   *
   * @throws UsageException if there is no such method, or it refuses the network
   */
  static Learner create(Config config, Network network, Context context) {
    return create(config, network, context, config.batch());
  }

  /** The same for batches of at most {@code capacity} samples. */
  static Learner create(Config config, Network network, Context context, int capacity) {
    try {
      return provider(config.method()).create(network, context, config.phases(), capacity);
    } catch (IllegalArgumentException refused) {
      String said = String.valueOf(refused.getMessage());
      throw new UsageException(
          "The method " + config.method() + " cannot train this network: " + said);
    }
  }

  /**
   * Checks that the methods of a configuration can train a network. Equilibrium propagation and
   * backpropagation through time can train any.
   *
   * @throws UsageException if one refuses it
   */
  static void check(Config config, Network network) {
    boolean tracked = config.trackGradient() > 0;
    for (String method : config.methods()) {
      if (tracked || !(method.equals(EquilibriumPropagation.NAME) || method.equals(Config.BPTT))) {
        try (Context context = new Context(1)) {
          Learner learner = create(config.withMethod(method), network, context);
          if (tracked) {
            TrackedLearner.check(method, learner, config);
          }
        }
      }
    }
  }

  /**
   * The method named {@code method}.
   *
   * @throws UsageException if there is none, with the nearest name
   */
  static Learner.Provider provider(String method) {
    List<String> names = new ArrayList<>();
    for (Learner.Provider provider : ServiceLoader.load(Learner.Provider.class)) {
      if (provider.name().equals(method)) {
        return provider;
      }
      names.add(provider.name());
    }
    names.add(Config.BOTH);
    if (method.equals(Config.BOTH)) {
      throw new UsageException(
          "'both' stands for ep,bptt and goes with no other method; write ep,bptt,rbp, for"
              + " example.");
    }
    throw Names.unknown("method", method, names);
  }
}
