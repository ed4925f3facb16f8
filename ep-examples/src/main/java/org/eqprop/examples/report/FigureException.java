package org.eqprop.examples.report;

/** A picture cannot be drawn or written; the message is one sentence for the user. */
public final class FigureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FigureException(String message, Throwable cause) {
    super(message, cause);
  }
}
