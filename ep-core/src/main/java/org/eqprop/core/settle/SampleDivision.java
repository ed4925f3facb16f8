package org.eqprop.core.settle;

import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;

/** Each worker settles samples of its own, and none waits for another. */
record SampleDivision(Relaxation relaxation) implements Division {
  @Override
  public void free(State state, int t, int count, int worker, int workers) {
    int from = Context.share(count, worker, workers);
    int to = Context.share(count, worker + 1, workers);
    if (from < to) {
      relaxation.free(state, t, from, to);
    }
  }

  @Override
  public void nudged(
      State state, int steps, float beta, Rows y, int count, int worker, int workers) {
    int from = Context.share(count, worker, workers);
    int to = Context.share(count, worker + 1, workers);
    if (from < to) {
      relaxation.nudged(state, steps, beta, y, from, to);
    }
  }

  @Override
  public void held(State state, int steps, int count, int worker, int workers) {
    int from = Context.share(count, worker, workers);
    int to = Context.share(count, worker + 1, workers);
    if (from < to) {
      relaxation.held(state, steps, from, to);
    }
  }
}
