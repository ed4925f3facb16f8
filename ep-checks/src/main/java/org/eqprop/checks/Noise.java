package org.eqprop.checks;

import java.util.Random;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.learn.Gradients;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;

/** Random gradients of a small network, a function of the update and the parameter. */
final class Noise implements Gradients {
  private final Network network;
  private int update;

  Noise(Network network) {
    this.network = network;
  }

  /** Always the same network of two connections, with odd sizes. */
  static Network network() {
    Prototypical dynamics = new Prototypical(1, Prototypical.Nudge.OUTSIDE);
    Network network = Network.chain(dynamics, Activation.TANH, 3, 17, 20);
    network.initialise(3, KernelsSelector.kernels());
    return network;
  }

  /** Turns to the gradients of update number {@code number}. */
  void at(int number) {
    update = number;
  }

  /** The gradient of parameter {@code p} of connection {@code c}. */
  float[] of(int c, int p) {
    Parameter parameter = network.connections().get(c).parameters().get(p);
    return Values.array(parameter.shape().size(), new Random(1000L * update + 10L * c + p));
  }

  @Override
  public void gradient(int c, int first, int end, Sink sink) {
    Connection connection = network.connections().get(c);
    for (int p = 0; p < connection.parameters().size(); p++) {
      Parameter parameter = connection.parameters().get(p);
      float[] all = new float[parameter.gradient().length];
      parameter.scatter(of(c, p), all);
      int from = parameter.start(first);
      System.arraycopy(all, from, parameter.gradient(), from, parameter.start(end) - from);
    }
    connection.drain(KernelsSelector.kernels(), first, end, sink);
  }

  @Override
  public long work(int c) {
    return 1;
  }
}
