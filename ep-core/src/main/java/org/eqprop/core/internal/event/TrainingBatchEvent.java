package org.eqprop.core.internal.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;

@Name("org.eqprop.TrainingBatch")
@Label("Training Batch")
@Description("A network learned from a batch of samples")
@Category("Equilibrium Propagation")
@Registered
@StackTrace(false)
final class TrainingBatchEvent extends SettlingEvent {
  @Label("Loss")
  @Description("Mean loss before the update")
  double loss;

  @Label("Errors")
  @Description("Samples that were given the wrong class before the update")
  int errors;

  @Override
  void fill(Probe.Facts facts) {
    super.fill(facts);
    loss = facts.loss();
    errors = facts.errors();
  }
}
