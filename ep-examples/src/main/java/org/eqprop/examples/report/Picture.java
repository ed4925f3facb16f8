package org.eqprop.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a figure is made of, in the order of painting and in its own pixels.
 *
 * @param marks the parts
 */
record Picture(List<Mark> marks) {

  /** The same picture elsewhere. */
  Picture moved(double right, double down) {
    AffineTransform by = AffineTransform.getTranslateInstance(right, down);
    return new Picture(marks.stream().map(mark -> moved(mark, by)).toList());
  }

  private static Mark moved(Mark mark, AffineTransform by) {
    Shape clip = mark.clip() == null ? null : by.createTransformedShape(mark.clip()).getBounds2D();
    return switch (mark) {
      case Line line ->
          new Line(by.createTransformedShape(line.shape()), line.stroke(), line.color(), clip);
      case Area area -> new Area(by.createTransformedShape(area.shape()), area.color(), clip);
      case Text text -> {
        AffineTransform at = new AffineTransform(by);
        at.concatenate(text.at());
        yield new Text(text.text(), text.font(), at, text.color(), clip);
      }
    };
  }

  /** One part: painted in one colour, inside its clip if it has one. */
  sealed interface Mark {
    Color color();

    @Nullable Shape clip();
  }

  /** The outline of a shape. */
  record Line(Shape shape, BasicStroke stroke, Color color, @Nullable Shape clip) implements Mark {}

  /** The inside of a shape. */
  record Area(Shape shape, Color color, @Nullable Shape clip) implements Mark {}

  /** A line of text that begins at the origin of {@code at}. */
  record Text(String text, Font font, AffineTransform at, Color color, @Nullable Shape clip)
      implements Mark {}

  /** Paints everything. The clip and the transform are as before afterwards. */
  void paint(Graphics2D g) {
    Shape outer = g.getClip();
    for (Mark mark : marks) {
      g.setColor(mark.color());
      if (mark.clip() != null) {
        g.setClip(mark.clip());
      }
      switch (mark) {
        case Line line -> {
          g.setStroke(line.stroke());
          g.draw(line.shape());
        }
        case Area area -> g.fill(area.shape());
        case Text text -> {
          AffineTransform before = g.getTransform();
          g.transform(text.at());
          g.setFont(text.font());
          g.drawString(text.text(), 0f, 0f);
          g.setTransform(before);
        }
      }
      if (mark.clip() != null) {
        g.setClip(outer);
      }
    }
  }
}
