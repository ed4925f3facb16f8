package org.eqprop.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LegendPlaceTest {
  private static Legend place(String name, double... corners) {
    double[] x = new double[corners.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    Axis axis = Axis.linear("").range(0, 1);
    Axis across = Axis.linear("").range(0, corners.length - 1);
    Chart chart = Chart.of("", across, axis, List.of(Series.of(name, x, corners)));
    Extent.Finder acrossX = new Extent.Finder(across);
    return LegendPlace.find(chart, acrossX.find(), new Extent.Finder(axis).find());
  }

  @Test
  void takesTheFirstFreeCorner() {
    assertThat(place("falls", 1, 0)).isEqualTo(Legend.TOP_RIGHT);
    assertThat(place("rises", 0, 1)).isEqualTo(Legend.TOP_LEFT);
    assertThat(place("high", 1, 1)).isEqualTo(Legend.BOTTOM_RIGHT);
  }

  @Test
  void standsBesideWhereAllCornersAreTaken() {
    assertThat(place("everywhere", 0, 1, 1, 0, 0, 1)).isEqualTo(Legend.RIGHT);
    assertThat(place("a name that is far too long for any corner of this plot".repeat(2), 1, 0))
        .isEqualTo(Legend.RIGHT);
  }

  @Test
  void standsBelowANarrowChart() {
    double[] x = {0, 1, 1, 0, 0, 1};
    double[] y = {0, 1, 0, 1, 0, 0};
    Axis axis = Axis.linear("").range(0, 1);
    Chart chart = Chart.of("", axis, axis, List.of(Series.of("a", x, y))).withSize(360, 250);
    Extent extent = new Extent.Finder(axis).find();
    assertThat(LegendPlace.find(chart, extent, extent)).isEqualTo(Legend.BELOW);
  }

  @Test
  void gapsHideNothing() {
    assertThat(place("gap", 0, 0, Double.NaN, Double.NaN, 0, 0)).isEqualTo(Legend.TOP_RIGHT);
  }
}
