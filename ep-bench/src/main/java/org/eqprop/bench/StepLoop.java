package org.eqprop.bench;

import java.util.Arrays;
import java.util.ServiceLoader;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.learn.Listener;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.learn.Trainer;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;

/** Trains a network, randomly initialised, on random samples: some updates a run, without end. */
final class StepLoop implements AutoCloseable {

  /** So small that no unit saturates later than at the start: the work stays the same. */
  private static final double RATE = 1e-9;

  private static final Listener GO_ON = (done, batches, totals) -> true;

  /** Updates before the first: HotSpot compiles a method with loops after 600 calls or more. */
  private static final int WARM_UP = 800;

  private final Network network;
  private final Context context;
  private final Phases phases;
  private final Trainer trainer;
  private final Totals totals = new Totals();

  /**
   * Builds all that a step needs.
   *
   * @param network whose weights are set here
   * @param method of a {@link Learner.Provider}: {@code ep}, {@code bptt}, {@code rbp}
   * @param steps updates a {@link #run}
   * @throws IllegalArgumentException if there is no such method
   */
  StepLoop(Network network, String method, Phases phases, int batch, int steps, int threads) {
    this.network = network;
    context = new Context(threads);
    network.initialise(1, context.kernels());
    this.phases = phases;
    trainer = trainer(method, phases, batch, steps);
  }

  private Trainer trainer(String method, Phases phases, int batch, int steps) {
    double[] rates = new double[network.connections().size()];
    Arrays.fill(rates, RATE);
    RandomSamples samples =
        new RandomSamples(batch * steps, network.input().size(), network.output().size());
    Learner learner = learner(method, phases, batch);
    return new Trainer(network, context, learner, new Sgd(rates), samples, batch, 1);
  }

  /**
   * Makes the JVM compile what a step calls once: with the shortest phases there are, hundreds of
   * updates take no longer than a few of the real ones.
   */
  void warmUp(String method, int batch) {
    Phases shortest =
        new Phases(1, 1, phases.beta(), phases.estimate(), phases.seed(), phases.settling());
    Trainer brief = trainer(method, shortest, batch, 1);
    for (int i = 0; i < WARM_UP; i++) {
      brief.train(0, 0, totals, GO_ON);
    }
  }

  private Learner learner(String method, Phases steps, int batch) {
    for (Learner.Provider provider : ServiceLoader.load(Learner.Provider.class)) {
      if (provider.name().equals(method)) {
        return provider.create(network, context, steps, batch);
      }
    }
    throw new IllegalArgumentException("There is no method '" + method + "'.");
  }

  /** Some updates; gives the number of the next batch. */
  int run() {
    return trainer.train(0, 0, totals, GO_ON);
  }

  /** The network that is trained. */
  Network network() {
    return network;
  }

  /** The threads that train it. */
  Context context() {
    return context;
  }

  /** Ends the workers. */
  @Override
  public void close() {
    context.close();
  }
}
