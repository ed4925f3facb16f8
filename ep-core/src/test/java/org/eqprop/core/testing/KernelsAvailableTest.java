package org.eqprop.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class KernelsAvailableTest {
  private static final Optional<String> REFUSAL = Optional.of("too wide");

  @Test
  void onlyAWidthThatIsRefusedIsSkipped() {
    assertThat(KernelsAvailable.decide("simd-512", REFUSAL).isDisabled()).isTrue();
    assertThat(KernelsAvailable.decide("simd-512", REFUSAL).getReason())
        .hasValue("simd-512 cannot run here: too wide");
    assertThat(KernelsAvailable.decide("simd-512", Optional.empty()).isDisabled()).isFalse();
    assertThat(KernelsAvailable.decide("", REFUSAL).isDisabled()).isFalse();
    assertThat(KernelsAvailable.decide("scalar", REFUSAL).isDisabled()).isFalse();
    assertThat(KernelsAvailable.decide("avx", REFUSAL).isDisabled()).isFalse();
  }
}
