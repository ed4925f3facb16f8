package org.eqprop.examples.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.nio.file.Path;

/** Tells a machine without fonts, on which a JDK fails in several ways. */
final class Fonts {
  private Fonts() {}

  /**
   * Tries whether there are fonts.
   *
   * @param wanted the file that is to be drawn
   * @param trial {@link #measure}
   * @throws FigureException if not
   */
  static void require(Path wanted, Runnable trial) {
    try {
      trial.run();
    } catch (OutOfMemoryError thrown) {
      throw FigureException.of(wanted, thrown);
    } catch (RuntimeException | Error thrown) {
      // Which of many depends on what is missing, and on whether it is asked for again.
      throw new FigureException(
          "Cannot draw "
              + wanted
              + ", as this machine has no fonts or cannot load them: install fontconfig, freetype"
              + " and any font, such as DejaVu.",
          thrown);
    }
  }

  /** Measures a text. */
  static void measure() {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    new TextLayout("0", font, new FontRenderContext(null, true, true)).getAdvance();
  }
}
