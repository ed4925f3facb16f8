package org.eqprop.core.learn;

import java.util.List;
import java.util.Optional;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.tensor.Rows;

/**
 * Where the free phase of each training sample starts. Disjoint ranges of rows may be of different
 * threads; nothing allocates.
 */
public interface Starts {
  /** Every free phase starts at s = 0, as the paper has it. */
  Starts ZERO =
      new Starts() {
        @Override
        public void begin(int[] samples, Relaxation relaxation, State state, int from, int to) {
          relaxation.reset(state, from, to);
        }

        @Override
        public void keep(int[] samples, State steady, int from, int to) {}

        @Override
        public List<Rows> memory() {
          return List.of();
        }
      };

  /**
   * Sets a state to where the free phases of some rows start. The input is clamped already.
   *
   * @param samples the number of the sample in each row
   * @param relaxation where the network settles
   * @param state set to where the free phase starts
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  void begin(int[] samples, Relaxation relaxation, State state, int from, int to);

  /**
   * Takes note of the end of the free phases that began last, s*.
   *
   * @param samples the number of the sample in each row
   * @param steady where the free phase ended
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  void keep(int[] samples, State steady, int from, int to);

  /**
   * Learns from the batch that was kept last; called after the batch's update, by one thread.
   *
   * @param count its samples
   */
  default void learn(int count) {}

  /**
   * {@return where the free phases of samples start that are not trained on, as in an evaluation}
   * It follows what this one learns. At s = 0, if nothing else is said.
   *
   * @param capacity the most samples of a batch
   */
  default Starts unseen(int capacity) {
    return ZERO;
  }

  /** {@return the feed-forward network that predicts where they start, if there is one} */
  default Optional<Network> predictor() {
    return Optional.empty();
  }

  /** {@return what it remembers, for a checkpoint; empty if nothing} */
  List<Rows> memory();

  /** Takes over what was read into {@link #memory} from a checkpoint. */
  default void restored() {}
}
