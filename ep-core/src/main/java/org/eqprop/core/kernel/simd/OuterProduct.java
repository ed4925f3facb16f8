package org.eqprop.core.kernel.simd;

import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;

/**
 * G (+)= Aᵀ·B into panels: the weight gradient, a sum over samples.
 *
 * <p>A tile of MR rows × 2 vectors of G stays in registers over all samples; the MR elements of A
 * that a sample contributes lie side by side.
 */
final class OuterProduct {
  private static final int VL = Width.VL;
  private static final float[] ZERO = new float[Panels.NR];

  private OuterProduct() {}

  static void outer(
      Rows a, Rows b, int count, Panels g, int firstPanel, int endPanel, boolean accumulate) {
    for (int p = firstPanel; p < endPanel; p++) {
      int width = g.width(p);
      int column = 0;
      for (; column + 2 * VL <= width; column += 2 * VL) {
        pairs(a, b, count, g, p, column, accumulate);
      }
      if (column < width) {
        singles(a, b, count, g, p, column, accumulate);
      }
    }
  }

  private static void pairs(
      Rows a, Rows b, int count, Panels g, int panel, int column, boolean accumulate) {
    int ldg = g.width(panel);
    int bo = b.index(0, panel * Panels.NR + column);
    float[] x = a.data();
    float[] y = b.data();
    float[] out = g.data();
    float[] z = accumulate ? out : ZERO;
    int ldz = accumulate ? ldg : 0;
    int i = 0;
    while (i < g.rows()) {
      int ao = a.index(0, i);
      int go = g.offset(panel) + i * ldg + column;
      int zo = accumulate ? go : 0;
      if (Tiles.TALL == 10 && i + 10 <= g.rows()) {
        Tiles.tile10x2(count, x, ao, a.stride(), y, bo, b.stride(), z, zo, ldz, out, go, ldg);
        i += 10;
      } else if (i + 5 <= g.rows()) {
        Tiles.tile5x2(count, x, ao, a.stride(), y, bo, b.stride(), z, zo, ldz, out, go, ldg);
        i += 5;
      } else {
        Tiles.tile1x2(count, x, ao, a.stride(), y, bo, b.stride(), z, zo, out, go);
        i += 1;
      }
    }
  }

  private static void singles(
      Rows a, Rows b, int count, Panels g, int panel, int column, boolean accumulate) {
    int ldg = g.width(panel);
    int bo = b.index(0, panel * Panels.NR + column);
    float[] x = a.data();
    float[] y = b.data();
    float[] out = g.data();
    float[] z = accumulate ? out : ZERO;
    int ldz = accumulate ? ldg : 0;
    int i = 0;
    while (i < g.rows()) {
      int ao = a.index(0, i);
      int go = g.offset(panel) + i * ldg + column;
      int zo = accumulate ? go : 0;
      if (i + 10 <= g.rows()) {
        Tiles.tile10x1(count, x, ao, a.stride(), y, bo, b.stride(), z, zo, ldz, out, go, ldg);
        i += 10;
      } else if (i + 5 <= g.rows()) {
        Tiles.tile5x1(count, x, ao, a.stride(), y, bo, b.stride(), z, zo, ldz, out, go, ldg);
        i += 5;
      } else {
        Tiles.tile1x1(count, x, ao, a.stride(), y, bo, b.stride(), z, zo, out, go);
        i += 1;
      }
    }
  }
}
