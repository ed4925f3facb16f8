package org.eqprop.examples.gdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurveRecorderTest {
  private static List<Curve> group(double... sizes) {
    List<Curve> group = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      Curve curve = new Curve("s0", Integer.toString(i), 2);
      curve.ep()[1] = -sizes[i];
      group.add(curve);
    }
    return group;
  }

  private static List<String> seen(double... sizes) {
    return CurveRecorder.seen(group(sizes)).map(Curve::element).toList();
  }

  @Test
  void curvesThatLieOnTheAxisArePassedOver() {
    assertThat(seen(0, 1, 0.001, 2, 0, 0.5, 0.3, 0, 0.2, 1))
        .containsExactly("1", "3", "5", "6", "8");
  }

  @Test
  void othersFillUp() {
    assertThat(seen(0, 1, 0.001, 0, 0, 0.5)).containsExactly("1", "5", "0", "2", "3");
    assertThat(seen(0, 0)).containsExactly("0", "1");
  }
}
