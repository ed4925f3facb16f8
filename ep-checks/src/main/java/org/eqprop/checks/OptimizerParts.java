package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.learn.Optimizer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Trainable;

/**
 * That threads may update ranges of parameters at the same time, on a network that is large enough
 * for them to meet; and that no update allocates, the first one or a later one.
 */
final class OptimizerParts {
  private static final int STEPS = 20;

  /** So that a thread's part takes longer than it has a processor for itself. */
  private static final int[] LARGE = {256, 1024, 256};

  private final Supplier<Optimizer> rule;
  private final Kernels kernels = KernelsSelector.kernels();

  /**
   * Checks of a rule.
   *
   * @param rule with rates for two connections
   */
  OptimizerParts(Supplier<Optimizer> rule) {
    this.rule = rule;
  }

  void check() {
    checkThreads();
    checkAllocation();
  }

  /** Gradients stay as they are, so that updates are all that threads do. */
  private static Network network(int... sizes) {
    Prototypical dynamics = new Prototypical(1, Prototypical.Nudge.OUTSIDE);
    Network network = Network.chain(dynamics, Activation.TANH, sizes);
    network.initialise(3, KernelsSelector.kernels());
    Random random = new Random(61);
    for (Parameter parameter : network.parameters()) {
      float[] values = Values.array(parameter.shape().size(), random);
      parameter.scatter(values, parameter.gradient());
    }
    return network;
  }

  private void checkThreads() {
    Network together = network(LARGE);
    Optimizer.Bound bound = rule.get().bind(together);
    int rounds =
        Threads.rounds(
            "the updates of an optimizer",
            bound::begin,
            (worker, threads) -> {
              for (int c = 0; c < together.trainables().size(); c++) {
                int tiles = together.trainables().get(c).tiles();
                int half = tiles / Threads.COUNT;
                int end = worker == 0 ? half : tiles;
                for (int tile = worker * half; tile < end; tile++) {
                  update(bound, together, c, tile, tile + 1);
                  threads.didPiece(worker);
                }
              }
              return true;
            });
    Network alone = network(LARGE);
    Optimizer.Bound other = rule.get().bind(alone);
    for (int step = 0; step < rounds; step++) {
      step(other, alone, step);
    }
    for (int p = 0; p < alone.parameters().size(); p++) {
      Parameter expected = alone.parameters().get(p);
      assertThat(Arrays.equals(together.parameters().get(p).write(), expected.write()))
          .as("%s after updates on several threads at once is the same", expected.name())
          .isTrue();
    }
  }

  private void step(Optimizer.Bound bound, Network network, int step) {
    bound.begin(step);
    List<Trainable> trainables = network.trainables();
    for (int c = 0; c < trainables.size(); c++) {
      update(bound, network, c, 0, trainables.get(c).tiles());
    }
  }

  /** As an updater does it: a rule that scales gradients only is not asked to update. */
  private void update(Optimizer.Bound bound, Network network, int c, int first, int end) {
    List<Parameter> parameters = network.trainables().get(c).parameters();
    Sink sink = bound.sink(c);
    for (int p = 0; p < parameters.size(); p++) {
      Parameter parameter = parameters.get(p);
      int from = parameter.start(first);
      int to = parameter.start(end);
      if (sink == Sink.STORE) {
        bound.update(kernels, c, p, from, to);
      } else {
        parameter.drain(kernels, from, to, sink);
      }
    }
  }

  private void checkAllocation() {
    Network network = network(3, 17, 20);
    Optimizer.Bound bound = rule.get().bind(network);
    Allocation.assertNone(
        "an update",
        () -> {
          for (int step = 0; step < STEPS; step++) {
            step(bound, network, step);
          }
        });
  }
}
