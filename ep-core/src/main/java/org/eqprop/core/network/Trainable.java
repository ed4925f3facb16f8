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
  /** {@return the name in files: {@code 0} for weight.0; {@code 0.x} in the toy model} */
  String name();

  /** {@return weights and biases; each is divided into {@link #tiles()}} */
  List<Parameter> parameters();

  /** {@return the inputs that a unit sees: the initial weights are uniform in ±1/√fanIn} */
  int fanIn();

  /** {@return the number of parts that gradient and update fall into} */
  int tiles();

  /**
   * {@return how many tiles to go through gradient, update and {@link #refresh} at a time: few, so
   * that their weights stay in a cache meanwhile, unless each call has work to do for all samples}
   */
  default int tilesAtOnce() {
    return tiles();
  }

  /**
   * Ends gradients that were stored: if the sink is a {@link Sink.Axpy}, the parameters change by
   * rate · gradient, for tiles {@code firstTile} to {@code endTile} (exclusive).
   *
   * @param k the kernels to calculate with
   * @param firstTile first tile, inclusive
   * @param endTile last tile, exclusive
   * @param sink where the gradient goes
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
   *
   * @param k the kernels to calculate with
   * @param firstTile first tile, inclusive
   * @param endTile last tile, exclusive
   */
  void refresh(Kernels k, int firstTile, int endTile);
}
