package org.eqprop.core.network;

import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;

/**
 * Parameters that are trained together: a connection or a read-out. Gradients and updates are
 * divided into {@link #tiles()}: disjoint tiles run on different threads, each over all samples in
 * ascending order, so that results do not depend on the number of threads.
 */
public interface Trainable {
  /** The name in files: {@code 0} for weight.0; {@code 0.x} in the toy model. */
  String name();

  /** Weights and biases; each is divided into {@link #tiles()}. */
  List<Parameter> parameters();

  /** Inputs that a unit sees: the initial weights are uniform in ±1/√fanIn. */
  int fanIn();

  /** Number of parts that gradient and update fall into. */
  int tiles();

  /**
   * How many tiles to go through gradient, update and {@link #refresh} at a time: few, so that
   * their weights stay in a cache meanwhile, unless each call has work to do for all samples.
   */
  default int tilesAtOnce() {
    return tiles();
  }

  /**
   * Ends gradients that were stored: if the sink is a {@link Sink.Axpy}, the parameters change by
   * rate · gradient, for tiles {@code firstTile} to {@code endTile} (exclusive).
   */
  default void drain(Kernels k, int firstTile, int endTile, Sink sink) {
    List<Parameter> parameters = parameters();
    for (int p = 0; p < parameters.size(); p++) {
      Parameter parameter = parameters.get(p);
      parameter.drain(k, parameter.start(firstTile), parameter.start(endTile), sink);
    }
  }

  /**
   * Brings forms derived from the parameters (packed, transposed) up to date after tiles {@code
   * firstTile} to {@code endTile} (exclusive) of the parameters changed.
   */
  void refresh(Kernels k, int firstTile, int endTile);
}
