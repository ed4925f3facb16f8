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
  /**
   * {@return the division that suits a relaxation and a context best}
   *
   * @param relaxation where the network settles
   * @param context the threads that settle
   */
  static Division of(Relaxation relaxation, Context context) {
    int workers = context.threads();
    if (ReplicaDivision.suits(relaxation, workers, SecondLevelCache.bytes())) {
      return new ReplicaDivision(relaxation, workers);
    }
    return LayerDivision.suits(relaxation, workers)
        ? new LayerDivision(relaxation, workers)
        : new SampleDivision(relaxation);
  }

  /**
   * Runs a region that uses this division on the workers of its context.
   *
   * @param context the threads that settle
   * @param region what each worker does
   */
  default void run(Context context, Context.Task region) {
    context.run(region);
  }

  /**
   * {@link Relaxation#free} for the first {@code count} rows.
   *
   * @param state whose rows are the worker's share to have prepared
   * @param t T, steps of the free phase at most
   * @param count samples, from the first row on
   * @param worker number of the worker, from 0
   * @param workers number of workers, at least 1
   * @throws IllegalStateException if another worker that this one needs has failed
   */
  void free(State state, int t, int count, int worker, int workers);

  /**
   * {@link Relaxation#nudged} for the first {@code count} rows, with the weights that the last
   * {@link #free} found.
   *
   * @param state whose rows are the worker's share to have prepared
   * @param steps K, number of steps
   * @param beta β
   * @param y targets, one row a sample
   * @param count samples, from the first row on
   * @param worker number of the worker, from 0
   * @param workers number of workers, at least 1
   * @throws IllegalStateException if another worker that this one needs has failed
   */
  void nudged(State state, int steps, float beta, Rows y, int count, int worker, int workers);

  /**
   * {@link Relaxation#held} for the first {@code count} rows, with the weights that the last {@link
   * #free} found.
   *
   * @param state whose rows are the worker's share to have prepared
   * @param steps K, number of steps
   * @param count samples, from the first row on
   * @param worker number of the worker, from 0
   * @param workers number of workers, at least 1
   * @throws IllegalStateException if another worker that this one needs has failed
   */
  void held(State state, int steps, int count, int worker, int workers);
}
