package org.eqprop.core.settle;

import org.eqprop.core.internal.machine.SecondLevelCache;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;

/**
 * How the workers of a context divide the phases of a batch among them. Whatever the division, the
 * results are the same bits: each row of each layer is computed by one worker, from the same rows.
 *
 * <p>All workers call the same method with their own number, as part of one region of a {@link
 * Context}, or one worker does for all. When it returns, the rows that {@link Context#share} gives
 * that worker are done.
 */
public interface Division {
  /** The division that suits a relaxation and a context best. */
  static Division of(Relaxation relaxation, Context context) {
    int workers = context.threads();
    if (ReplicaDivision.suits(relaxation, workers, SecondLevelCache.bytes())) {
      return new ReplicaDivision(relaxation, workers);
    }
    return LayerDivision.suits(relaxation, workers)
        ? new LayerDivision(relaxation, workers)
        : new SampleDivision(relaxation);
  }

  /** Runs a region that uses this division on the workers of its context. */
  default void run(Context context, Context.Task region) {
    context.run(region);
  }

  /**
   * {@link Relaxation#free} for the first {@code count} rows.
   *
   * @param state whose rows are the worker's share to have prepared
   * @throws IllegalStateException if another worker that this one needs has failed
   */
  void free(State state, int t, int count, int worker, int workers);

  /**
   * {@link Relaxation#nudged} for the first {@code count} rows, with the weights that the last
   * {@link #free} found.
   *
   * @param state whose rows are the worker's share to have prepared
   * @throws IllegalStateException if another worker that this one needs has failed
   */
  void nudged(State state, int steps, float beta, Rows y, int count, int worker, int workers);

  /**
   * {@link Relaxation#held} for the first {@code count} rows, with the weights that the last {@link
   * #free} found.
   *
   * @param state whose rows are the worker's share to have prepared
   * @throws IllegalStateException if another worker that this one needs has failed
   */
  void held(State state, int steps, int count, int worker, int workers);
}
