package org.eqprop.examples.report;

import java.awt.Font;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import org.eqprop.examples.report.Picture.Mark;

/**
 * Sets titles over pictures. XChart makes room for a title by its letters: beside each other,
 * charts with "g" and without would not stand on one line.
 */
final class Titles {
  private static final int HEIGHT = 32;
  private static final int BASELINE = 28;
  private static final int SIDE = 8;

  private Titles() {}

  /** How much room a title takes. */
  static int height(String title) {
    return title.isBlank() ? 0 : HEIGHT;
  }

  /** Moves a picture down and sets the title over its middle. */
  static Picture add(String title, int width, Typeface typeface, Picture picture) {
    if (title.isBlank()) {
      return picture;
    }
    Script script = Script.of(title);
    Font font = typeface.title();
    double most = width - 2.0 * SIDE;
    if (script.width(font) > most && most > 0) {
      font = font.deriveFont((float) (font.getSize2D() * most / script.width(font)));
    }
    double wide = script.width(font);
    AffineTransform at = AffineTransform.getTranslateInstance((width - wide) / 2, BASELINE);
    List<Mark> marks = new ArrayList<>(picture.moved(0, HEIGHT).marks());
    marks.addAll(script.marks(font, Palette.TEXT, at));
    return new Picture(List.copyOf(marks));
  }
}
