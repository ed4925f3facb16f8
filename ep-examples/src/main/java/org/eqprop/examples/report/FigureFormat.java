package org.eqprop.examples.report;

import java.nio.file.Path;
import java.util.Locale;

/** The format of a figure's file. */
public enum FigureFormat {
  /** Lines and texts, for browsers and papers. */
  SVG,
  /** Pixels, two for each one of the figure's in both directions, or 300 an inch. */
  PNG,
  /** Lines and outlines of texts, for papers. */
  PDF;

  /** The file of that name in this format. */
  Path file(Path folder, String name) {
    return folder.resolve(name + extension());
  }

  /**
   * The format of a file, by its extension.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static FigureFormat of(Path file) {
    for (FigureFormat format : values()) {
      if (file.toString().toLowerCase(Locale.ROOT).endsWith(format.extension())) {
        return format;
      }
    }
    throw new IllegalArgumentException(file + " is no .svg, .png or .pdf file.");
  }

  private String extension() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}
