package org.eqprop.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.function.Function;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** What all charts have in common: fonts, colours, margins. */
final class Look {
  private final AxesChartStyler styler;
  private final Typeface typeface;
  private final Lettering lettering;

  Look(AxesChartStyler styler, Typeface typeface, Lettering lettering) {
    this.styler = styler;
    this.typeface = typeface;
    this.lettering = lettering;
  }

  void apply(Legend legend) {
    styler.setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE);
    styler.setChartFontColor(Palette.TEXT).setChartPadding(12);
    styler.setChartTitleVisible(false);
    styler.setPlotBorderVisible(true).setPlotBorderColor(Palette.FRAME).setPlotContentSize(0.96);
    styler.setPlotGridLinesColor(Palette.GRID).setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setPlotMargin(0).setAxisTicksLineVisible(false).setAxisTickMarkLength(4);
    styler.setAxisTickMarksColor(Palette.FRAME).setAxisTickLabelsColor(Palette.TEXT);
    styler
        .setAxisTitleFont(typeface.axis())
        .setAxisTitlePadding(10)
        .setAxisTickLabelsFont(typeface.small());
    styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
    styler.setMarkerSize(6).setAntiAlias(true);
    styler.setLegendFont(typeface.small()).setLegendPadding(8).setLegendSeriesLineLength(34);
    styler.setLegendBorderColor(Palette.GRID).setLegendBackgroundColor(Color.WHITE);
    place(legend);
  }

  private void place(Legend legend) {
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
  void applyY(Axis axis, Extent extent, int length) {
    styler.setYAxisLogarithmic(extent.scale() == Extent.Scale.LOG);
    styler.setYAxisLogarithmicDecadeOnly(false);
    styler.setYAxisMin(extent.min()).setYAxisMax(extent.max());
    styler.setYAxisTickMarkSpacingHint(spacing(axis, extent, length, 50));
    styler.setYAxisTickLabelsFormattingFunction(labels(axis, extent, Lettering.Align.END));
  }

  /** Fixes the horizontal axis, which is about so many pixels long, and labels it. */
  void applyX(Axis axis, Extent extent, int length) {
    styler.setXAxisLogarithmic(extent.scale() == Extent.Scale.LOG);
    styler.setXAxisLogarithmicDecadeOnly(false);
    styler.setXAxisMin(extent.min()).setXAxisMax(extent.max());
    styler.setXAxisTickMarkSpacingHint(spacing(axis, extent, length, 70));
    styler.setXAxisTickLabelsFormattingFunction(labels(axis, extent, Lettering.Align.MIDDLE));
  }

  private Function<Double, String> labels(Axis axis, Extent extent, Lettering.Align align) {
    TickLabels labels = new TickLabels(axis, extent);
    return tick -> lettering.add(labels.apply(tick), typeface.small(), align);
  }

  /**
   * The least distance of ticks: what is asked for, a decade where only these have labels, and 1
   * where only whole numbers have ticks.
   */
  private static int spacing(Axis axis, Extent extent, int length, int least) {
    if (axis.whole()) {
      double ones = (extent.max() - extent.min()) * Math.pow(10, extent.exponent());
      return (int) Math.max(least, 0.95 * length / ones);
    }
    return extent.scale() == Extent.Scale.DECADES
        ? Math.max((int) (0.7 * least), (int) (1.1 * length / (extent.max() - extent.min())))
        : least;
  }
}
