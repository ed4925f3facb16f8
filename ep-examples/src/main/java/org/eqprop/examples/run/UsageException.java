package org.eqprop.examples.run;

/** The user asked for something that cannot be done; the message is one sentence for them. */
public class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One sentence: what, where, what to do. */
  public UsageException(String message) {
    super(message);
  }
}
