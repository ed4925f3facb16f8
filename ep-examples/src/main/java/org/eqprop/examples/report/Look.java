package org.eqprop.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** What all charts have in common: fonts, colours, margins. */
final class Look {
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
  static final Font AXIS = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private Look() {}

  static void apply(AxesChartStyler styler, Legend legend) {
    styler.setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE);
    styler.setChartFontColor(Palette.TEXT).setChartPadding(12);
    styler.setChartTitleVisible(false);
    styler.setPlotBorderVisible(true).setPlotBorderColor(Palette.FRAME).setPlotContentSize(0.96);
    styler.setPlotGridLinesColor(Palette.GRID).setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setPlotMargin(0).setAxisTicksLineVisible(false).setAxisTickMarkLength(4);
    styler.setAxisTickMarksColor(Palette.FRAME).setAxisTickLabelsColor(Palette.TEXT);
    styler.setAxisTitleFont(AXIS).setAxisTitlePadding(10).setAxisTickLabelsFont(SMALL);
    styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
    styler.setMarkerSize(6).setAntiAlias(true);
    styler.setLegendFont(SMALL).setLegendPadding(8).setLegendSeriesLineLength(34);
    styler.setLegendBorderColor(Palette.GRID).setLegendBackgroundColor(Color.WHITE);
    place(styler, legend);
  }

  private static void place(Styler styler, Legend legend) {
    styler.setLegendVisible(legend != Legend.NONE);
    styler.setLegendPosition(
        switch (legend) {
          case BELOW -> Styler.LegendPosition.OutsideS;
          case TOP_LEFT -> Styler.LegendPosition.InsideNW;
          case TOP_RIGHT -> Styler.LegendPosition.InsideNE;
          case BOTTOM_LEFT -> Styler.LegendPosition.InsideSW;
          case BOTTOM_RIGHT -> Styler.LegendPosition.InsideSE;
          case AUTO, NONE, RIGHT -> Styler.LegendPosition.OutsideE;
        });
    if (legend == Legend.BELOW) {
      styler.setLegendLayout(Styler.LegendLayout.Horizontal).setLegendBorderColor(Color.WHITE);
    } else if (legend == Legend.RIGHT) {
      styler.setLegendBorderColor(Color.WHITE);
    }
  }

  /** Fixes the vertical axis, which is about so many pixels long, and labels it. */
  static void applyY(
      AxesChartStyler styler, Axis axis, Extent extent, int length, Lettering lettering) {
    styler.setYAxisLogarithmic(extent.scale() == Extent.Scale.LOG);
    styler.setYAxisLogarithmicDecadeOnly(false);
    styler.setYAxisMin(extent.min()).setYAxisMax(extent.max());
    styler.setYAxisTickMarkSpacingHint(spacing(extent, length, 50));
    styler.setYAxisTickLabelsFormattingFunction(new TickLabels(axis, extent, SMALL, lettering));
  }

  /** Fixes the horizontal axis, which is about so many pixels long, and labels it. */
  static void applyX(
      AxesChartStyler styler, Axis axis, Extent extent, int length, Lettering lettering) {
    styler.setXAxisLogarithmic(extent.scale() == Extent.Scale.LOG);
    styler.setXAxisLogarithmicDecadeOnly(false);
    styler.setXAxisMin(extent.min()).setXAxisMax(extent.max());
    styler.setXAxisTickMarkSpacingHint(spacing(extent, length, 70));
    styler.setXAxisTickLabelsFormattingFunction(new TickLabels(axis, extent, SMALL, lettering));
  }

  /** The least distance of ticks: what is asked for, and a decade where only these have labels. */
  private static int spacing(Extent extent, int length, int least) {
    return extent.scale() == Extent.Scale.DECADES
        ? Math.max((int) (0.7 * least), (int) (1.1 * length / (extent.max() - extent.min())))
        : least;
  }
}
