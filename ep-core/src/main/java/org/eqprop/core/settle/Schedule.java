package org.eqprop.core.settle;

import java.util.List;
import java.util.Locale;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;

/** Which layers step together. */
public enum Schedule {
  /** All layers, from the state at time t (Eq. 15 as printed). */
  SYNCHRONOUS,

  /**
   * Layers of odd and of even distance from the output in turn. With ε = 1 the synchronous steps of
   * a layered network are two interleaved chains that never meet; this is one of them, bit for bit,
   * at half the cost. A step here is that of one half of the layers, so T and K keep their meaning;
   * T is rounded up to an even number.
   *
   * <p>With ε below 1, where turns would change what K nudged steps do, the layers take turns in
   * the free phase only.
   *
   * <p>A network with a loop of odd length takes more than two turns, so that no two layers that
   * step together are linked. They take turns in the free phase only: T is rounded up to whole
   * rounds, and the nudged phase steps all layers together.
   */
  ALTERNATING;

  /** {@return the name in options: {@code synchronous}, {@code alternating}} */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the layers in the groups that step together, in the order in which a round goes
   * through them}
   *
   * @param network the network that is to settle
   */
  public List<List<Layer>> groups(Network network) {
    return Stages.of(network, this);
  }
}
