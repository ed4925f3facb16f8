package org.eqprop.examples.reproduce;

import org.eqprop.examples.run.Experiment;
import org.eqprop.examples.run.Watcher;

/** Hears how the trainings of a table go, on the thread that trains. */
public interface Progress {
  /** How far the whole is, in words, now. */
  @FunctionalInterface
  interface Whole {
    /** A line without an end. */
    String words();
  }

  /**
   * A trial begins, or is taken up again.
   *
   * @param whole how far the whole is, at any time until the trial ends
   * @return what hears of the trial
   */
  Watcher began(Trial trial, Experiment experiment, Whole whole);

  /** The trial has ended, was stopped or has failed. */
  void ended(Trial trial);

  /** Something went wrong that does not end the command, one sentence. */
  void complaint(String sentence);
}
