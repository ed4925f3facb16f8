package org.eqprop.examples.report;

import java.io.PrintStream;
import org.eqprop.core.internal.file.Visible;

/** The last line of a terminal, or the last two, written over again and again. */
final class StatusLine {
  /** Moves the cursor to the line above. */
  private static final String UP = "\u001b[A";

  private final PrintStream out;
  private final int width;
  private String head = "";
  private boolean closed;
  private boolean two;
  private int headFilled;
  private int filled;

  StatusLine(PrintStream out, int width) {
    this.out = out;
    this.width = width;
  }

  /** How many characters fit; the last column would break the line. */
  int room() {
    return width - 1;
  }

  /** Sets what stands in a line above from the next time on; empty for no such line. */
  synchronized void head(String words) {
    String text = Visible.line(words);
    head = text.substring(0, Math.min(room(), text.length()));
  }

  synchronized void show(String words) {
    if (closed) {
      return;
    }
    String text = Visible.line(words);
    if (two && head.isEmpty()) {
      erase();
    }
    if (!head.isEmpty()) {
      out.print("\r" + (two ? UP : "") + padded(head, two ? headFilled : filled) + "\n");
      filled = two ? filled : 0;
      two = true;
      headFilled = head.length();
    }
    out.print("\r" + padded(text, filled));
    out.flush();
    filled = text.length();
  }

  private static String padded(String text, int length) {
    return text + " ".repeat(Math.max(0, length - text.length()));
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
    if (two) {
      out.print(UP + " ".repeat(headFilled) + "\r");
    }
    out.flush();
    two = false;
    filled = 0;
  }
}
