package org.eqprop.core.learn;

/** A state or weight stopped being finite; the message says which layer. */
public final class DivergenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * One sentence for the user.
   *
   * @param message one sentence for the user
   */
  public DivergenceException(String message) {
    super(message);
  }
}
