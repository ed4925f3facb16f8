package org.eqprop.core.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PanelGemmTest {
  @ParameterizedTest
  @CsvSource({"1, 10", "262144, 30", "1048576, 130", "2097152, 260", "16777216, 260"})
  void theRowsOfABlockFollowTheCache(int bytes, int rows) {
    assertThat(PanelGemm.rows(bytes)).isEqualTo(rows);
  }
}
