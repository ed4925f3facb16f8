package org.eqprop.examples.run;

/** What a run measures its error on after each epoch. */
public enum Measured {
  /** The test set. */
  TEST("test"),
  /** Training samples that were held out. */
  VALIDATION("validation");

  private final String word;

  Measured(String word) {
    this.word = word;
  }

  /** What the error is called by: {@code test} or {@code validation}. */
  public String word() {
    return word;
  }
}
