package org.eqprop.checks;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Cost;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/** A reading of a cost of which one method allocates. */
final class Wasteful implements Cost.Reading {
  private final Cost.Reading sound;
  private final String name;
  private volatile float[] wasted = new float[1];

  Wasteful(Cost.Reading sound, String name) {
    this.sound = sound;
    this.name = name;
  }

  private void waste(String method) {
    if (method.equals(name)) {
      wasted = new float[wasted.length];
    }
  }

  @Override
  public Rows scores(Kernels k, Rows s, int from, int to) {
    waste("scores");
    return sound.scores(k, s, from, to);
  }

  @Override
  public float loss(Rows scores, Rows y, int row) {
    waste("loss");
    return sound.loss(scores, y, row);
  }

  @Override
  public void pull(
      Kernels k, float scale, Rows y, Rows s, @Nullable Rows base, Rows out, int from, int to) {
    waste("pull");
    sound.pull(k, scale, y, s, base, out, from, to);
  }

  @Override
  public void keep(Kernels k, float scale, Rows y, Rows s, int from, int to) {
    waste("keep");
    sound.keep(k, scale, y, s, from, to);
  }

  @Override
  public void gradient(Kernels k, int count, int firstTile, int endTile, Sink sink) {
    waste("gradient");
    sound.gradient(k, count, firstTile, endTile, sink);
  }
}
