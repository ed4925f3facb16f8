package org.eqprop.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.eqprop.core.testing.KernelsUnderTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kernels under test are the ones that the system property names. */
@Tag("kernels")
class SelectedKernelsTest {
  private static final String WANTED = System.getProperty(KernelsSelector.PROPERTY, "");

  private final Kernels k = KernelsUnderTest.kernels();

  @Test
  void theNamedKernelsAreTheOnesUnderTest() {
    String name = k.name();
    switch (WANTED) {
      case "" -> assertThat(name).isIn("scalar", "simd-128", "simd-256", "simd-512");
      case "simd" -> assertThat(name).startsWith("simd-");
      default -> assertThat(name).isEqualTo(WANTED);
    }
    assertThat(KernelsSelector.explanation()).startsWith("Kernels: " + name);
  }

  @Test
  void theWidthIsThatOfTheName() {
    int expected =
        k.name().equals("scalar") ? 1 : Integer.parseInt(k.name().substring("simd-".length())) / 32;
    assertThat(k.width()).isEqualTo(expected);
    assertThat(KernelsSelector.requestedBits())
        .isEqualTo(WANTED.startsWith("simd-") ? 32 * expected : 0);
  }
}
