package org.eqprop.examples.run;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;

/** Finds the methods of training by their names. */
final class Learners {
  private Learners() {}

  /**
   * The method of a configuration, for a network.
   *
   * @throws UsageException if there is no such method
   */
  static Learner create(Config config, Network network, Context context) {
    return provider(config.method()).create(network, context, config.phases(), config.batch());
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
