package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.File;
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
 * @param init {@code fan-in-uniform} (the authors'), {@code glorot-uniform} or {@code orthogonal},
 *     or the path of a model whose weights are taken
 * @param gains factors of the weights, one for all or one for each connection in the order of the
 *     learning rates (a read-out first)
 * @param sha256 of the weights of that model, or empty if they were not looked at yet, or there is
 *     none
 */
public record InitialWeights(
    String init,
    @JsonProperty("init-gain") List<Double> gains,
    @JsonProperty("init-sha256") String sha256) {
  private static final String FAN_IN = "fan-in-uniform";
  private static final String GLOROT = "glorot-uniform";
  private static final String ORTHOGONAL = "orthogonal";

  private static final List<String> DRAWN = List.of(FAN_IN, GLOROT, ORTHOGONAL);

  /** The authors'. */
  static final InitialWeights USUAL = new InitialWeights(FAN_IN, List.of(1.0), "");

  /**
   * Checked and copied.
   *
   * @throws UsageException in one sentence, if a value is out of range
   */
  public InitialWeights {
    gains = List.copyOf(gains);
    if (!isModel(init)) {
      Config.oneOf("init", init, DRAWN);
    } else if (!gains.equals(List.of(1.0))) {
      throw new UsageException(
          "init is a model, whose weights are taken as they are; leave init-gain out.");
    }
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

  /** Whether a value names a model: a path, which the names of initial weights are not. */
  private static boolean isModel(String init) {
    return !DRAWN.contains(init)
        && (init.contains("/")
            || init.contains("\\")
            || init.endsWith(".safetensors")
            || new File(init).exists());
  }

  /**
   * The same with the model's absolute path and the digest of its weights.
   *
   * @throws UsageException if there is no such model
   */
  InitialWeights found() {
    if (!isModel(init)) {
      return this;
    }
    StartModel model = StartModel.read(init);
    model.requireWeights(sha256);
    return new InitialWeights(model.file().toString(), gains, model.sha256());
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

  /**
   * Checks that a network can start from the weights.
   *
   * @throws UsageException if they are of another network
   */
  void check(Network network) {
    if (isModel(init)) {
      StartModel.read(init).requireFit(network);
    }
  }

  /**
   * Sets the weights and biases of a network.
   *
   * @throws UsageException if they come from a model that is not there, is of another network, or
   *     has other weights than when the run began
   */
  void initialise(Network network, long seed, Kernels kernels) {
    if (isModel(init)) {
      StartModel.read(init).into(network, kernels, sha256);
      return;
    }
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
