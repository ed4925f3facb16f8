package org.eqprop.examples.report;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.eqprop.core.store.StoreException;

/** Something that can be written as a picture. */
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

  /**
   * The picture as SVG.
   *
   * @throws FigureException if it cannot be drawn here
   */
  default String svg() {
    return FigureFile.svg(this);
  }

  /**
   * As {@link #write}, but goes on without the picture when it cannot be drawn or written.
   *
   * @param file replaced as a whole, or left as it was
   * @param complaint told the reason, one sentence, at most once
   * @return whether the picture has been written
   * @throws IllegalArgumentException if the extension is neither svg nor png
   */
  default boolean tryWrite(Path file, Consumer<String> complaint) {
    try {
      write(file);
      return true;
    } catch (FigureException | StoreException thrown) {
      complaint.accept(String.valueOf(thrown.getMessage()));
      return false;
    }
  }
}
