package org.eqprop.examples.run;

/** A layer or connection of a network from a file cannot be as it was written. */
final class EntryException extends UsageException {
  private static final long serialVersionUID = 1L;

  private final String entry;

  /**
   * A refusal.
   *
   * @param entry where it is: {@code layers.0.units}, numbered from 0
   * @param message one sentence: what is wrong, what to do
   */
  EntryException(String entry, String message) {
    super(message);
    this.entry = entry;
  }

  /** Where it is: {@code layers.0.units}, or {@code layers.0}. */
  String entry() {
    return entry;
  }
}
