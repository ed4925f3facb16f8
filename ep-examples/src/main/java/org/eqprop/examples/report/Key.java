package org.eqprop.examples.report;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.internal.file.Visible;

/**
 * The legend of a figure of several charts: samples with their names, in rows.
 *
 * @param entries from left to right
 * @param width in pixels
 */
public record Key(List<Entry> entries, int width) implements Figure {
  static final int ROW = 24;
  static final int SAMPLE = 34;
  static final int GAP = 8;
  static final int BETWEEN = 24;

  /** About the width of a letter, which is not measured: sizes need no fonts. */
  private static final double LETTER = 6.6;

  /** What a name is for. */
  public enum Sample {
    /** The broad pale line under a dashed one. */
    BROAD,
    /** A dashed line. */
    DASHED,
    /** A bar of full colour. */
    BAR,
    /** A pale bar. */
    PALE_BAR,
    /** The line over a bar. */
    RANGE
  }

  /**
   * A sample and its name.
   *
   * @param name what it stands for
   * @param sample how it looks
   * @param color the index in the palette
   */
  public record Entry(String name, Sample sample, int color) {
    /** Control characters become visible. */
    public Entry {
      name = Visible.line(name);
    }
  }

  /** Copies the list. */
  public Key {
    entries = List.copyOf(entries);
  }

  @Override
  public int height() {
    return ROW * rows().size() + GAP;
  }

  /** The entries of each row. */
  List<List<Entry>> rows() {
    List<List<Entry>> rows = new ArrayList<>();
    double used = 0;
    for (Entry entry : entries) {
      double own = SAMPLE + GAP + BETWEEN + LETTER * Script.plain(entry.name()).length();
      if (rows.isEmpty() || used + own > width) {
        rows.add(new ArrayList<>());
        used = 0;
      }
      rows.getLast().add(entry);
      used += own;
    }
    return rows;
  }

  @Override
  public Key scaled(double factor) {
    return new Key(entries, (int) Math.round(factor * width));
  }

  @Override
  public double leastScale() {
    return 0;
  }
}
