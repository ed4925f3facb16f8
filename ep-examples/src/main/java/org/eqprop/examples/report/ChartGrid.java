package org.eqprop.examples.report;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.internal.file.Visible;

/**
 * Figures in rows and columns, as one figure. A column is as wide as its widest figure, a row as
 * high as its highest.
 *
 * @param title over all of them; may be empty
 * @param rows the figures of each row, from left to right; rows may be shorter than others
 */
public record ChartGrid(String title, List<List<Figure>> rows) implements Figure {
  /** Copies the lists. */
  public ChartGrid {
    title = Visible.line(title);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** Figures in reading order, so many a row. */
  public static ChartGrid of(String title, int columns, List<? extends Figure> figures) {
    List<List<Figure>> rows = new ArrayList<>();
    for (int i = 0; i < figures.size(); i += columns) {
      rows.add(List.copyOf(figures.subList(i, Math.min(i + columns, figures.size()))));
    }
    return new ChartGrid(title, rows);
  }

  @Override
  public int width() {
    int width = 0;
    for (int column = 0; column < columns(); column++) {
      width += columnWidth(column);
    }
    return width;
  }

  @Override
  public int height() {
    return Titles.height(title) + rows.stream().mapToInt(ChartGrid::rowHeight).sum();
  }

  @Override
  public ChartGrid scaled(double factor) {
    return new ChartGrid(
        title,
        rows.stream()
            .map(row -> levelled(row.stream().map(figure -> figure.scaled(factor)).toList()))
            .toList());
  }

  /** Figures of a row with columns among them, which become as high as the row. */
  private static List<Figure> levelled(List<Figure> row) {
    int height = rowHeight(row);
    return row.stream()
        .map(figure -> figure instanceof ChartGrid grid ? grid.stretched(height) : figure)
        .toList();
  }

  private Figure stretched(int to) {
    int more = (to - height()) / Math.max(1, rows.size());
    if (more <= 0 || columns() > 1) {
      return this;
    }
    return new ChartGrid(
        title,
        rows.stream()
            .map(
                row ->
                    row.stream()
                        .map(
                            figure ->
                                figure instanceof Chart chart
                                    ? (Figure) chart.withSize(chart.width(), chart.height() + more)
                                    : figure)
                        .toList())
            .toList());
  }

  @Override
  public double leastScale() {
    return rows.stream().flatMap(List::stream).mapToDouble(Figure::leastScale).max().orElse(0);
  }

  /** How many columns the longest row has. */
  int columns() {
    return rows.stream().mapToInt(List::size).max().orElse(0);
  }

  int columnWidth(int column) {
    return rows.stream()
        .filter(row -> column < row.size())
        .mapToInt(row -> row.get(column).width())
        .max()
        .orElse(0);
  }

  static int rowHeight(List<Figure> row) {
    return row.stream().mapToInt(Figure::height).max().orElse(0);
  }
}
