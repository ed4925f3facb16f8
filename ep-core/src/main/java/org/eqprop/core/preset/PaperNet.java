package org.eqprop.core.preset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.tensor.Shape;

/**
 * The networks that the paper trains (Table 1) and whose updates it compares (Fig. 3 and 4), with
 * its numbers.
 */
public enum PaperNet {
  /** Energy-based, one hidden layer. */
  EB_1H("eb-1h", true, 1, new Training(100, 12, 0.5, 30, .05, .1), new Figure(800, 80, 0.001)),
  /** Energy-based, two hidden layers. */
  EB_2H("eb-2h", true, 2, new Training(500, 40, 0.5, 50, .01, .1, .4), new Figure(5000, 150, 0.01)),
  /** Energy-based, three hidden layers; not in Table 1, learning rates extrapolated from it. */
  EB_3H(
      "eb-3h",
      true,
      3,
      new Training(1000, 80, 0.5, 50, .005, .02, .1, .4),
      new Figure(30_000, 200, 0.02)),
  /** Prototypical, one hidden layer. */
  P_1H("p-1h", false, 1, new Training(30, 10, 0.1, 30, .04, .08), new Figure(150, 10, 0.01)),
  /** Prototypical, two hidden layers. */
  P_2H("p-2h", false, 2, new Training(100, 20, 0.5, 50, .005, .05, .2), new Figure(1500, 40, 0.01)),
  /** Prototypical, three hidden layers. */
  P_3H(
      "p-3h",
      false,
      3,
      new Training(180, 20, 0.5, 100, .002, .01, .05, .2),
      new Figure(5000, 40, 0.015)),
  /** Prototypical, two layers of maps (Eq. 17 and 18). */
  P_CONV(
      "p-conv",
      false,
      0,
      new Training(200, 10, 0.4, 40, .015, .035, .15),
      new Figure(5000, 10, 0.02));

  /** Units of each fully connected hidden layer. */
  public static final int WIDTH = 512;

  /** Samples of a mini-batch. */
  public static final int BATCH = 20;

  /** Rows and columns of the kernels of {@link #P_CONV}. */
  public static final int KERNEL = 5;

  /** Rows and columns of the pooling windows of {@link #P_CONV}. */
  public static final int POOL = 2;

  /** Maps of the layers of {@link #P_CONV}, output side first. */
  public static final List<Integer> CHANNELS = List.of(64, 32);

  /**
   * How it is trained (Table 1).
   *
   * @param t T, steps of the free phase
   * @param k K, steps of the nudged phase
   * @param beta β
   * @param epochs passes over the training set
   * @param rates learning rates, output side first
   */
  public record Training(int t, int k, double beta, int epochs, List<Double> rates) {
    /** Copies the rates. */
    public Training {
      rates = List.copyOf(rates);
    }

    Training(int t, int k, double beta, int epochs, Double... rates) {
      this(t, k, beta, epochs, List.of(rates));
    }

    private Training withSteps(int otherT, int otherK) {
      return new Training(otherT, otherK, beta, epochs, rates);
    }
  }

  /**
   * How its updates are compared with gradients (Fig. 3 and 4).
   *
   * @param t T
   * @param k K
   * @param beta β
   */
  public record Figure(int t, int k, double beta) {}

  private static final double ENERGY_BASED_EPSILON = 0.2;

  private final String id;
  private final boolean energyBased;
  private final int depth;

  @SuppressWarnings("ImmutableEnumChecker") // its list is a copy
  private final Training training;

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
  private final Figure figure;

  PaperNet(String id, boolean energyBased, int depth, Training training, Figure figure) {
    this.id = id;
    this.energyBased = energyBased;
    this.depth = depth;
    this.training = training;
    this.figure = figure;
  }

  /** {@return the name, such as {@code p-1h}} */
  public String id() {
    return id;
  }

  /** {@return whether it is in the energy-based setting, else in the prototypical one} */
  public boolean energyBased() {
    return energyBased;
  }

  /** {@return whether it has layers of maps} */
  public boolean isConvolutional() {
    return this == P_CONV;
  }

  /** {@return the sizes of the fully connected hidden layers, output side first} */
  public List<Integer> hidden() {
    return hidden(WIDTH);
  }

  /**
   * {@return the same with layers of another width}
   *
   * @param width units of each hidden layer
   * @throws IllegalArgumentException if it is below 1
   */
  public List<Integer> hidden(int width) {
    if (width < 1) {
      throw new IllegalArgumentException("The width is " + width + "; it must be at least 1.");
    }
    return Collections.nCopies(depth, width);
  }

  /** {@return σ of all its layers} */
  public Activation activation() {
    return isConvolutional() ? Activation.HARD_SIGMOID : Activation.SIGMOID4;
  }

  /**
   * {@return its setting, as the paper prints it: ε = 0.2 and clipped states, or Eq. 15, which has
   * no ε}
   */
  public Dynamics dynamics() {
    return energyBased
        ? new EnergyBased(ENERGY_BASED_EPSILON, true, false)
        : new Prototypical(1, Prototypical.Nudge.OUTSIDE);
  }

  /**
   * {@return how its nudged phases give the gradient} With one-sided nudges of β = 0.5 deep
   * prototypical networks do not reach Table 1's errors (p-2h: 3.4 instead of 1.95 %): what β
   * squared adds to the estimate always has the same sign.
   */
  public Phases.Estimate estimate() {
    return this == P_2H || this == P_3H ? Phases.Estimate.RANDOM_SIGN : Phases.Estimate.ONE_SIDED;
  }

  /**
   * {@return its kind of network for other data, weights zero}
   *
   * @param input shape of x; of {@link #P_CONV} channels × height × width
   * @param classes number of output units
   * @param hidden sizes of the fully connected hidden layers, output side first
   * @throws IllegalArgumentException if there is another number of hidden layers, the sizes do not
   *     fit together, or for {@link #P_CONV} if the module org.eqprop.conv is not there
   */
  public Network network(Shape input, int classes, List<Integer> hidden) {
    if (hidden.size() != depth) {
      throw new IllegalArgumentException(
          id
              + " has "
              + depth
              + " fully connected hidden layers, but "
              + hidden.size()
              + " sizes are given.");
    }
    List<Integer> sizes = new ArrayList<>(hidden);
    sizes.add(0, classes);
    if (isConvolutional()) {
      return new ConvolutionalChain(input, CHANNELS, sizes, KERNEL, 0, POOL)
          .network(dynamics(), activation());
    }
    Network.Builder builder = new Network.Builder(dynamics());
    for (int n = 0; n < sizes.size(); n++) {
      builder.layer("s" + n, Shape.of(sizes.get(n)), activation());
    }
    builder.input("x", input, activation());
    for (int n = 0; n < sizes.size(); n++) {
      builder.connect(Integer.toString(n), n, n + 1, Dense.TYPE, Map.of());
    }
    return builder.build();
  }

  /** {@return how the paper trains it} */
  public Training training() {
    return training;
  }

  /**
   * {@return how the authors' public program trains it: with other T and K for two of the networks}
   */
  public Training program() {
    return switch (this) {
      case P_1H -> training.withSteps(40, 15);
      case EB_2H -> training.withSteps(400, training.k());
      default -> training;
    };
  }

  /** {@return how the paper compares its updates with gradients} */
  public Figure figure() {
    return figure;
  }
}
