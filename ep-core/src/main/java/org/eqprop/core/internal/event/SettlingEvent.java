package org.eqprop.core.internal.event;

import java.util.function.Supplier;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** What events of networks that settle have in common. */
@Registered(false)
@StackTrace(false)
abstract class SettlingEvent extends Event {
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

  /** Takes over what came of it; the kernels are known already. */
  void fill(Probe.Facts facts) {
    samples = facts.samples();
    steps = facts.steps();
    residual = facts.residual();
  }

  /** Records events of one kind. */
  static final class Recorder implements Probe {
    private final Supplier<SettlingEvent> maker;
    private final SettlingEvent asked;
    private final String kernels;
    private boolean silent;

    Recorder(Supplier<SettlingEvent> maker, String kernels) {
      this.maker = maker;
      this.asked = maker.get();
      this.kernels = kernels;
    }

    @Override
    public @Nullable Object begin() {
      if (!asked.isEnabled() || silent) {
        return null;
      }
      SettlingEvent event = maker.get();
      event.begin();
      return event;
    }

    @Override
    public void end(Object begun, Facts facts) {
      SettlingEvent event = (SettlingEvent) begun;
      event.end();
      if (event.shouldCommit()) {
        event.kernels = kernels;
        event.fill(facts);
        event.commit();
      }
    }

    @Override
    public void silence(boolean on) {
      silent = on;
    }
  }
}
