package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.FanInUniform;
import org.eqprop.core.network.GlorotUniform;
import org.eqprop.core.network.Initialiser;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Orthogonal;

/**
 * What the weights of a training start from.
 *
 * @param init {@code fan-in-uniform} (the authors'), {@code glorot-uniform} or {@code orthogonal}
 * @param gains factors of the weights, one for all or one for each connection in the order of the
 *     learning rates (a read-out first)
 */
public record InitialWeights(String init, @JsonProperty("init-gain") List<Double> gains) {
  private static final String FAN_IN = "fan-in-uniform";
  private static final String GLOROT = "glorot-uniform";
  private static final String ORTHOGONAL = "orthogonal";

  /** The authors'. */
  static final InitialWeights USUAL = new InitialWeights(FAN_IN, List.of(1.0));

  /**
   * Checked and copied.
   *
   * @throws UsageException in one sentence, if a value is out of range
   */
  public InitialWeights {
    gains = List.copyOf(gains);
    Config.oneOf("init", init, List.of(FAN_IN, GLOROT, ORTHOGONAL));
    for (double gain : gains) {
      if (gain > 0 && (float) gain == 0) {
        throw new UsageException(
            "init-gain has " + gain + ", which is too small for a float; write a larger gain.");
      }
      if (!((float) gain > 0 && (float) gain < Float.POSITIVE_INFINITY)) {
        throw new UsageException("init-gain has " + gain + "; gains must be above 0 and finite.");
      }
    }
  }

  /**
   * Checks that there is one gain, or one for each connection.
   *
   * @throws UsageException in one sentence, if not
   */
  void checkCount(int connections) {
    if (gains.size() != 1 && gains.size() != connections) {
      throw new UsageException(
          "init-gain has "
              + gains.size()
              + " values; give one for all connections, or "
              + connections
              + ", one for each, in the order of lr.");
    }
  }

  /** Sets the weights and biases of a network. */
  void initialise(Network network, long seed, Kernels kernels) {
    List<Double> ordered = new ArrayList<>(gains);
    if (network.cost().readOut() != null) {
      Collections.rotate(ordered, -1); // the library has the read-out last
    }
    double[] all = ordered.stream().mapToDouble(Double::doubleValue).toArray();
    network.initialise(seed, initialiser(), kernels, all);
  }

  private Initialiser initialiser() {
    return switch (init) {
      case GLOROT -> new GlorotUniform();
      case ORTHOGONAL -> new Orthogonal();
      default -> new FanInUniform();
    };
  }
}
