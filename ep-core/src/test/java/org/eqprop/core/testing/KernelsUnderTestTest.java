package org.eqprop.core.testing;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class KernelsUnderTestTest {
  private static final Optional<String> REFUSAL = Optional.of("too wide");

  @Test
  void onlyAWidthThatIsRefusedIsSkipped() {
    assertThatExceptionOfType(TestAbortedException.class)
        .isThrownBy(() -> KernelsUnderTest.skip("simd-512", REFUSAL))
        .withMessageContaining("simd-512 cannot run here: too wide");
    assertThatNoException().isThrownBy(() -> KernelsUnderTest.skip("simd-512", Optional.empty()));
    for (String wanted : List.of("", "scalar", "simd", "avx")) {
      assertThatNoException().isThrownBy(() -> KernelsUnderTest.skip(wanted, REFUSAL));
    }
  }
}
