package org.eqprop.examples.run;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;

/** Finds the methods of training by their names. */
final class Learners {
  private Learners() {}

  /**
   * The method of a configuration, for a network.
   *
   * @throws UsageException if there is no such method, or it refuses the network
   */
  static Learner create(Config config, Network network, Context context) {
    try {
      return provider(config.method()).create(network, context, config.phases(), config.batch());
    } catch (IllegalArgumentException refused) {
      String said = String.valueOf(refused.getMessage());
      throw new UsageException(
          "The method " + config.method() + " cannot train this network: " + said);
    }
  }

  /**
   * Checks that the methods of a configuration can train a network. Those of the modules here can.
   *
   * @throws UsageException if one refuses it
   */
  static void check(Config config, Network network) {
    for (String method : config.methods()) {
      if (!method.equals(EquilibriumPropagation.NAME) && !method.equals(Config.BPTT)) {
        try (Context context = new Context(1)) {
          create(config.withMethod(method), network, context);
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
    throw new UsageException(
        "There is no method '"
            + method
            + "'; choose one of "
            + String.join(", ", names)
            + "."
            + Names.suggestion(method, names));
  }
}
