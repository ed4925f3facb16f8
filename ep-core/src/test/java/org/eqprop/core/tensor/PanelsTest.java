package org.eqprop.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PanelsTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 16",
    "16, 1, 16",
    "17, 1, 32",
    "32, 1, 32",
    "33, 2, 16",
    "48, 2, 16",
    "49, 2, 32",
    "512, 16, 32",
    "784, 25, 16"
  })
  void theLastPanelIsHalfAsWideWhereHalfSuffices(int columns, int count, int lastWidth) {
    Panels panels = Panels.allocate(5, columns);
    assertThat(panels.count()).isEqualTo(count);
    assertThat(panels.width(count - 1)).isEqualTo(lastWidth);
    for (int p = 0; p < count - 1; p++) {
      assertThat(panels.width(p)).isEqualTo(Panels.NR);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 16", "3, 17", "7, 33", "5, 49", "10, 100"})
  void everyElementHasAPlaceOfItsOwnWithinItsPanel(int rows, int columns) {
    Panels panels = Panels.allocate(rows, columns);
    assertThat(panels.rows()).isEqualTo(rows);
    assertThat(panels.columns()).isEqualTo(columns);
    Set<Integer> places = new HashSet<>();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < Rows.padded(columns); c++) {
        int p = c / Panels.NR;
        int index = panels.index(r, c);
        assertThat(places.add(index)).isTrue();
        assertThat(index)
            .isBetween(panels.offset(p), panels.offset(p) + rows * panels.width(p) - 1)
            .isLessThan(panels.data().length);
        panels.set(r, c, r * 1000 + c);
      }
    }
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        assertThat(panels.get(r, c)).isEqualTo(r * 1000 + c);
      }
    }
  }

  @Test
  void aRowOfAPanelIsContiguousAndItsRowsFollowEachOther() {
    Panels panels = Panels.allocate(4, 40);
    assertThat(panels.index(2, 1)).isEqualTo(panels.index(2, 0) + 1);
    assertThat(panels.index(3, 0)).isEqualTo(panels.index(2, 0) + 32);
    assertThat(panels.index(3, 32)).isEqualTo(panels.index(2, 32) + 16);
    assertThat(panels.offset(1)).isEqualTo(panels.offset(0) + 4 * 32);
  }
}
