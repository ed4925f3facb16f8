package org.eqprop.bptt.estimate;

import java.util.List;
import java.util.Map;
import org.eqprop.bptt.reference.Cases;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.ConvolutionalChain;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Untied;
import org.eqprop.core.tensor.Shape;

/** Small networks of all kinds, with three samples. */
final class Nets {
  static final Dynamics ENERGY = new EnergyBased(0.3, false, false);
  static final Dynamics LEAKY = new Prototypical(0.4, Prototypical.Nudge.INSIDE);

  private Nets() {}

  /**
   * A problem with a name.
   *
   * @param name shown by tests
   */
  record Net(String name, Problem problem) {
    FreePhase settled(int kept) {
      return FreePhase.run(problem, 20000, kept);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** In both settings, with one and two hidden layers, read-out, convolutions, untied weights. */
  static List<Net> all() {
    return List.of(
        new Net("p-1h", Cases.chain(Cases.INSIDE, 3, 5, 4)),
        new Net("p-1h, nudge outside", Cases.chain(Cases.OUTSIDE, 3, 5, 4)),
        new Net("p-2h, epsilon 0.4", Cases.chain(LEAKY, 3, 4, 5, 4)),
        new Net("eb-1h", Cases.chain(ENERGY, 3, 5, 4)),
        new Net("eb-2h", Cases.chain(ENERGY, 3, 4, 5, 4)),
        new Net("eb-1h, linear output", Cases.chain(new EnergyBased(0.3, false, true), 3, 5, 4)),
        new Net("toy", Cases.toy(ENERGY)),
        new Net("p-1h, cross-entropy", Cases.classified(Cases.INSIDE, 3, 6, 5, 4)),
        new Net("eb-2h, cross-entropy", Cases.classified(ENERGY, 3, 4, 4, 5, 4)),
        new Net("p-conv, max", convolutional(false)),
        new Net("p-conv, average", convolutional(true)),
        new Net("untied p-2h", untied(LEAKY)),
        new Net("untied eb-2h", untied(ENERGY)));
  }

  /** Two convolutions with tanh, one of them between layers that step. */
  static Problem convolutional(boolean average) {
    return Cases.problem(convolutional(Activation.TANH, average), 3);
  }

  static Network convolutional(Activation activation, boolean average) {
    ConvolutionalChain chain =
        new ConvolutionalChain(
            Shape.of(1, 10, 10), List.of(3, 2), List.of(3), 3, 0, 2, 1, 2, average);
    return chain.network(Cases.INSIDE, activation);
  }

  /** Two hidden layers whose top-down weights are drawn apart from the bottom-up ones. */
  static Problem untied(Dynamics dynamics) {
    return Cases.problem(
        new Network.Builder(dynamics)
            .untied(Untied.Rule.VECTOR_FIELD)
            .layer("s0", Shape.of(3), Activation.TANH)
            .layer("s1", Shape.of(4), Activation.TANH)
            .layer("s2", Shape.of(5), Activation.TANH)
            .input("x", Shape.of(4), Activation.TANH)
            .connect("0", 0, 1, Dense.TYPE, Map.of())
            .connect("1", 1, 2, Dense.TYPE, Map.of())
            .connect("2", 2, 3, Dense.TYPE, Map.of())
            .build(),
        3);
  }

  /** ‖found − expected‖/‖expected‖ of the tensor for which it is largest. */
  static double error(List<double[]> found, List<double[]> expected) {
    double largest = 0;
    for (int p = 0; p < expected.size(); p++) {
      double[] difference = found.get(p).clone();
      Vectors.add(-1, expected.get(p), difference);
      double distance = Vectors.norm(difference);
      double relative = distance == 0 ? 0 : distance / Vectors.norm(expected.get(p));
      largest = Math.max(largest, relative);
    }
    return largest;
  }

  /** The slope of the straight line through (log x, log y) that has the least squares. */
  static double slope(double[] x, double[] y) {
    double n = x.length;
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double sxy = 0;
    for (int i = 0; i < x.length; i++) {
      double lx = Math.log(x[i]);
      double ly = Math.log(y[i]);
      sx += lx;
      sy += ly;
      sxx += lx * lx;
      sxy += lx * ly;
    }
    return (n * sxy - sx * sy) / (n * sxx - sx * sx);
  }
}
