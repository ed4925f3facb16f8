package org.eqprop.examples.report;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eqprop.examples.data.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Progress bars on a terminal, one at a time. Where there is no terminal, every method that would
 * show one does nothing.
 */
public final class ProgressBars {
  private static final int DEFAULT_WIDTH = 80;

  /** When to show progress bars. */
  public enum Show {
    /** If standard error is a terminal. */
    AUTO,
    /** Even into a file or a pipe. */
    ALWAYS,
    /** Not at all. */
    NEVER
  }

  private final boolean shown;
  private final PrintStream err;
  private final int width;
  private final LongSupplier nanoTime;

  ProgressBars(boolean shown, PrintStream err, int width, LongSupplier nanoTime) {
    this.shown = shown;
    this.err = err;
    this.width = width;
    this.nanoTime = nanoTime;
  }

  /** Progress bars on standard error. */
  public static ProgressBars onStandardError(Show show) {
    boolean shown = show == Show.ALWAYS || (show == Show.AUTO && isTerminal());
    return new ProgressBars(shown, System.err, columns(), System::nanoTime);
  }

  /**
   * Begins a bar, which is to be closed before the next begins.
   *
   * @param task what is done, a few words
   * @param done how much of it is done already
   * @param total how much there is to do
   * @param unit what both are counted in
   */
  public Bar start(String task, long done, long total, Unit unit) {
    return new Bar(shown ? new StatusLine(err, width) : null, task, done, total, unit, nanoTime);
  }

  /** Shows downloads. */
  public Progress downloads() {
    return new Progress() {
      private @Nullable Bar bar;
      private long received;

      @Override
      public void start(String what, long totalBytes) {
        received = 0;
        bar = ProgressBars.this.start(what, 0, totalBytes, Unit.BYTES);
      }

      @Override
      public void advance(long bytes) {
        received += bytes;
        if (bar != null) {
          bar.update(received);
        }
      }

      @Override
      public void done() {
        if (bar != null) {
          bar.close();
          bar = null;
        }
      }
    };
  }

  /** Java only knows whether input and output are terminals; Linux says what file stderr is. */
  private static boolean isTerminal() {
    if ("dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    Path link = Path.of("/proc/self/fd/2");
    try {
      if (Files.isSymbolicLink(link)) {
        String target = Files.readSymbolicLink(link).toString();
        return target.startsWith("/dev/pts/")
            || target.startsWith("/dev/tty")
            || target.equals("/dev/console");
      }
    } catch (IOException ignored) {
      // Then what Java knows must do.
    }
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  private static int columns() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[1-9][0-9]{1,3}")
        ? Integer.parseInt(columns)
        : DEFAULT_WIDTH;
  }
}
