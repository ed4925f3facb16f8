package org.eqprop.examples.report;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.examples.report.Picture.Mark;

/** Turns figures into pictures. */
final class Painter {
  private Painter() {}

  static Picture paint(Figure figure) {
    return paint(figure, Typeface.SANS);
  }

  static Picture paint(Figure figure, Typeface typeface) {
    return switch (figure) {
      case Chart chart -> ChartPainter.paint(chart, typeface);
      case BarChart chart -> BarPainter.paint(chart, typeface);
      case ChartGrid grid -> paint(grid, typeface);
      case Key key -> KeyPainter.paint(key, typeface);
    };
  }

  private static Picture paint(ChartGrid grid, Typeface typeface) {
    List<Mark> marks = new ArrayList<>();
    int y = 0;
    for (List<Figure> row : grid.rows()) {
      int x = 0;
      for (int column = 0; column < row.size(); column++) {
        marks.addAll(paint(row.get(column), typeface).moved(x, y).marks());
        x += grid.columnWidth(column);
      }
      y += ChartGrid.rowHeight(row);
    }
    return Titles.add(grid.title(), grid.width(), typeface, new Picture(marks));
  }
}
