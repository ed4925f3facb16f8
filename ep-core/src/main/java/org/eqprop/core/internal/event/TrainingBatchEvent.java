package org.eqprop.core.internal.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("org.eqprop.TrainingBatch")
@Label("Training Batch")
@Description("A network learned from a batch of samples")
@Category("Equilibrium Propagation")
@StackTrace(false)
final class TrainingBatchEvent extends Event {
  @Label("Kernels")
  String kernels = "";

  @Label("Samples")
  int samples;

  @Label("Settling Steps")
  @Description("Mean steps of the free phases")
  double steps;

  @Label("Residual")
  @Description("Largest change of a unit in the last step of a free phase")
  float residual;

  @Label("Loss")
  @Description("Mean loss before the update")
  double loss;

  @Label("Errors")
  @Description("Samples that were given the wrong class before the update")
  int errors;

  /** Records these events. */
  static final class Recorder implements Probe {
    private final TrainingBatchEvent asked = new TrainingBatchEvent();
    private final String kernels;
    private boolean silent;

    Recorder(String kernels) {
      this.kernels = kernels;
    }

    @Override
    public @Nullable Object begin() {
      if (!asked.isEnabled() || silent) {
        return null;
      }
      TrainingBatchEvent event = new TrainingBatchEvent();
      event.begin();
      return event;
    }

    @Override
    public void silence(boolean on) {
      silent = on;
    }

    @Override
    public void end(Object begun, Facts facts) {
      TrainingBatchEvent event = (TrainingBatchEvent) begun;
      event.end();
      if (event.shouldCommit()) {
        event.kernels = kernels;
        event.samples = facts.samples();
        event.steps = facts.steps();
        event.residual = facts.residual();
        event.loss = facts.loss();
        event.errors = facts.errors();
        event.commit();
      }
    }
  }
}
