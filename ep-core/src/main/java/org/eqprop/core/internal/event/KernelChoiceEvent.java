package org.eqprop.core.internal.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("org.eqprop.KernelChoice")
@Label("Kernel Choice")
@Description("Kernels were taken for a predictor or a training")
@Category("Equilibrium Propagation")
@StackTrace(false)
final class KernelChoiceEvent extends Event {
  @Label("User")
  String user = "";

  @Label("Kernels")
  String kernels = "";

  static void record(String user, String kernels) {
    KernelChoiceEvent event = new KernelChoiceEvent();
    if (event.isEnabled()) {
      event.user = user;
      event.kernels = kernels;
      event.commit();
    }
  }
}
