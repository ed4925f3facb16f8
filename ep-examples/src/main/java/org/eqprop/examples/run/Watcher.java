package org.eqprop.examples.run;

/** Hears how a training run goes, on the thread that trains. */
public interface Watcher {
  /** Hears nothing. */
  Watcher SILENT = new Watcher() {};

  /** Training with one of several methods begins; unless overridden said as a complaint is. */
  default void methodStarted(String method) {
    complaint("Method " + method + ".");
  }

  /** Trial {@code trial} (from 0) of {@code trials} begins. */
  default void trialStarted(int trial, int trials) {}

  /** Something worth knowing that does not stop the run, one sentence. */
  default void complaint(String sentence) {}

  /** A training cannot be meant; not said of the last epoch, whose warnings are a result. */
  default void warned(Warning warning) {}

  /** An epoch (from 0) begins or is taken up again at sample {@code done} of {@code samples}. */
  default void epochStarted(int epoch, int epochs, long done, long samples) {}

  /** {@code samples} samples of the epoch are done, with this error so far (0 to 1). */
  default void progress(long samples, double error) {}

  /** An epoch is complete and on disk. */
  default void epochDone(EpochMetrics metrics) {}
}
