package org.eqprop.conv.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** From channels innermost to channel by channel: lanes are gathered along a plane. */
final class ChannelPlanes {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;

  private ChannelPlanes() {}

  static void add(
      int[] starts, int channels, float[] x, float[] base, int bo, float[] out, int oo) {
    int count = starts.length;
    int whole = S.loopBound(count);
    for (int i = 0; i < whole; i += VL) {
      for (int c = 0; c < channels; c++) {
        int to = c * count + i;
        FloatVector.fromArray(S, x, c, starts, i)
            .add(FloatVector.fromArray(S, base, bo + to))
            .intoArray(out, oo + to);
      }
    }
    for (int c = 0; c < channels; c++) {
      for (int i = whole; i < count; i++) {
        int to = c * count + i;
        out[oo + to] = base[bo + to] + x[starts[i] + c];
      }
    }
  }
}
