package org.eqprop.core.settle;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Divisible;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;

/**
 * Adds W·x to the drive of a whole batch, the workers of a context dividing units among them where
 * they can, else samples. By units each worker reads a part of W only: the one that it updated
 * after the last batch and has in its own cache. Results are the same.
 */
public final class Drive {
  private final Relaxation relaxation;
  private final Kernels kernels;
  private final boolean byUnits;

  /** What the input feeds, once for each worker. */
  private final List<Rows> fed = new ArrayList<>();

  /**
   * For the drive of {@code relaxation}.
   *
   * @param relaxation where the network settles
   * @param context the threads that work
   */
  public Drive(Relaxation relaxation, Context context) {
    this.relaxation = relaxation;
    this.byUnits =
        relaxation.network().connections().stream()
            .allMatch(c -> !c.source().input() || c instanceof Divisible);
    this.kernels = byUnits ? context.kernels().exclusive() : context.learnerKernels();
    for (int w = 0; w < context.threads(); w++) {
      fed.add(byUnits ? relaxation.fedInput().alias() : relaxation.fedInput());
    }
  }

  /**
   * Part {@code worker} of {@code workers}, for the first {@code count} rows, after {@link
   * Relaxation#begin} for them.
   *
   * @param state whose input is clamped
   * @param count samples, from the first row on
   * @param worker number of the worker, from 0
   * @param workers number of workers, at least 1
   */
  public void add(State state, int count, int worker, int workers) {
    Network network = relaxation.network();
    for (int c = 0; c < network.connections().size(); c++) {
      Connection connection = network.connections().get(c);
      if (connection.source().input()) {
        Rows sum = relaxation.drive(connection.target());
        if (byUnits) {
          units((Divisible) connection, sum, count, worker, workers);
        } else {
          int from = Context.share(count, worker, workers);
          int to = Context.share(count, worker + 1, workers);
          connection.bottomUp(kernels, fed.get(worker), sum, sum, state.memory(c), from, to);
        }
      }
    }
  }

  private void units(Divisible connection, Rows sum, int count, int worker, int workers) {
    int units = connection.target().size();
    int granules = (units + Divisible.GRANULE - 1) / Divisible.GRANULE;
    int first = Context.share(granules, worker, workers) * Divisible.GRANULE;
    int end = Math.min(units, Context.share(granules, worker + 1, workers) * Divisible.GRANULE);
    if (first < end) {
      connection.bottomUp(kernels, fed.get(worker), sum, sum, 0, count, first, end);
    }
  }
}
