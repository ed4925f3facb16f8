package org.eqprop.core.learn;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Trainable;

/**
 * A rule that treats each element of a parameter alike and remembers some numbers for each, zero at
 * first: what an optimizer of its own extends.
 */
public abstract class StatefulUpdates implements Optimizer.Bound {
  private final LearningRates rates;
  private final List<List<Slot>> slots = new ArrayList<>();
  private final List<StateTensor> state = new ArrayList<>();

  /** A parameter's values and gradient, and what is remembered for each element. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Slot(Parameter parameter, float[][] remembered) {}

  /**
   * Zero state for all parameters of a network.
   *
   * @param network the network that is to learn
   * @param rates one for each connection and the read-out, if there is one
   * @param remembered names of what is remembered, as in files
   * @throws IllegalArgumentException if the rates do not fit the network
   */
  protected StatefulUpdates(Network network, LearningRates rates, String... remembered) {
    rates.requireFit(network);
    this.rates = rates.copy();
    for (Trainable trainable : network.trainables()) {
      List<Slot> own = new ArrayList<>();
      for (Parameter parameter : trainable.parameters()) {
        float[][] arrays = new float[remembered.length][];
        for (int i = 0; i < remembered.length; i++) {
          StateTensor tensor = new StateTensor(remembered[i], parameter);
          state.add(tensor);
          arrays[i] = tensor.data();
        }
        own.add(new Slot(parameter, arrays));
      }
      slots.add(List.copyOf(own));
    }
  }

  @Override
  public void begin(long step) {
    rates.begin(step);
  }

  @Override
  public float rate(int c) {
    return rates.rate(c);
  }

  @Override
  public List<StateTensor> state() {
    return List.copyOf(state);
  }

  @Override
  public void update(Kernels k, int c, int p, int from, int to) {
    Slot slot = slots.get(c).get(p);
    Parameter parameter = slot.parameter;
    update(rate(c), parameter.gradient(), slot.remembered, parameter.data(), from, to);
  }

  /**
   * Updates positions {@code from} to {@code to} (exclusive). Allocates nothing.
   *
   * @param rate the learning rate of the connection in this update
   * @param g the gradient, a direction of descent
   * @param remembered one array for each name
   * @param w the parameter
   * @param from first position, inclusive
   * @param to last position, exclusive
   */
  protected abstract void update(
      float rate, float[] g, float[][] remembered, float[] w, int from, int to);
}
