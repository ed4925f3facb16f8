package org.eqprop.core.settle;

import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parts;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * How a free phase finds its steady state. The steady state itself is the same for all solvers,
 * where there is only one.
 *
 * <p>A phase goes on in rounds. In a round each layer makes one step: first its input a = ∂Φ/∂u is
 * gathered, then its state advances. A solver says in which groups the layers step, how large a
 * step is, what a step adds besides, and where the states move between two rounds. The loop itself,
 * the look at each sample's residual and the division among threads are the same for all solvers.
 *
 * <p>A solver is a value: its settings, and nothing that changes. What changes in a phase is in its
 * {@link Iteration}.
 */
public interface Solver {
  /**
   * {@return the solver of a name: one of this package ({@code synchronous}, {@code alternating},
   * {@code over-relaxed}, {@code heavy-ball}, {@code anderson}, {@code spiking}), or one whose
   * {@link Provider} is registered with {@link java.util.ServiceLoader}}
   *
   * @param name the name
   * @param options the settings by name; those left out have the solver's defaults
   * @throws IllegalArgumentException in one sentence, if there is no such solver, it has no such
   *     option, or a value is out of range
   */
  static Solver named(String name, Map<String, String> options) {
    return named(name, options, Parts.here());
  }

  /**
   * The same, with the providers of {@code parts}.
   *
   * @param name the name in files and options
   * @param options the settings by name; those left out have the solver's defaults
   * @param parts where other modules' solvers are looked for
   * @return the solver
   * @throws IllegalArgumentException in one sentence, if there is no such solver, it has no such
   *     option, or a value is out of range
   */
  static Solver named(String name, Map<String, String> options, Parts parts) {
    return Solvers.named(name, options, parts);
  }

  /** {@return the names of all solvers on the path} */
  static List<String> names() {
    return Solvers.all(Parts.here()).stream().map(Provider::name).toList();
  }

  /** {@return the name in files and options, such as {@code anderson}} */
  String name();

  /** {@return all settings by name, as {@link #named} reads them} */
  Map<String, String> options();

  /**
   * {@return the layers in the groups that step together, in the order in which a round goes
   * through them} Every layer but the input is in one group. By default there is one group.
   *
   * @param network the network that is to settle
   * @throws IllegalArgumentException if the solver needs another kind of network
   */
  default List<List<Layer>> groups(Network network) {
    return Schedule.SYNCHRONOUS.groups(network);
  }

  /**
   * {@return the size of a step, in place of ε: above 0 and below 2} By default it is ε.
   *
   * @param epsilon the network's ε
   */
  default double size(double epsilon) {
    return epsilon;
  }

  /**
   * {@return the rounds from one look at the residuals to the next, if a tolerance ends the phase}
   */
  default int roundsBetweenLooks() {
    return 2;
  }

  /**
   * {@return what the solver needs for phases of {@code samples} samples}
   *
   * @param network the network that is to settle
   * @param kernels the kernels to calculate with
   * @param samples number of samples, at least 1
   */
  default Iteration iteration(Network network, Kernels kernels, int samples) {
    return Iteration.PLAIN;
  }

  /**
   * What a solver remembers of a phase, one row a sample. Disjoint ranges of rows run on different
   * threads at the same time. No method allocates. What happens to a row must depend on that row
   * alone: then the results depend neither on the batch nor on the number of threads.
   */
  interface Iteration {
    /** Remembers nothing, adds nothing, moves nothing. */
    Iteration PLAIN = new Iteration() {};

    /**
     * A free phase of rows {@code from} to {@code to} (exclusive) begins in {@code state}.
     *
     * @param state the state
     * @param from first row, inclusive
     * @param to last row, exclusive
     */
    default void begin(State state, int from, int to) {}

    /**
     * May move the states of rows {@code from} to {@code end} (exclusive), before a round and after
     * the one before. A row's phase always ends with a round, never with a move.
     *
     * @param state the state
     * @param from first row, inclusive
     * @param end last row, exclusive
     */
    default void move(State state, int from, int end) {}

    /**
     * What the step of a layer adds besides; called once for each step, before it.
     *
     * @param layer a layer that steps
     * @param state the state
     * @param from first row, inclusive
     * @param end last row, exclusive
     * @return rows of the layer's size, or null if the step adds nothing
     */
    default @Nullable Rows drift(Layer layer, State state, int from, int end) {
      return null;
    }

    /**
     * May move the states of rows {@code from} to {@code to} (exclusive) before step {@code t},
     * from 0, of a phase after the free one.
     *
     * @param state the state
     * @param t number of the step, from 0
     * @param from first row, inclusive
     * @param to last row, exclusive
     */
    default void nudged(State state, int t, int from, int to) {}

    /**
     * Two samples have exchanged their rows in the state.
     *
     * @param one a row
     * @param other another row
     */
    default void swap(int one, int other) {}
  }

  /** Makes solvers of one name; registered with {@link java.util.ServiceLoader}. */
  interface Provider {
    /** {@return the name in files and options} */
    String name();

    /**
     * {@return a solver}
     *
     * @param options the settings by name; those left out have defaults
     * @throws IllegalArgumentException in one sentence, if there is no such option or a value is
     *     out of range
     */
    Solver create(Map<String, String> options);
  }
}
