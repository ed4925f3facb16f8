package org.eqprop.core.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.kernel.ScalarKernels;

/**
 * Independent chains of fused multiply-adds in registers: the machine's peak. Sixteen chains where
 * the file holds 32 vectors; twelve where it holds sixteen, for their two factors need registers
 * too.
 *
 * <p>The chain runs through the addend, as in every kernel: the compiler's instruction overwrites
 * the addend, and any other chain costs it a copy for each multiply-add.
 */
final class FmaChains {
  private static final VectorSpecies<Float> S = Width.SPECIES;

  private FmaChains() {}

  /** As many rounds, each a multiply-add of every chain. */
  static float run(long rounds) {
    return TileSizes.LARGE_FILE ? sixteen(rounds) : twelve(rounds);
  }

  private static float twelve(long rounds) {
    FloatVector m = FloatVector.broadcast(S, ScalarKernels.CHAIN_FACTOR);
    FloatVector d = FloatVector.broadcast(S, ScalarKernels.CHAIN_FACTOR);
    FloatVector c0 = FloatVector.zero(S);
    FloatVector c1 = d;
    FloatVector c2 = d.add(1f);
    FloatVector c3 = d.add(2f);
    FloatVector c4 = d.add(3f);
    FloatVector c5 = d.add(4f);
    FloatVector c6 = d.add(5f);
    FloatVector c7 = d.add(6f);
    FloatVector c8 = d.add(7f);
    FloatVector c9 = d.add(8f);
    FloatVector c10 = d.add(9f);
    FloatVector c11 = d.add(10f);
    for (long r = 0; r < rounds; r++) {
      c0 = m.fma(d, c0);
      c1 = m.fma(d, c1);
      c2 = m.fma(d, c2);
      c3 = m.fma(d, c3);
      c4 = m.fma(d, c4);
      c5 = m.fma(d, c5);
      c6 = m.fma(d, c6);
      c7 = m.fma(d, c7);
      c8 = m.fma(d, c8);
      c9 = m.fma(d, c9);
      c10 = m.fma(d, c10);
      c11 = m.fma(d, c11);
    }
    FloatVector low = c0.add(c1).add(c2).add(c3).add(c4).add(c5);
    FloatVector high = c6.add(c7).add(c8).add(c9).add(c10).add(c11);
    return low.add(high).reduceLanes(VectorOperators.ADD);
  }

  private static float sixteen(long rounds) {
    FloatVector m = FloatVector.broadcast(S, ScalarKernels.CHAIN_FACTOR);
    FloatVector d = FloatVector.broadcast(S, ScalarKernels.CHAIN_FACTOR);
    FloatVector c0 = FloatVector.zero(S);
    FloatVector c1 = d;
    FloatVector c2 = d.add(1f);
    FloatVector c3 = d.add(2f);
    FloatVector c4 = d.add(3f);
    FloatVector c5 = d.add(4f);
    FloatVector c6 = d.add(5f);
    FloatVector c7 = d.add(6f);
    FloatVector c8 = d.add(7f);
    FloatVector c9 = d.add(8f);
    FloatVector c10 = d.add(9f);
    FloatVector c11 = d.add(10f);
    FloatVector c12 = d.add(11f);
    FloatVector c13 = d.add(12f);
    FloatVector c14 = d.add(13f);
    FloatVector c15 = d.add(14f);
    for (long r = 0; r < rounds; r++) {
      c0 = m.fma(d, c0);
      c1 = m.fma(d, c1);
      c2 = m.fma(d, c2);
      c3 = m.fma(d, c3);
      c4 = m.fma(d, c4);
      c5 = m.fma(d, c5);
      c6 = m.fma(d, c6);
      c7 = m.fma(d, c7);
      c8 = m.fma(d, c8);
      c9 = m.fma(d, c9);
      c10 = m.fma(d, c10);
      c11 = m.fma(d, c11);
      c12 = m.fma(d, c12);
      c13 = m.fma(d, c13);
      c14 = m.fma(d, c14);
      c15 = m.fma(d, c15);
    }
    FloatVector low = c0.add(c1).add(c2).add(c3).add(c4).add(c5).add(c6).add(c7);
    FloatVector high = c8.add(c9).add(c10).add(c11).add(c12).add(c13).add(c14).add(c15);
    return low.add(high).reduceLanes(VectorOperators.ADD);
  }
}
