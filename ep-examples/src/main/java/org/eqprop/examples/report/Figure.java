package org.eqprop.examples.report;

import java.nio.file.Path;
import org.eqprop.core.StoreException;

/** Something that can be written as a picture. {@link Drawings} goes on without it. */
public sealed interface Figure permits Chart, BarChart, ChartGrid {

  /** The width in pixels. */
  int width();

  /** The height in pixels. */
  int height();

  /**
   * Writes the picture, in the format of the file's extension: {@code .svg}, or {@code .png} with
   * two pixels for each one of this figure's. Needs no display.
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
