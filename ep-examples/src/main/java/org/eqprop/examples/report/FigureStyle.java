package org.eqprop.examples.report;

/**
 * How figures are made: as wide as a paper's column, with a font of a size. A number that is NaN is
 * not chosen. Fonts and lines keep their size whatever the width: the figure is laid out again, not
 * shrunk.
 *
 * @param width in millimetres, or NaN for the figure's own
 * @param fontSize of the numbers at the axes, in points, or NaN for the usual
 * @param family of the fonts: a name of Java's such as {@code SansSerif}, or of an installed font
 * @param logErrors whether errors have a logarithmic axis
 */
public record FigureStyle(double width, double fontSize, String family, boolean logErrors) {
  /** Figures as they are on a screen. */
  public static final FigureStyle SCREEN =
      new FigureStyle(Double.NaN, Double.NaN, Typeface.SANS.family(), false);

  /** Points of a pixel on a screen. */
  private static final double SCREEN_PIXEL = 0.75;

  private static final double POINTS_PER_MM = 72 / 25.4;

  /** The usual size in a column, in points; on a screen it is that of {@link #SCREEN_PIXEL}. */
  private static final double COLUMN_FONT = 8;

  /** The axis of errors in percent. */
  public Axis errorAxis() {
    return logErrors ? Axis.log("error (%)") : Axis.linear("error (%)");
  }

  /** The fonts. */
  Typeface typeface() {
    return new Typeface(family);
  }

  /** Whether the size is chosen. */
  boolean isSized() {
    return !Double.isNaN(width) || !Double.isNaN(fontSize);
  }

  /**
   * A figure that has been laid out for a style.
   *
   * @param figure in pixels
   * @param pixel size of one, in points
   * @param shrunk whether the fonts had to be smaller than asked for
   */
  record Fitted(Figure figure, double pixel, boolean shrunk) {
    /** The size of the numbers at the axes, in points. */
    double fontSize() {
      return pixel * Typeface.SMALL_SIZE;
    }
  }

  /** Lays a figure out. Where the width has no room for the fonts, they become smaller. */
  Fitted fit(Figure figure) {
    if (!isSized()) {
      return new Fitted(figure, SCREEN_PIXEL, false);
    }
    double usual = Double.isNaN(width) ? SCREEN_PIXEL * Typeface.SMALL_SIZE : COLUMN_FONT;
    double pixel = (Double.isNaN(fontSize) ? usual : fontSize) / Typeface.SMALL_SIZE;
    double points = Double.isNaN(width) ? SCREEN_PIXEL * figure.width() : POINTS_PER_MM * width;
    double scale = points / pixel / figure.width();
    double least = figure.leastScale();
    Figure laidOut = figure.scaled(Math.max(scale, least));
    return new Fitted(laidOut, points / laidOut.width(), scale < least);
  }
}
