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
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.tensor.Shape;

/**
 * The paper's networks with the T and K of the published program, at which its speed on this kind
 * of machine is known.
 */
public enum PresetNet {
  /** Prototypical, one hidden layer. */
  P_1H(PaperNet.P_1H),
  /** Energy-based, one hidden layer. */
  EB_1H(PaperNet.EB_1H),
  /** Prototypical, two hidden layers. */
  P_2H(PaperNet.P_2H),
  /** Prototypical, three hidden layers. */
  P_3H(PaperNet.P_3H),
  /** Energy-based, two hidden layers. */
  EB_2H(PaperNet.EB_2H),
  /** Prototypical, convolutional. */
  P_CONV(PaperNet.P_CONV);

  private static final int INPUTS = 784;
  private static final int CLASSES = 10;
  private static final double EPSILON = 0.2;

  private final PaperNet paper;

  PresetNet(PaperNet paper) {
    this.paper = paper;
  }

  /**
   * The preset named {@code id}, such as {@code p-1h}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PresetNet named(String id) {
    return Arrays.stream(values())
        .filter(net -> net.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no preset '" + id + "'."));
  }

  /** The name in options and results. */
  public String id() {
    return paper.id();
  }

  /** T, steps of the free phase. */
  public int t() {
    return paper.program().t();
  }

  /** K, steps of the nudged phase. */
  public int k() {
    return paper.program().k();
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
        paper.energyBased()
            ? new EnergyBased(EPSILON, true, false)
            : new Prototypical(1, Prototypical.Nudge.OUTSIDE);
    if (this == P_CONV) {
      Shape input = Shape.of(1, 28, 28);
      return new ConvolutionalChain(
              input, PaperNet.CHANNELS, List.of(CLASSES), PaperNet.KERNEL, 0, PaperNet.POOL)
          .network(
              dynamics,
              Activation.HARD_SIGMOID,
              Activation.HARD_SIGMOID,
              winograd ? Map.of("algorithm", "winograd") : Map.of());
    }
    int[] hidden = paper.hidden().stream().mapToInt(Integer::intValue).toArray();
    int[] sizes = new int[hidden.length + 2];
    System.arraycopy(hidden, 0, sizes, 1, hidden.length);
    sizes[0] = CLASSES;
    sizes[hidden.length + 1] = INPUTS;
    return Network.chain(dynamics, Activation.SIGMOID4, sizes);
  }

  /** How phases settle in the mode {@code fast} of {@code ep train}, with a nudge β. */
  public Settling fast(double beta) {
    return Settling.fast(paper.energyBased(), beta);
  }
}
