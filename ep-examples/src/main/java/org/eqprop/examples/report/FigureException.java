package org.eqprop.examples.report;

import java.nio.file.Path;
import org.eqprop.core.internal.file.Visible;

/** A picture cannot be drawn or written; the message is one sentence for the user. */
public final class FigureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FigureException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What {@code thrown} says about a file that was to be drawn; itself if it is one already. */
  static FigureException of(Path file, Throwable thrown) {
    if (thrown instanceof FigureException already) {
      return already;
    }
    String reason = thrown.getMessage();
    if (reason == null) {
      reason = thrown.getClass().getSimpleName();
    }
    if (thrown instanceof OutOfMemoryError) {
      reason = "the JVM's memory does not suffice";
    }
    return new FigureException("Cannot draw " + file + " (" + Visible.line(reason) + ").", thrown);
  }
}
