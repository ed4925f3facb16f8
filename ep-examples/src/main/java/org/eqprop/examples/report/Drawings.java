package org.eqprop.examples.report;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.jspecify.annotations.Nullable;

/**
 * Draws the figures that go along with a result. The result stands whatever happens here: what
 * cannot be drawn or written is told in a sentence, and no exception or error comes out.
 */
public final class Drawings {

  /** Makes the bytes of a figure's file. */
  @FunctionalInterface
  public interface Pen {
    /** The bytes of {@code figure} in a format; {@code file} is for messages. */
    byte[] draw(Figure figure, FigureFormat format, Path file);
  }

  private final Consumer<String> complaint;
  private final Pen pen;
  private final FigureStyle style;
  private boolean told;
  private boolean toldOfSize;
  private boolean written = true;

  /**
   * Draws with XChart.
   *
   * @param complaint hears of each file that cannot be written, and once that figures cannot be
   *     drawn
   */
  public Drawings(Consumer<String> complaint) {
    this(complaint, FigureStyle.SCREEN);
  }

  /** Draws in a style. */
  public Drawings(Consumer<String> complaint, FigureStyle style) {
    this(complaint, style, (figure, format, file) -> FigureFile.draw(figure, format, file, style));
  }

  /** Draws with another pen. */
  public Drawings(Consumer<String> complaint, Pen pen) {
    this(complaint, FigureStyle.SCREEN, pen);
  }

  private Drawings(Consumer<String> complaint, FigureStyle style, Pen pen) {
    this.complaint = complaint;
    this.style = style;
    this.pen = pen;
  }

  /** How figures are made. */
  public FigureStyle style() {
    return style;
  }

  /**
   * Writes a figure as {@code name.svg}, {@code name.png} and {@code name.pdf}.
   *
   * @return the files that were written
   */
  public List<Path> write(Path folder, String name, Supplier<Figure> figure) {
    List<Path> files = new ArrayList<>();
    Figure made = attempt(FigureFormat.SVG.file(folder, name), figure);
    if (made != null) {
      tellOfSize(FigureFormat.PDF.file(folder, name), made);
    }
    for (FigureFormat format : FigureFormat.values()) {
      Path file = format.file(folder, name);
      byte[] bytes = made == null ? null : attempt(file, () -> pen.draw(made, format, file));
      if (bytes != null && isWritten(file, bytes)) {
        files.add(file);
      }
    }
    return files;
  }

  /** Says once that the width has no room for the fonts. */
  private void tellOfSize(Path file, Figure figure) {
    FigureStyle.Fitted fitted = style.fit(figure);
    if (fitted.shrunk() && !toldOfSize) {
      toldOfSize = true;
      complaint.accept(
          String.format(
              Locale.ROOT,
              "%s is so narrow that its font has %.1f points; choose a larger --figure-width.",
              file,
              fitted.fontSize()));
    }
  }

  /** A figure as SVG for the page {@code file}, or null if it cannot be drawn. */
  public @Nullable String svg(Path file, Supplier<Figure> figure) {
    byte[] bytes = attempt(file, () -> pen.draw(figure.get(), FigureFormat.SVG, file));
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  /** Whether everything that could be drawn was also written. */
  public boolean isWritten() {
    return written;
  }

  private <T> @Nullable T attempt(Path file, Supplier<T> step) {
    try {
      return step.get();
    } catch (RuntimeException | Error thrown) {
      if (!told) {
        told = true;
        complaint.accept(String.valueOf(FigureException.of(file, thrown).getMessage()));
      }
      return null;
    }
  }

  private boolean isWritten(Path file, byte[] bytes) {
    try {
      AtomicFiles.write(file, ByteBuffer.wrap(bytes));
      return true;
    } catch (StoreException thrown) {
      written = false;
      complaint.accept(String.valueOf(thrown.getMessage()));
      return false;
    }
  }
}
