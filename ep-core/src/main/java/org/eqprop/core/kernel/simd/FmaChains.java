package org.eqprop.core.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Sixteen independent chains of fused multiply-adds in registers: the machine's peak. */
final class FmaChains {
  private static final VectorSpecies<Float> S = Width.SPECIES;

  private FmaChains() {}

  static float run(long rounds) {
    FloatVector m = FloatVector.broadcast(S, 0.999f);
    FloatVector d = FloatVector.broadcast(S, 1e-3f);
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
      c0 = c0.fma(m, d);
      c1 = c1.fma(m, d);
      c2 = c2.fma(m, d);
      c3 = c3.fma(m, d);
      c4 = c4.fma(m, d);
      c5 = c5.fma(m, d);
      c6 = c6.fma(m, d);
      c7 = c7.fma(m, d);
      c8 = c8.fma(m, d);
      c9 = c9.fma(m, d);
      c10 = c10.fma(m, d);
      c11 = c11.fma(m, d);
      c12 = c12.fma(m, d);
      c13 = c13.fma(m, d);
      c14 = c14.fma(m, d);
      c15 = c15.fma(m, d);
    }
    FloatVector low = c0.add(c1).add(c2).add(c3).add(c4).add(c5).add(c6).add(c7);
    FloatVector high = c8.add(c9).add(c10).add(c11).add(c12).add(c13).add(c14).add(c15);
    return low.add(high).reduceLanes(VectorOperators.ADD);
  }
}
