package org.eqprop.examples.gdu;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.examples.report.Drawings;
import org.eqprop.examples.report.Figure;
import org.eqprop.examples.report.FigureStyle;
import org.eqprop.examples.report.Table;
import org.eqprop.examples.run.Configs;
import org.eqprop.examples.run.Folders;

/** Writes results and figures into a folder, and remembers what it wrote. */
public final class GduFiles {
  private final Path folder;
  private final Drawings drawings;
  private final List<Path> written = new ArrayList<>();

  /**
   * Files in {@code folder}, which is made if it is missing.
   *
   * @param complaint told why a figure could not be drawn or written
   * @param style of the figures
   * @throws StoreException if the folder cannot be made or written to
   */
  public GduFiles(Path folder, Consumer<String> complaint, FigureStyle style) {
    this.folder = folder;
    this.drawings = new Drawings(complaint, style);
    try {
      Files.createDirectories(folder);
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot make the folder "
              + folder
              + " ("
              + AtomicFiles.reason(thrown)
              + "); choose another folder.",
          thrown);
    }
    Folders.requireWritable(folder);
  }

  /** Writes a value as {@code name.json}. */
  public void json(String name, Object value) {
    try {
      write(name + ".json", Configs.JSON.writeValueAsString(value) + "\n");
    } catch (JsonProcessingException thrown) {
      throw new IllegalStateException(thrown);
    }
  }

  /** Writes a table as {@code name.csv}. */
  public void csv(String name, Table table) {
    write(name + ".csv", table.toCsv());
  }

  private void write(String name, String text) {
    Path file = folder.resolve(name);
    AtomicFiles.write(file, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    written.add(file);
  }

  /** Writes a figure as {@code name.svg}, {@code name.png} and {@code name.pdf}, or complains. */
  public void figure(String name, Supplier<Figure> figure) {
    written.addAll(drawings.write(folder, name, figure));
  }

  /** Whether all figures that could be drawn were also written. */
  public boolean isWritten() {
    return drawings.isWritten();
  }

  /** The files written so far. */
  public List<Path> written() {
    return List.copyOf(written);
  }
}
