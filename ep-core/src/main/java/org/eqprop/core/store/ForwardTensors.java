package org.eqprop.core.store;

import java.util.Optional;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.learn.ForwardStart;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;

/**
 * The feed-forward network that predicts where free phases start, in a model file: the entry {@code
 * start}, and {@code start.} before the names of its parameters.
 */
final class ForwardTensors {
  private static final String ENTRY = "start";
  private static final String PREDICTED = "predicted";
  private static final String PREFIX = "start.";

  private ForwardTensors() {}

  static boolean isName(String tensor) {
    return tensor.startsWith(PREFIX);
  }

  static void put(Network forward, Safetensors container) {
    container.metadata().put(ENTRY, PREDICTED);
    for (Parameter parameter : forward.parameters()) {
      container.put(PREFIX + parameter.name(), parameter.shape(), parameter.write());
    }
  }

  /**
   * The network with the file's parameters, if it has them.
   *
   * @throws IllegalArgumentException in one sentence, if they do not fit
   */
  static Optional<Network> read(Network settling, Safetensors container) {
    String start = container.metadata().get(ENTRY);
    if (start == null) {
      for (String tensor : container.names()) {
        if (isName(tensor)) {
          throw new IllegalArgumentException(
              "Its tensor '" + Visible.brief(tensor) + "' belongs to nothing in it.");
        }
      }
      return Optional.empty();
    }
    if (!start.equals(PREDICTED)) {
      throw new IllegalArgumentException(
          "Its entry start is '" + Visible.brief(start) + "', which is no way to start.");
    }
    Network forward = ForwardStart.forward(settling);
    for (Parameter parameter : forward.parameters()) {
      ModelNetwork.read(PREFIX + parameter.name(), parameter, container);
    }
    long tensors = container.names().stream().filter(ForwardTensors::isName).count();
    if (tensors != forward.parameters().size()) {
      throw new IllegalArgumentException("It has a tensor of a start that belongs to nothing.");
    }
    return Optional.of(forward);
  }
}
