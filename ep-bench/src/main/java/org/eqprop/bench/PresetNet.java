package org.eqprop.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.tensor.Shape;

/**
 * The paper's networks with the T and K of the published program, at which its speed on this kind
 * of machine is known.
 */
public enum PresetNet {
  /** Prototypical, one hidden layer. */
  P_1H("p-1h", 1, 40, 15),
  /** Energy-based, one hidden layer. */
  EB_1H("eb-1h", 1, 100, 12),
  /** Prototypical, two hidden layers. */
  P_2H("p-2h", 2, 100, 20),
  /** Prototypical, three hidden layers. */
  P_3H("p-3h", 3, 180, 20),
  /** Energy-based, two hidden layers. */
  EB_2H("eb-2h", 2, 400, 40),
  /** Prototypical, convolutional. */
  P_CONV("p-conv", 0, 200, 10);

  private static final int WIDTH = 512;
  private static final int INPUTS = 784;
  private static final int CLASSES = 10;
  private static final double EPSILON = 0.2;

  private final String id;
  private final int hidden;
  private final int t;
  private final int k;

  PresetNet(String id, int hidden, int t, int k) {
    this.id = id;
    this.hidden = hidden;
    this.t = t;
    this.k = k;
  }

  /**
   * The preset named {@code id}, such as {@code p-1h}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PresetNet named(String id) {
    return Arrays.stream(values())
        .filter(net -> net.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no preset '" + id + "'."));
  }

  /** The name in options and results. */
  public String id() {
    return id;
  }

  /** T, steps of the free phase. */
  public int t() {
    return t;
  }

  /** K, steps of the nudged phase. */
  public int k() {
    return k;
  }

  /** The network, weights zero, convolutions as direct sums. */
  public Network network() {
    return network(false);
  }

  /**
   * The network, weights zero.
   *
   * @param winograd whether its convolutions are Winograd's, as in the mode {@code fast}
   */
  public Network network(boolean winograd) {
    Dynamics dynamics =
        id.startsWith("eb")
            ? new EnergyBased(EPSILON, true, false)
            : new Prototypical(1, Prototypical.Nudge.OUTSIDE);
    if (this == P_CONV) {
      Shape input = Shape.of(1, 28, 28);
      return new ConvolutionalChain(input, List.of(64, 32), List.of(CLASSES), 5, 0, 2)
          .network(
              dynamics,
              Activation.HARD_SIGMOID,
              Activation.HARD_SIGMOID,
              winograd ? Map.of("algorithm", "winograd") : Map.of());
    }
    int[] sizes = new int[hidden + 2];
    Arrays.fill(sizes, WIDTH);
    sizes[0] = CLASSES;
    sizes[hidden + 1] = INPUTS;
    return Network.chain(dynamics, Activation.SIGMOID4, sizes);
  }

  /** How phases settle in the mode {@code fast} of {@code ep train}, with a nudge β. */
  public Settling fast(double beta) {
    return Settling.fast(id.startsWith("eb"), beta);
  }
}
