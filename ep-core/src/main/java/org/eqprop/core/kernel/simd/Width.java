package org.eqprop.core.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.kernel.KernelsSelector;

/**
 * The one vector width of this JVM.
 *
 * <p>A species must be a {@code static final} constant for the compiler to use registers, so it is
 * read once from the system property {@code eqprop.kernels} ({@code simd-128}, {@code simd-256},
 * {@code simd-512}); without it, it is the JVM's preferred width.
 */
final class Width {
  /** All vectors of this package are of this species. */
  static final VectorSpecies<Float> SPECIES = choose();

  /** Floats a vector. */
  static final int VL = SPECIES.length();

  private Width() {}

  /** The widest vector that this machine holds in a register, in bits. */
  static int widestBits() {
    return FloatVector.SPECIES_MAX.vectorBitSize();
  }

  /** The width asked for in bits, or that of the JVM's preferred species. */
  static int requestedBits() {
    int bits = KernelsSelector.requestedBits();
    return bits > 0 ? bits : FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }

  private static VectorSpecies<Float> choose() {
    return switch (requestedBits()) {
      case 64, 128 -> FloatVector.SPECIES_128;
      case 256 -> FloatVector.SPECIES_256;
      default -> FloatVector.SPECIES_512;
    };
  }
}
