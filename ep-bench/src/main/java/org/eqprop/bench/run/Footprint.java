package org.eqprop.bench.run;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.eqprop.bench.ScalingBenchmark;
import org.eqprop.bptt.learn.BackpropThroughTime;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.GradientEstimator;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Network;
import org.eqprop.core.relax.Context;

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
  private static final int COLLECTIONS = 3;

  /** Both methods for several K, on a network with two hidden layers of 512 units, batch 20. */
  static List<Footprint> measure() {
    List<Footprint> all = new ArrayList<>();
    try (Context context = new Context(1)) {
      Network network = ScalingBenchmark.network(512, 2);
      for (int k : new int[] {1, 10, 20, 40, 80, 160}) {
        Phases phases = new Phases(T, k, 0.5, Phases.Estimate.ONE_SIDED, 1);
        all.add(of("ep", k, () -> new EquilibriumPropagation(network, context, phases, BATCH)));
        all.add(of("bptt", k, () -> new BackpropThroughTime(network, context, phases, BATCH)));
      }
    }
    return all;
  }

  private static Footprint of(String method, int k, Supplier<GradientEstimator> estimator) {
    long before = used();
    GradientEstimator kept = estimator.get();
    try {
      return new Footprint(method, k, used() - before);
    } finally {
      Reference.reachabilityFence(kept);
    }
  }

  private static long used() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
