package org.eqprop.core.settle;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.tensor.Rows;

/** What each step of a free phase adds of the step before: momentum·(s(t) − s(t−1)), by layers. */
final class Momentum {
  private final Kernels k;
  private final float momentum;
  private final List<Rows> before;
  private final List<Rows> drift = new ArrayList<>();

  /** Keeps s(t−1) in {@code before}. */
  Momentum(Kernels k, double momentum, List<Rows> before) {
    this.k = k;
    this.momentum = (float) momentum;
    this.before = before;
    for (Rows rows : before) {
      drift.add(Rows.allocate(rows.count(), rows.size()));
    }
  }

  /** A phase begins in state s of layer {@code n}, at rest. */
  void begin(int n, Rows s, int from, int to) {
    before.get(n).copy(s, from, to);
  }

  /** What layer {@code n}'s step from state s adds; s(t−1) is s from now on. */
  Rows drift(int n, Rows s, int from, int to) {
    Rows last = before.get(n);
    Rows moved = drift.get(n);
    k.difference(momentum, s, last, moved, from, to);
    last.copy(s, from, to);
    return moved;
  }
}
