package org.eqprop.core.settle;

import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;

/**
 * What {@link Anderson} remembers of a phase. What it has of a sample stays where it is when the
 * sample changes rows in the state; {@link #place} says where.
 */
final class AndersonIteration implements Solver.Iteration {
  private final List<Layer> layers;
  private final Dynamics dynamics;
  private final Kernels k;
  private final boolean clip;

  /** Where a row's sample has its place. */
  private final int[] place;

  private final AndersonSample[] samples;

  AndersonIteration(Network network, Kernels kernels, int rows, int memory) {
    this.layers = network.layers().subList(0, network.depth());
    this.dynamics = network.dynamics();
    this.k = kernels;
    this.clip = dynamics instanceof EnergyBased energy && energy.clamp();
    this.place = new int[rows];
    this.samples = new AndersonSample[rows];
    int units = layers.stream().mapToInt(Layer::size).sum();
    for (int r = 0; r < rows; r++) {
      place[r] = r;
      samples[r] = new AndersonSample(units, memory);
    }
  }

  @Override
  public void begin(State state, int from, int to) {
    for (int r = from; r < to; r++) {
      samples[place[r]].begin();
    }
  }

  @Override
  public void move(State state, int from, int end) {
    for (int r = from; r < end; r++) {
      move(state, r);
    }
  }

  private void move(State state, int row) {
    AndersonSample sample = samples[place[row]];
    load(state, row, sample.state());
    if (sample.move(clip)) {
      store(sample.state(), state, row);
      if (dynamics.separateFeed()) {
        for (int n = 0; n < layers.size(); n++) {
          Layer layer = layers.get(n);
          dynamics.feed(k, layer, state.s(layer), state.u(layer), row, row + 1);
        }
      }
    }
  }

  private void load(State state, int row, float[] values) {
    int first = 0;
    for (int n = 0; n < layers.size(); n++) {
      Rows s = state.s(layers.get(n));
      System.arraycopy(s.data(), s.index(row, 0), values, first, s.size());
      first += s.size();
    }
  }

  private void store(float[] values, State state, int row) {
    int first = 0;
    for (int n = 0; n < layers.size(); n++) {
      Rows s = state.s(layers.get(n));
      System.arraycopy(values, first, s.data(), s.index(row, 0), s.size());
      first += s.size();
    }
  }

  @Override
  public void swap(int one, int other) {
    int kept = place[one];
    place[one] = place[other];
    place[other] = kept;
  }
}
