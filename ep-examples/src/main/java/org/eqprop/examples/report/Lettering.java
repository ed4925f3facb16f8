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

  private record Known(String text, Font font, AffineTransform turn) {}

  private final List<Known> unread = new ArrayList<>();
  private final Map<DoubleList, Known> byOutline = new HashMap<>();

  /** Announces a horizontal text. */
  void add(String text, Font font) {
    if (!text.isBlank()) {
      unread.add(new Known(text, font, UPRIGHT));
    }
  }

  /** Announces a text that reads upward. */
  void addUpward(String text, Font font) {
    if (!text.isBlank()) {
      unread.add(new Known(text, font, UPWARD));
    }
  }

  /** The text whose outline the shape is, or null. */
  @Nullable Text read(Shape shape, AffineTransform at, FontRenderContext context, Color color) {
    for (Known known : unread) {
      TextLayout layout = new TextLayout(known.text(), known.font(), context);
      byOutline.putIfAbsent(numbers(layout.getOutline(known.turn())), known);
    }
    unread.clear();
    Known known = byOutline.get(numbers(shape));
    if (known == null) {
      return null;
    }
    AffineTransform placed = new AffineTransform(at);
    placed.concatenate(known.turn());
    return new Text(known.text(), known.font(), placed, color, null);
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
