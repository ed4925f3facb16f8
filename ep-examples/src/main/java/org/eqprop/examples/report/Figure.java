package org.eqprop.examples.report;

import java.nio.file.Path;
import org.eqprop.core.StoreException;

/** Something that can be written as a picture. {@link Drawings} goes on without it. */
public sealed interface Figure permits Chart, BarChart, ChartGrid, Key {

  /** The width in pixels. */
  int width();

  /** The height in pixels. */
  int height();

  /** The same figure so many times as wide. Fonts and lines keep their size. */
  Figure scaled(double factor);

  /** The least factor that leaves room for fonts. */
  double leastScale();

  /**
   * Writes the picture, in the format of the file's extension: {@code .svg}, {@code .pdf}, or
   * {@code .png} with two pixels for each one of this figure's. Needs no display.
   *
   * <p>Titles, names and axis labels may have raised and lowered parts: {@code s^{0}}, {@code
   * W_{01}}.
   *
   * @param file replaced as a whole, or left as it was
   * @throws FigureException if the picture cannot be drawn here, for instance without any font
   * @throws StoreException if the file cannot be written
   * @throws IllegalArgumentException if the extension is another
   */
  default void write(Path file) {
    FigureFile.write(this, file);
  }
}
