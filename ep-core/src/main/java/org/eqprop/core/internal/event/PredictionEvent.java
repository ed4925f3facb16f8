package org.eqprop.core.internal.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("org.eqprop.Prediction")
@Label("Prediction")
@Description("A network settled with some samples clamped")
@Category("Equilibrium Propagation")
@StackTrace(false)
final class PredictionEvent extends Event {
  @Label("Kernels")
  String kernels = "";

  @Label("Samples")
  int samples;

  @Label("Settling Steps")
  @Description("Mean over the samples")
  double steps;

  @Label("Residual")
  @Description("Largest change of a unit in the last step")
  float residual;

  /** Records these events. */
  static final class Recorder implements Probe {
    private final PredictionEvent asked = new PredictionEvent();
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
      PredictionEvent event = new PredictionEvent();
      event.begin();
      return event;
    }

    @Override
    public void silence(boolean on) {
      silent = on;
    }

    @Override
    public void end(Object begun, Facts facts) {
      PredictionEvent event = (PredictionEvent) begun;
      event.end();
      if (event.shouldCommit()) {
        event.kernels = kernels;
        event.samples = facts.samples();
        event.steps = facts.steps();
        event.residual = facts.residual();
        event.commit();
      }
    }
  }
}
