package org.eqprop.examples.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.examples.report.Axis;
import org.eqprop.examples.report.Chart;
import org.eqprop.examples.report.Figure;
import org.eqprop.examples.report.Series;

/** The file of a run's gradient quality, a line a parameter and look; and its plot. */
final class GradientFile {
  /** The file's name without an extension, and the plot's. */
  static final String NAME = "gradient";

  private final Path file;
  private final List<GradientRow> rows = new ArrayList<>();

  /**
   * The file of a run. What is there of updates that are made again is left out.
   *
   * @param updates made before the run goes on
   */
  GradientFile(Path folder, long updates) {
    file = folder.resolve(NAME + ".csv");
    if (updates > 0 && Files.exists(file)) {
      try {
        TextFile.read(file, RunFolder.MOST_METRICS)
            .lines()
            .map(GradientRow::parse)
            .filter(Objects::nonNull)
            .filter(row -> row.update() < updates)
            .forEach(rows::add);
      } catch (IOException thrown) {
        throw new StoreException("Cannot read " + file + ": it is damaged; delete it.");
      }
    }
    StringBuilder text = new StringBuilder(GradientRow.HEAD).append('\n');
    rows.forEach(row -> text.append(row.line()).append('\n'));
    AtomicFiles.write(file, ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** Adds the rows of a look. */
  void add(List<GradientRow> look) {
    StringBuilder text = new StringBuilder();
    look.forEach(row -> text.append(row.line()).append('\n'));
    try {
      Files.writeString(file, text, StandardOpenOption.APPEND);
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot write " + file + " (" + AtomicFiles.reason(thrown) + ").", thrown);
    }
    rows.addAll(look);
  }

  /** Whether there is anything to draw. */
  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The cosines to the exact gradient by update: of the whole, and of each weight. */
  Figure figure(String title) {
    List<Series> series = new ArrayList<>();
    List<String> names =
        rows.stream()
            .map(GradientRow::name)
            .distinct()
            .filter(name -> !name.startsWith("bias"))
            .toList();
    for (String name : names) {
      List<GradientRow> own = rows.stream().filter(row -> row.name().equals(name)).toList();
      double[] updates = new double[own.size()];
      double[] cosines = new double[own.size()];
      Arrays.setAll(updates, i -> own.get(i).update());
      Arrays.setAll(cosines, i -> own.get(i).exact().cosine());
      Series one = Series.of(name, updates, cosines).color(series.size());
      series.add(name.equals(GradientRow.ALL) ? one.markers() : one);
    }
    return Chart.of(
        title, Axis.whole("update"), Axis.linear("cosine to the exact gradient"), series);
  }
}
