package org.eqprop.core.internal.event;

/** Makes probes; they record nothing where the JVM has no flight recorder. */
public final class Events {
  private static final boolean PRESENT = isPresent();

  private Events() {}

  private static boolean isPresent() {
    try {
      Class.forName("jdk.jfr.Event", false, Events.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError none) {
      return false;
    }
  }

  /**
   * Records predictions as {@code org.eqprop.Prediction}.
   *
   * @param kernels the name of what they run on
   */
  public static Probe predictions(String kernels) {
    return PRESENT ? new SettlingEvent.Recorder(PredictionEvent::new, kernels) : Probe.NONE;
  }

  /**
   * Records the batches of a training as {@code org.eqprop.TrainingBatch}.
   *
   * @param kernels the name of what they run on
   */
  public static Probe batches(String kernels) {
    return PRESENT ? new SettlingEvent.Recorder(TrainingBatchEvent::new, kernels) : Probe.NONE;
  }

  /**
   * Records as {@code org.eqprop.KernelChoice} which kernels something runs on.
   *
   * @param user what runs on them, such as a predictor
   * @param kernels their name
   */
  public static void kernels(String user, String kernels) {
    if (PRESENT) {
      KernelChoiceEvent.record(user, kernels);
    }
  }
}
