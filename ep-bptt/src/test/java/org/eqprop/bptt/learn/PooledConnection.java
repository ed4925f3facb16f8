package org.eqprop.bptt.learn;

import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Algebra;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;

/**
 * The simplest connection with a memory: a target unit sees the larger of two dense sums, and only
 * the one that it saw sees it. One bias for both.
 */
final class PooledConnection implements Connection {
  static final String TYPE = "pooled-pairs";

  private final Layer target;
  private final Dense pairs;
  private final Dense biases;

  private PooledConnection(String name, Layer target, Layer source) {
    this.target = target;
    Layer twice =
        new Layer(target.index(), "pairs", Shape.of(2 * target.size()), Activation.TANH, false);
    pairs = new Dense(name, twice, source);
    biases = new Dense(name, target, source);
  }

  /** second[r][i]: whether unit i of sample r saw the second of its two sums. */
  private static final class Winners implements Memory {
    private final boolean[][] second;

    Winners(int samples, int size) {
      second = new boolean[samples][size];
    }

    @Override
    public void copy(Memory source, int from, int to) {
      for (int r = from; r < to; r++) {
        System.arraycopy(((Winners) source).second[r], 0, second[r], 0, second[r].length);
      }
    }

    @Override
    public void swap(int one, int other) {
      boolean[] kept = second[one];
      second[one] = second[other];
      second[other] = kept;
    }
  }

  private Rows sums(Kernels k, Rows source, int to) {
    Rows sums = Rows.allocate(to, 2 * target.size());
    pairs.bottomUp(k, source, sums, sums, Memory.NONE, 0, to);
    return sums;
  }

  private Rows placed(Rows values, Memory memory, int from, int to) {
    Rows placed = Rows.allocate(to, 2 * target.size());
    for (int r = from; r < to; r++) {
      for (int i = 0; i < target.size(); i++) {
        placed.set(r, 2 * i + (((Winners) memory).second[r][i] ? 1 : 0), values.get(r, i));
      }
    }
    return placed;
  }

  @Override
  public Memory newMemory(int samples) {
    return new Winners(samples, target.size());
  }

  @Override
  public void bottomUp(
      Kernels k, Rows source, Rows base, Rows out, Memory memory, int from, int to) {
    Rows sums = sums(k, source, to);
    for (int r = from; r < to; r++) {
      for (int i = 0; i < target.size(); i++) {
        ((Winners) memory).second[r][i] = sums.get(r, 2 * i + 1) > sums.get(r, 2 * i);
      }
    }
    bottomUpFrozen(k, source, base, out, memory, from, to);
  }

  @Override
  public void bottomUpFrozen(
      Kernels k, Rows source, Rows base, Rows out, Memory memory, int from, int to) {
    Rows sums = sums(k, source, to);
    for (int r = from; r < to; r++) {
      for (int i = 0; i < target.size(); i++) {
        int seen = 2 * i + (((Winners) memory).second[r][i] ? 1 : 0);
        out.set(r, i, base.get(r, i) + sums.get(r, seen));
      }
    }
  }

  /** What the default makes of a connection that remembers. */
  void bottomUpFrozenByDefault(Kernels k, Rows source, Rows out, Memory memory) {
    Connection.super.bottomUpFrozen(k, source, out, out, memory, 0, 1);
  }

  @Override
  public boolean remembers() {
    return true;
  }

  @Override
  public void topDown(
      Kernels k, Rows target, Rows base, Rows out, Memory memory, int from, int to) {
    pairs.topDown(k, placed(target, memory, from, to), base, out, Memory.NONE, from, to);
  }

  @Override
  public void bottomUpGradient(
      Kernels k,
      Rows target,
      Rows source,
      Memory memory,
      int count,
      int firstTile,
      int endTile,
      Sink sink) {
    Rows placed = placed(target, memory, 0, count);
    pairs.bottomUpGradient(k, placed, source, Memory.NONE, count, firstTile, endTile, sink);
  }

  @Override
  public void biasGradient(
      Kernels k, Rows target, int count, int firstTile, int endTile, Sink sink) {
    biases.biasGradient(k, target, count, 0, biases.tiles(), sink);
  }

  @Override
  public void addBias(Rows drive, int from, int to) {
    biases.addBias(drive, from, to);
  }

  @Override
  public void refresh(Kernels k, int firstTile, int endTile) {
    pairs.refresh(k, firstTile, endTile);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(pairs.parameters().get(0), biases.parameters().get(1));
  }

  @Override
  public int tiles() {
    return 1;
  }

  @Override
  public String name() {
    return pairs.name();
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }

  @Override
  public Layer target() {
    return target;
  }

  @Override
  public Layer source() {
    return pairs.source();
  }

  @Override
  public int fanIn() {
    return pairs.fanIn();
  }

  @Override
  public <V> V phi(Algebra<V> algebra, V target, V source, List<V> parameters) {
    throw new UnsupportedOperationException("The algebra has no pooling.");
  }

  /** Makes them; not registered. */
  static final class Provider implements Connection.Provider {
    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Connection create(String name, Layer target, Layer source, Map<String, String> options) {
      return new PooledConnection(name, target, source);
    }

    @Override
    public List<Connection> examples() {
      return List.of();
    }
  }
}
