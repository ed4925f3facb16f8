package org.eqprop.checks.snippets;

import org.eqprop.checks.ConnectionChecks;
import org.eqprop.checks.CostChecks;
import org.eqprop.checks.LearnerChecks;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Cost;

/** The code in the pages of the API. {@link SnippetsTest} runs it. */
final class Snippets {
  private Snippets() {}

  static void checks(Connection.Provider connection, Cost.Provider cost) {
    // @start region="checks"
    ConnectionChecks.check(connection); // your Connection.Provider
    CostChecks.check(cost); // your Cost.Provider
    Phases phases = new Phases(30, 12, 0.5, Phases.Estimate.ONE_SIDED, 3);
    LearnerChecks.check(new EquilibriumPropagation.Provider(), phases, 0.3); // a learning rate
    // @end
  }
}
