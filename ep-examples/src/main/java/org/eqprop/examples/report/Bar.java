package org.eqprop.examples.report;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/**
 * One task's progress: how much, how fast, and how long it will still take. Drawn by a thread of
 * its own; to be updated and closed by one thread.
 */
public final class Bar implements AutoCloseable {
  private static final int REDRAW_MILLIS = 200;
  private static final long UPDATE_NANOS = 100_000_000;
  private static final double STEADY_SECONDS = 0.5;
  private static final int LEAST_BAR = 10;
  private static final int LONGEST_BAR = 40;
  private static final int MOST_LEFT_OUT = 3;

  private final @Nullable StatusLine line;
  private final @Nullable ProgressBar bar;
  private final Unit unit;
  private final LongSupplier nanoTime;
  private final long start = System.nanoTime();
  private long nextUpdate;

  Bar(
      @Nullable StatusLine line,
      String task,
      long done,
      long total,
      Unit unit,
      LongSupplier nanoTime) {
    this.line = line;
    this.unit = unit;
    this.nanoTime = nanoTime;
    nextUpdate = nanoTime.getAsLong();
    // With a consumer of its own the library opens no terminal, which would load native code.
    bar =
        line == null
            ? null
            : new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .startsFrom(done, Duration.ZERO)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setRenderer(this::render)
                .setConsumer(new DelegatingProgressBarConsumer(line::show, line.room()))
                .build();
  }

  /**
   * Says how much is done. Cheap enough for every batch: all but one call in 100 ms only read the
   * clock.
   */
  public void update(long done) {
    if (bar != null && nanoTime.getAsLong() - nextUpdate >= 0) {
      nextUpdate = nanoTime.getAsLong() + UPDATE_NANOS;
      bar.stepTo(done);
    }
  }

  /** Adds a few words after the numbers, such as the error so far. */
  public void remark(String words) {
    if (bar != null) {
      bar.setExtraMessage(words);
    }
  }

  /** Says a few words in a line above the bar, such as how far the whole is; empty for none. */
  public void head(String words) {
    if (line != null) {
      line.head(words);
    }
  }

  /** Whether there is a bar to see. */
  public boolean isShown() {
    return line != null;
  }

  /** Prints a line above the bar; nothing where no bar is shown. */
  public void println(String text) {
    if (line != null) {
      line.above(text);
    }
  }

  /** Erases the bar. */
  @Override
  public void close() {
    if (bar != null && line != null) {
      line.close();
      bar.close();
    }
  }

  private String render(ProgressState state, int room) {
    int percent = (int) Math.floor(100 * state.getNormalizedProgress());
    String task = String.format(Locale.ROOT, "%s %3d%%", state.getTaskName(), percent);
    String words = "";
    for (int left = 0; left <= MOST_LEFT_OUT; left++) {
      words = numbers(state, left);
      int length = Math.min(LONGEST_BAR, room - task.length() - words.length() - 3);
      if (length >= LEAST_BAR) {
        int full = (int) (length * state.getNormalizedProgress());
        String bar = "=".repeat(full) + " ".repeat(length - full);
        return task + " [" + bar + "]" + words;
      }
    }
    String text = task + words;
    return text.substring(0, Math.min(room, text.length()));
  }

  /**
   * The words after the bar.
   *
   * @param left how many are left out because there is little room: the rate, how much of how much,
   *     the remark
   */
  private String numbers(ProgressState state, int left) {
    long since = state.getCurrent() - state.getStart();
    // Not the library's, which is by the clock on the wall: that one is set and steps.
    double seconds = (System.nanoTime() - start) / 1e9;
    String numbers = left > 1 ? "" : "  " + unit.ratio(state.getCurrent(), state.getMax());
    if (since > 0 && seconds > STEADY_SECONDS) {
      double rate = since / seconds;
      numbers += left > 0 ? "" : "  " + unit.rate(rate);
      numbers += "  ETA " + clock((long) Math.ceil((state.getMax() - state.getCurrent()) / rate));
    }
    if (!state.getExtraMessage().isEmpty() && left < MOST_LEFT_OUT) {
      numbers += "  " + state.getExtraMessage();
    }
    return numbers;
  }

  private static String clock(long seconds) {
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
