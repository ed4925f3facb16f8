package org.eqprop.core;

/** A file could not be read or written; the message is one sentence: what, where, what to do. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * One sentence for the user.
   *
   * @param message one sentence for the user
   */
  public StoreException(String message) {
    super(message);
  }

  /**
   * One sentence for the user, and what caused it.
   *
   * @param message one sentence for the user
   * @param cause what went wrong before
   */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
