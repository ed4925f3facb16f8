package org.eqprop.core.learn;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;

/** Stochastic gradient descent, W += rate·ΔW. */
public final class Sgd implements Optimizer {
  /** The name in options. */
  public static final String NAME = "sgd";

  private final LearningRates rates;

  /**
   * Learning rates that stay, one for each connection, output side first, then that of the read-out
   * if there is one. The option {@code --lr} has the read-out's first.
   *
   * @param learningRates one for each connection, output side first
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public Sgd(double... learningRates) {
    this(new LearningRates(learningRates));
  }

  /**
   * Descent with the given rates.
   *
   * @param rates learning rates
   */
  public Sgd(LearningRates rates) {
    this.rates = rates;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optimizer.Bound bind(Network network) {
    rates.requireFit(network);
    return new Bound(network, rates.copy());
  }

  private static final class Bound implements Optimizer.Bound {
    private final Network network;
    private final LearningRates rates;
    private final Sink.Axpy[] sinks;

    Bound(Network network, LearningRates rates) {
      this.network = network;
      this.rates = rates;
      sinks = new Sink.Axpy[network.trainables().size()];
      for (int c = 0; c < sinks.length; c++) {
        sinks[c] = new Sink.Axpy(rates.rate(c));
      }
    }

    @Override
    public void begin(long step) {
      rates.begin(step);
      for (int c = 0; c < sinks.length; c++) {
        sinks[c].setRate(rates.rate(c));
      }
    }

    @Override
    public float rate(int c) {
      return sinks[c].rate();
    }

    @Override
    public Sink sink(int c) {
      return sinks[c];
    }

    @Override
    public void update(Kernels k, int c, int p, int from, int to) {
      Parameter parameter = network.trainables().get(c).parameters().get(p);
      k.axpy(sinks[c].rate(), parameter.gradient(), parameter.data(), from, to);
    }
  }
}
