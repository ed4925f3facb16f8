package org.eqprop.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.eqprop.examples.report.Picture.Area;
import org.eqprop.examples.report.Picture.Line;
import org.eqprop.examples.report.Picture.Mark;

/** Paints a {@link Key}. */
final class KeyPainter {
  private static final int BAR = 14;

  private KeyPainter() {}

  static Picture paint(Key key, Typeface typeface) {
    Font font = typeface.small();
    List<Mark> marks = new ArrayList<>();
    double middle = Key.ROW / 2.0;
    for (List<Key.Entry> row : key.rows()) {
      double wide = -Key.BETWEEN;
      for (Key.Entry entry : row) {
        wide += sample(entry) + Key.GAP + Script.of(entry.name()).width(font) + Key.BETWEEN;
      }
      double x = Math.max(0, (key.width() - wide) / 2);
      for (Key.Entry entry : row) {
        marks.add(sample(entry, x, middle));
        x += sample(entry) + Key.GAP;
        Script name = Script.of(entry.name());
        AffineTransform at =
            AffineTransform.getTranslateInstance(x, middle + 0.36 * font.getSize());
        marks.addAll(name.marks(font, Palette.TEXT, at));
        x += name.width(font) + Key.BETWEEN;
      }
      middle += Key.ROW;
    }
    return new Picture(List.copyOf(marks));
  }

  private static boolean isBar(Key.Entry entry) {
    return entry.sample() != Key.Sample.BROAD && entry.sample() != Key.Sample.DASHED;
  }

  /** The width of a sample. */
  private static double sample(Key.Entry entry) {
    return isBar(entry) ? BAR : Key.SAMPLE;
  }

  private static Mark sample(Key.Entry entry, double x, double middle) {
    Color color = Palette.of(entry.color());
    boolean pale = entry.sample() == Key.Sample.BROAD || entry.sample() == Key.Sample.PALE_BAR;
    Color shade = pale ? Palette.pale(color) : color;
    if (entry.sample() == Key.Sample.RANGE) {
      double center = x + BAR / 2.0;
      Line2D range = new Line2D.Double(center, middle - BAR / 2.0, center, middle + BAR / 2.0);
      return BarPainter.capped(range);
    }
    if (isBar(entry)) {
      return new Area(new Rectangle2D.Double(x, middle - BAR / 2.0, BAR, BAR), shade, null);
    }
    BasicStroke stroke =
        entry.sample() == Key.Sample.DASHED ? ChartPainter.DASHED : ChartPainter.BROAD;
    return new Line(new Line2D.Double(x, middle, x + Key.SAMPLE, middle), stroke, shade, null);
  }
}
