package org.eqprop.conv.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.kernel.KernelsSelector;

/**
 * The one vector width of this JVM: that of the kernels that {@link KernelsSelector} selects. A
 * species must be a {@code static final} constant for the compiler to use registers.
 */
final class Width {
  /** All float vectors of this package are of this species. */
  static final VectorSpecies<Float> SPECIES = choose();

  /** Integers in as many lanes. */
  static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);

  /** Lanes a vector. */
  static final int VL = SPECIES.length();

  private Width() {}

  private static VectorSpecies<Float> choose() {
    int asked = KernelsSelector.requestedBits();
    return switch (asked > 0 ? asked : FloatVector.SPECIES_PREFERRED.vectorBitSize()) {
      case 64, 128 -> FloatVector.SPECIES_128;
      case 256 -> FloatVector.SPECIES_256;
      default -> FloatVector.SPECIES_512;
    };
  }
}
