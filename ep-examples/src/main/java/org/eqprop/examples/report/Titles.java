package org.eqprop.examples.report;

import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import org.eqprop.examples.report.Picture.Mark;
import org.eqprop.examples.report.Picture.Text;

/**
 * Sets titles over pictures. XChart makes room for a title by its letters: beside each other,
 * charts with "g" and without would not stand on one line.
 */
final class Titles {
  private static final int HEIGHT = 32;
  private static final int BASELINE = 28;

  private Titles() {}

  /** How much room a title takes. */
  static int height(String title) {
    return title.isBlank() ? 0 : HEIGHT;
  }

  /** Moves a picture down and sets the title over its middle. */
  static Picture add(String title, int width, Picture picture) {
    if (title.isBlank()) {
      return picture;
    }
    FontRenderContext context = new FontRenderContext(null, true, true);
    double wide = Look.TITLE.getStringBounds(title, context).getWidth();
    AffineTransform at = AffineTransform.getTranslateInstance((width - wide) / 2, BASELINE);
    List<Mark> marks = new ArrayList<>(picture.moved(0, HEIGHT).marks());
    marks.add(new Text(title, Look.TITLE, at, Palette.TEXT, null));
    return new Picture(List.copyOf(marks));
  }
}
