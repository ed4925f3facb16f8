package org.eqprop.core.settle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eqprop.core.internal.machine.Float32;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;

/**
 * Each step also adds a share of the step before: momentum·(s(t) − s(t−1)) (Polyak 1964).
 *
 * @param schedule which layers step together
 * @param omega the size of a step, below 2, in place of ε; 0 for ε
 * @param momentum the share, above 0 and below 1
 */
public record HeavyBall(Schedule schedule, double omega, double momentum) implements Solver {
  /** The name in files and options. */
  public static final String NAME = "heavy-ball";

  private static final double MOST = 2;
  private static final double DEFAULT_MOMENTUM = 0.5;

  /**
   * Checked settings.
   *
   * @throws IllegalArgumentException if ω is not from 0 to below 2, or the momentum is not above 0
   *     and below 1
   */
  public HeavyBall {
    if (!(omega >= 0 && (float) omega < MOST)) {
      throw new IllegalArgumentException(
          "omega is "
              + Float32.text(omega)
              + "; it must be 0 (the network's epsilon) or above, and below 2.");
    }
    if (!((float) momentum > 0 && (float) momentum < 1)) {
      throw new IllegalArgumentException(
          "The momentum is " + Float32.text(momentum) + "; it must be above 0 and below 1.");
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> options() {
    return Options.of(
        Options.SCHEDULE,
        schedule.id(),
        Options.OMEGA,
        Double.toString(omega),
        Options.MOMENTUM,
        Double.toString(momentum));
  }

  @Override
  public List<List<Layer>> groups(Network network) {
    return schedule.groups(network);
  }

  @Override
  public double size(double epsilon) {
    return omega == 0 ? epsilon : omega;
  }

  @Override
  public Iteration iteration(Network network, Kernels kernels, int samples) {
    return new Momentum(network, kernels, samples, (float) momentum);
  }

  static HeavyBall read(Options options) {
    options.check(Options.SCHEDULE, Options.OMEGA, Options.MOMENTUM);
    return new HeavyBall(
        options.schedule(),
        options.number(Options.OMEGA, 0),
        options.number(Options.MOMENTUM, DEFAULT_MOMENTUM));
  }

  /** Keeps s(t−1). */
  private static final class Momentum implements Iteration {
    private final Network network;
    private final Kernels k;
    private final float momentum;
    private final List<Rows> before = new ArrayList<>();
    private final List<Rows> drift = new ArrayList<>();

    Momentum(Network network, Kernels kernels, int samples, float momentum) {
      this.network = network;
      this.k = kernels;
      this.momentum = momentum;
      for (int n = 0; n < network.depth(); n++) {
        int size = network.layers().get(n).size();
        before.add(Rows.allocate(samples, size));
        drift.add(Rows.allocate(samples, size));
      }
    }

    @Override
    public void begin(State state, int from, int to) {
      for (int n = 0; n < network.depth(); n++) {
        before.get(n).copy(state.s(network.layers().get(n)), from, to);
      }
    }

    @Override
    public Rows drift(Layer layer, State state, int from, int end) {
      Rows s = state.s(layer);
      Rows last = before.get(layer.index());
      Rows moved = drift.get(layer.index());
      k.difference(momentum, s, last, moved, from, end);
      last.copy(s, from, end);
      return moved;
    }

    @Override
    public void swap(int one, int other) {
      for (int n = 0; n < before.size(); n++) {
        before.get(n).swap(one, other);
      }
    }
  }
}
