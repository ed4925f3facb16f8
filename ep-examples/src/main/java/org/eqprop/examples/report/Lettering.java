package org.eqprop.examples.report;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.doubles.DoubleList;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eqprop.examples.report.Picture.Text;
import org.jspecify.annotations.Nullable;

/**
 * The texts that a chart may show, to be recognised by their outlines. XChart fills the outline of
 * every text, which in an SVG could neither be searched nor copied.
 */
final class Lettering {
  private static final AffineTransform UPRIGHT = new AffineTransform();
  private static final AffineTransform UPWARD = AffineTransform.getRotateInstance(-Math.PI / 2);

  /** Where a text keeps its place if it becomes narrower. */
  enum Align {
    /** At its beginning. */
    BEGINNING(0),
    /** In its middle. */
    MIDDLE(0.5),
    /** At its end. */
    END(1);

    private final double share;

    Align(double share) {
      this.share = share;
    }
  }

  private record Known(String markup, Font font, AffineTransform turn, Align align) {
    List<Text> marks(AffineTransform at, Color color) {
      AffineTransform placed = new AffineTransform(at);
      placed.concatenate(turn);
      String plain = Script.plain(markup);
      if (plain.equals(markup)) {
        return List.of(new Text(markup, font, placed, color, null));
      }
      double room = Script.of(plain).width(font) - Script.of(markup).width(font);
      placed.translate(align.share * room, 0);
      return Script.of(markup).marks(font, color, placed);
    }
  }

  private final List<Known> unread = new ArrayList<>();
  private final Map<DoubleList, Known> byOutline = new HashMap<>();

  /**
   * Announces a horizontal text.
   *
   * @return what XChart is to be given in its place: without raised and lowered parts
   */
  String add(String text, Font font, Align align) {
    if (!text.isBlank()) {
      unread.add(new Known(text, font, UPRIGHT, align));
    }
    return Script.plain(text);
  }

  /** Announces a text that reads upward; what is given back is as of {@link #add}. */
  String addUpward(String text, Font font) {
    if (!text.isBlank()) {
      unread.add(new Known(text, font, UPWARD, Align.MIDDLE));
    }
    return Script.plain(text);
  }

  /** The text whose outline the shape is, in one or more parts; or null. */
  @Nullable List<Text> read(
      Shape shape, AffineTransform at, FontRenderContext context, Color color) {
    for (Known known : unread) {
      TextLayout layout = new TextLayout(Script.plain(known.markup()), known.font(), context);
      byOutline.putIfAbsent(numbers(layout.getOutline(known.turn())), known);
    }
    unread.clear();
    Known known = byOutline.get(numbers(shape));
    return known == null ? null : known.marks(at, color);
  }

  private static DoubleList numbers(Shape shape) {
    DoubleList numbers = new DoubleArrayList();
    double[] coordinates = new double[6];
    for (PathIterator path = shape.getPathIterator(null); !path.isDone(); path.next()) {
      int kind = path.currentSegment(coordinates);
      int used =
          switch (kind) {
            case PathIterator.SEG_CLOSE -> 0;
            case PathIterator.SEG_QUADTO -> 4;
            case PathIterator.SEG_CUBICTO -> 6;
            default -> 2;
          };
      numbers.add((double) kind);
      numbers.addAll(DoubleArrayList.wrap(coordinates, used));
    }
    return numbers;
  }
}
