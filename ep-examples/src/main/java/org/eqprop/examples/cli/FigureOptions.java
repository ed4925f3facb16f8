package org.eqprop.examples.cli;

import java.awt.GraphicsEnvironment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eqprop.examples.report.FigureStyle;
import org.eqprop.examples.run.Names;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How figures look: for a screen, or for a column of a paper. */
final class FigureOptions {
  private static final double LEAST_WIDTH = 30;
  private static final double MOST_WIDTH = 500;
  private static final double LEAST_FONT = 4;
  private static final double MOST_FONT = 30;

  @Option(
      names = "--figure-width",
      paramLabel = "MM",
      description =
          "Width of figures in millimetres, 30 to 500, such as 86 for a column of a journal."
              + " Fonts keep their size. PNG files then have 300 pixels an inch (default: the"
              + " figure's own width).")
  @Nullable Double width;

  @Option(
      names = "--font-size",
      paramLabel = "PT",
      description =
          "Size of the numbers at the axes of figures in points, 4 to 30 (default: 9; 8 with"
              + " --figure-width). Axis titles are a twelfth larger, titles a third.")
  @Nullable Double fontSize;

  @Option(
      names = "--font",
      paramLabel = "NAME",
      description =
          "Font of figures: SansSerif (the default), Serif, or the name of an installed font.")
  @Nullable String font;

  /**
   * The style.
   *
   * @param logErrors whether errors have a logarithmic axis
   * @throws UsageException if a number is out of range or there is no such font
   */
  FigureStyle style(boolean logErrors) {
    check("--figure-width", width, LEAST_WIDTH, MOST_WIDTH, "mm");
    check("--font-size", fontSize, LEAST_FONT, MOST_FONT, "points");
    return new FigureStyle(
        width == null ? Double.NaN : width,
        fontSize == null ? Double.NaN : fontSize,
        font == null ? FigureStyle.SCREEN.family() : family(font),
        logErrors);
  }

  private static void check(
      String name, @Nullable Double value, double least, double most, String unit) {
    if (value != null && !(value >= least && value <= most)) {
      throw new UsageException(
          "%s is %s; it must be from %.0f to %.0f %s.".formatted(name, value, least, most, unit));
    }
  }

  /** The name as Java has it. Java takes another font in silence where it knows none. */
  private static String family(String name) {
    List<String> known = new ArrayList<>(List.of("SansSerif", "Serif", "Monospaced"));
    try {
      GraphicsEnvironment fonts = GraphicsEnvironment.getLocalGraphicsEnvironment();
      known.addAll(Arrays.asList(fonts.getAvailableFontFamilyNames()));
    } catch (RuntimeException | Error none) {
      return name; // drawing says what is missing
    }
    return known.stream()
        .filter(one -> one.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "There is no font '"
                        + name
                        + "' on this machine; choose SansSerif, Serif or an installed one."
                        + Names.suggestion(name, known)));
  }
}
