package org.eqprop.core.settle;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Replicable;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;

/**
 * Each worker settles samples of its own with weights of its own: the first with the network's, the
 * others with replicas, renewed before each free phase. Within a phase nothing changes caches and
 * none waits for another; and as nobody else reads a worker's weights, its core fetches them ahead
 * ({@link Kernels#exclusive}). The price is the copy, once for all steps of a batch.
 */
final class ReplicaDivision implements Division {
  /**
   * From this size on, a second-level cache keeps what a worker reads of two layers that are
   * divided ({@link LayerDivision}), which is faster there (docs/decisions.md).
   */
  static final int LARGE_CACHE = 2 << 20;

  /**
   * The most weights between layers that step: with more, replicas take room in the third-level
   * cache that the network needs itself (docs/decisions.md).
   */
  static final long MOST_WEIGHTS = 768 * 1024;

  /** Rows of the tile during which a product fetches what comes next. */
  private static final int LEAST_ROWS = 10;

  private final List<FreePhase> free = new ArrayList<>();
  private final List<NudgedPhase> nudged = new ArrayList<>();
  private final List<HeldPhase> held = new ArrayList<>();
  private final List<List<Copy>> copies = new ArrayList<>();

  private record Copy(Replicable original, Replicable replica) {}

  /**
   * A division of the samples of a relaxation.
   *
   * @throws ClassCastException if a connection between layers that step is not {@link Replicable}
   */
  ReplicaDivision(Relaxation relaxation, int workers) {
    Network network = relaxation.network();
    Kernels kernels = relaxation.kernels().exclusive();
    for (int w = 0; w < workers; w++) {
      List<Copy> own = new ArrayList<>();
      List<Connection> connections = new ArrayList<>();
      for (Connection connection : network.connections()) {
        if (w > 0 && !connection.source().input()) {
          Replicable original = (Replicable) connection;
          Copy copy = new Copy(original, original.replica());
          own.add(copy);
          connections.add(copy.replica());
        } else {
          connections.add(connection);
        }
      }
      copies.add(List.copyOf(own));
      Step step = relaxation.step(List.copyOf(connections), kernels);
      free.add(relaxation.free(step));
      nudged.add(relaxation.nudged(step));
      held.add(relaxation.held(step));
    }
  }

  /** Whether a relaxation can be divided this way, and gains by it. */
  static boolean suits(Relaxation relaxation, int workers, int cache) {
    long weights = LayerDivision.weights(relaxation.network());
    return workers > 1
        && workers <= Runtime.getRuntime().availableProcessors()
        && cache < LARGE_CACHE
        && relaxation.samples() >= LEAST_ROWS * workers
        && relaxation.network().connections().stream()
            .allMatch(c -> c.source().input() || c instanceof Replicable)
        && weights >= LayerDivision.LEAST_WEIGHTS
        && weights <= MOST_WEIGHTS;
  }

  @Override
  public void free(State state, int t, int count, int worker, int workers) {
    int from = Context.share(count, worker, workers);
    int to = Context.share(count, worker + 1, workers);
    if (from < to) {
      List<Copy> own = copies.get(worker);
      for (int c = 0; c < own.size(); c++) {
        own.get(c).replica().copyWeights(own.get(c).original());
      }
      free.get(worker).run(state, t, from, to);
    }
  }

  @Override
  public void nudged(
      State state, int steps, float beta, Rows y, int count, int worker, int workers) {
    int from = Context.share(count, worker, workers);
    int to = Context.share(count, worker + 1, workers);
    if (from < to) {
      nudged.get(worker).run(state, steps, beta, y, from, to);
    }
  }

  @Override
  public void held(State state, int steps, int count, int worker, int workers) {
    int from = Context.share(count, worker, workers);
    int to = Context.share(count, worker + 1, workers);
    if (from < to) {
      held.get(worker).run(state, steps, from, to);
    }
  }
}
