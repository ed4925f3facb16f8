package org.eqprop.bench.run;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.eqprop.bench.RandomSamples;
import org.eqprop.bench.ScalingBenchmark;
import org.eqprop.bptt.learn.BackpropThroughTime;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.GradientEstimator;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Context;

/**
 * The memory that an estimator keeps between updates, besides the network: states, and for
 * backpropagation through time the steps that it goes back.
 *
 * @param method {@code ep} or {@code bptt}
 * @param k K
 * @param bytes on the heap, after a collection
 */
public record Footprint(String method, int k, long bytes) {
  private static final int T = 200;
  private static final int BATCH = 20;

  /** Collections before a reading; the least reading counts, because others' garbage only adds. */
  private static final int COLLECTIONS = 5;

  /**
   * The median of so many differences: what the JVM makes for itself between the two readings makes
   * them larger, what it drops makes them smaller.
   */
  private static final int TRIES = 5;

  /** Both methods for several K, on a network with two hidden layers of 512 units, batch 20. */
  static List<Footprint> measure() {
    List<Footprint> all = new ArrayList<>();
    try (Context context = new Context(1)) {
      Network network = ScalingBenchmark.network(512, 2);
      network.initialise(1, context.kernels());
      Minibatch batch = batch(network);
      for (int k : new int[] {1, 10, 20, 40, 80, 160}) {
        Phases phases = new Phases(T, k, 0.5, Phases.Estimate.ONE_SIDED, 1);
        all.add(
            of("ep", k, batch, () -> new EquilibriumPropagation(network, context, phases, BATCH)));
        all.add(
            of("bptt", k, batch, () -> new BackpropThroughTime(network, context, phases, BATCH)));
      }
    }
    return all;
  }

  private static Minibatch batch(Network network) {
    RandomSamples samples =
        new RandomSamples(BATCH, network.input().size(), network.output().size());
    Minibatch batch = new Minibatch(samples, BATCH);
    batch.select(IntStream.range(0, BATCH).toArray(), 0, BATCH, 0);
    return batch;
  }

  /** After a first estimate, which makes what is only made when needed. */
  private static Footprint of(
      String method, int k, Minibatch batch, Supplier<GradientEstimator> estimator) {
    long[] tries = LongStream.generate(() -> bytes(batch, estimator)).limit(TRIES).toArray();
    Arrays.sort(tries);
    return new Footprint(method, k, tries[TRIES / 2]);
  }

  private static long bytes(Minibatch batch, Supplier<GradientEstimator> estimator) {
    long before = used();
    GradientEstimator kept = estimator.get();
    kept.estimate(batch);
    try {
      return used() - before;
    } finally {
      Reference.reachabilityFence(kept);
    }
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
