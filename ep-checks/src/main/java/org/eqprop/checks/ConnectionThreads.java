package org.eqprop.checks;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.settle.Context;
import org.eqprop.core.tensor.Rows;

/**
 * That threads may use a connection at the same time: each its own rows, or its own tiles. Each
 * goes over its part again and again, with the states of one batch and of another.
 */
final class ConnectionThreads {
  private static final int SAMPLES = 6;

  private final Connection connection;
  private final Kernels kernels = KernelsSelector.kernels();
  private final List<Batch> batches;

  /** States, and what one thread makes of them. */
  private final class Batch {
    private final Rows target;
    private final Rows source;
    private final Memory memory = connection.newMemory(SAMPLES);
    private final Rows up;
    private final Rows down;
    private final float[] expectedUp;
    private final float[] expectedDown;
    private final List<float[]> gradients;

    Batch(Random random) {
      target = Values.rows(SAMPLES, connection.target().size(), random);
      source = Values.rows(SAMPLES, connection.source().size(), random);
      up = Rows.allocate(SAMPLES, target.size());
      down = Rows.allocate(SAMPLES, source.size());
      inputs(0, SAMPLES);
      expectedUp = Values.flat(up);
      expectedDown = Values.flat(down);
      gradients(0, connection.tiles());
      gradients = connection.parameters().stream().map(p -> p.gradient().clone()).toList();
    }

    private void inputs(int from, int to) {
      up.clear(from, to);
      connection.addBias(up, from, to);
      connection.bottomUp(kernels, source, up, up, memory, from, to);
      if (!connection.source().input()) {
        down.clear(from, to);
        connection.topDown(kernels, target, down, down, memory, from, to);
      }
    }

    private void gradients(int first, int end) {
      connection.biasGradient(kernels, target, SAMPLES, first, end, Sink.STORE);
      connection.bottomUpGradient(kernels, target, source, memory, SAMPLES, first, end, Sink.STORE);
      if (!connection.source().input()) {
        connection.topDownGradient(
            kernels, target, source, memory, SAMPLES, first, end, Sink.STORE);
      }
    }

    boolean rows(int from, int to) {
      inputs(from, to);
      return Values.same(up, expectedUp, from, to) && Values.same(down, expectedDown, from, to);
    }

    boolean tiles(int first, int end) {
      gradients(first, end);
      for (int p = 0; p < gradients.size(); p++) {
        Parameter parameter = connection.parameters().get(p);
        int from = parameter.start(first);
        int to = parameter.start(end);
        if (!Arrays.equals(parameter.gradient(), from, to, gradients.get(p), from, to)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Some work of one thread, which is right or not. */
  @FunctionalInterface
  private interface Work {
    boolean isRight(Batch batch);
  }

  ConnectionThreads(Connection connection) {
    this.connection = connection;
    Random random = new Random(47);
    for (Parameter parameter : connection.parameters()) {
      parameter.read(Values.array(parameter.shape().size(), random));
    }
    connection.refresh(kernels, 0, connection.tiles());
    batches = List.of(new Batch(random), new Batch(random));
  }

  void check() {
    Threads.assertRight(
        "the inputs of a connection",
        (worker, threads) -> {
          int from = Context.share(SAMPLES, worker, Threads.COUNT);
          int to = Context.share(SAMPLES, worker + 1, Threads.COUNT);
          return both(worker, threads, batch -> batch.rows(from, to));
        });
    int tiles = connection.tiles();
    if (tiles >= Threads.COUNT) {
      Threads.assertRight(
          "the gradients of a connection",
          (worker, threads) -> {
            int first = Context.share(tiles, worker, Threads.COUNT);
            int end = Context.share(tiles, worker + 1, Threads.COUNT);
            return both(worker, threads, batch -> batch.tiles(first, end));
          });
    }
  }

  private boolean both(int worker, Threads threads, Work work) {
    boolean right = true;
    for (Batch batch : batches) {
      right &= work.isRight(batch);
      threads.didPiece(worker);
    }
    return right;
  }
}
