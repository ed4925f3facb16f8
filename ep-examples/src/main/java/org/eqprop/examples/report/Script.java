package org.eqprop.examples.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eqprop.examples.report.Picture.Text;

/**
 * A line of text with raised and lowered parts: {@code s^{0}}, {@code W^{fc}_{01}}. A raised and a
 * lowered part that follow each other stand over each other. A bracket without an end stays as it
 * is written.
 */
final class Script {
  private static final Pattern MARKED = Pattern.compile("[\\^_]\\{([^{}]*)}");
  private static final float SIZE = 0.72f;
  private static final double UP = 0.38;
  private static final double DOWN = 0.2;

  private enum Level {
    BASE,
    RAISED,
    LOWERED
  }

  private record Run(String text, Level level) {}

  private final List<Run> runs = new ArrayList<>();

  private Script(String markup) {
    Matcher marked = MARKED.matcher(markup);
    int end = 0;
    while (marked.find()) {
      add(markup.substring(end, marked.start()), Level.BASE);
      add(marked.group(1), marked.group().charAt(0) == '^' ? Level.RAISED : Level.LOWERED);
      end = marked.end();
    }
    add(markup.substring(end), Level.BASE);
  }

  private void add(String text, Level level) {
    if (!text.isEmpty()) {
      runs.add(new Run(text, level));
    }
  }

  /** Reads a text with its marks. */
  static Script of(String markup) {
    return new Script(markup);
  }

  /** The same text in one line of one size: {@code W01}. */
  static String plain(String markup) {
    return MARKED.matcher(markup).replaceAll("$1");
  }

  /** The width in pixels. */
  double width(Font font) {
    return place(font, Color.BLACK, new AffineTransform(), new ArrayList<>());
  }

  /** The parts as marks; the text begins at the origin of {@code at}. */
  List<Text> marks(Font font, Color color, AffineTransform at) {
    List<Text> marks = new ArrayList<>();
    place(font, color, at, marks);
    return marks;
  }

  private double place(Font font, Color color, AffineTransform at, List<Text> marks) {
    FontRenderContext context = new FontRenderContext(null, true, true);
    Font small = font.deriveFont(SIZE * font.getSize2D());
    double x = 0;
    double width = 0;
    Level before = Level.BASE;
    double begin = 0;
    for (Run run : runs) {
      boolean over = before != Level.BASE && run.level() != Level.BASE && before != run.level();
      x = over ? begin : width;
      begin = x;
      Font own = run.level() == Level.BASE ? font : small;
      double y =
          switch (run.level()) {
            case BASE -> 0;
            case RAISED -> -UP * font.getSize2D();
            case LOWERED -> DOWN * font.getSize2D();
          };
      AffineTransform placed = new AffineTransform(at);
      placed.translate(x, y);
      marks.add(new Text(run.text(), own, placed, color, null));
      width = Math.max(width, x + own.getStringBounds(run.text(), context).getWidth());
      before = run.level();
    }
    return width;
  }
}
