package org.eqprop.examples.report;

import java.io.PrintStream;
import org.eqprop.core.internal.file.Visible;

/** The last line of a terminal, written over again and again. */
final class StatusLine {
  private final PrintStream out;
  private final int width;
  private boolean closed;
  private int filled;

  StatusLine(PrintStream out, int width) {
    this.out = out;
    this.width = width;
  }

  /** How many characters fit; the last column would break the line. */
  int room() {
    return width - 1;
  }

  synchronized void show(String words) {
    if (!closed) {
      String text = Visible.line(words);
      out.print("\r" + text + " ".repeat(Math.max(0, filled - text.length())));
      out.flush();
      filled = text.length();
    }
  }

  /** Shows a line of its own and goes on below it. */
  synchronized void above(String text) {
    erase();
    out.println(Visible.line(text));
    out.flush();
  }

  /** Leaves an empty line for whatever is printed next. */
  synchronized void close() {
    erase();
    closed = true;
  }

  private void erase() {
    out.print("\r" + " ".repeat(filled) + "\r");
    out.flush();
    filled = 0;
  }
}
