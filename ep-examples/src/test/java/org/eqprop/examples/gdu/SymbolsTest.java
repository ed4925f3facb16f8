package org.eqprop.examples.gdu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SymbolsTest {
  @Test
  void layersAreThoseOfLabels() {
    assertThat(Symbols.layer("s2")).isEqualTo(2);
    assertThat(Symbols.layer("W01")).isZero();
    assertThat(Symbols.layer("W3x")).isEqualTo(3);
    assertThat(Symbols.layer("all")).isZero();
  }

  @Test
  void spreadsOfSeeds() {
    assertThat(SeedSpread.of(3, 1, 2)).isEqualTo(new SeedSpread(2, 1, 3));
    assertThat(SeedSpread.of(4, 1, 2, 8)).isEqualTo(new SeedSpread(3, 1, 8));
    assertThat(SeedSpread.of(5)).isEqualTo(new SeedSpread(5, 5, 5));
  }
}
