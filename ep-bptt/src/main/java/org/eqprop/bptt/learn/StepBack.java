package org.eqprop.bptt.learn;

import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.tensor.Rows;

/** A layer's free step backward: {@link Dynamics#step} with the arrows reversed. */
sealed interface StepBack {
  /** The reverse of the free step of {@code dynamics}. */
  static StepBack of(Dynamics dynamics) {
    return switch (dynamics) {
      case Prototypical prototypical -> new OfPrototypical((float) prototypical.epsilon());
      case EnergyBased energy -> new OfEnergyBased(energy);
    };
  }

  /** Whether nothing of the old state is left in the new one but what passes through inputs. */
  boolean forgets();

  /**
   * Splits the gradient by the state after step t.
   *
   * @param zero rows of zeros
   * @param gradient by the state after the step on entry; on return by the state before it as far
   *     as it does not pass through inputs, unless the step {@link #forgets()}
   * @param delta set to the gradient by the step's input a
   */
  void split(
      Kernels k,
      Layer layer,
      Trajectory kept,
      int t,
      Rows zero,
      Rows gradient,
      Rows delta,
      int from,
      int to);

  /** gradient by s += gradient by u = σ(s), for settings with a separate feed. */
  void addFed(
      Kernels k, Layer layer, Trajectory kept, int t, Rows fed, Rows gradient, int from, int to);

  /** s ← s + ε·(σ(a) − s), with u = s. */
  record OfPrototypical(float epsilon) implements StepBack {
    @Override
    public boolean forgets() {
      return epsilon == 1f;
    }

    @Override
    public void split(
        Kernels k,
        Layer layer,
        Trajectory kept,
        int t,
        Rows zero,
        Rows gradient,
        Rows delta,
        int from,
        int to) {
      Rows a = kept.a(t, layer);
      Rows sigma = delta;
      if (forgets()) {
        sigma = kept.after(t, layer);
      } else {
        k.activate(layer.activation(), a, sigma, from, to);
      }
      k.activateBack(layer.activation(), epsilon, a, sigma, gradient, zero, delta, from, to);
      if (!forgets()) {
        k.activateBack(
            Activation.IDENTITY,
            1f - epsilon,
            gradient,
            gradient,
            gradient,
            zero,
            gradient,
            from,
            to);
      }
    }

    @Override
    public void addFed(
        Kernels k, Layer layer, Trajectory kept, int t, Rows fed, Rows gradient, int from, int to) {
      throw new UnsupportedOperationException("A prototypical layer feeds its state.");
    }
  }

  /** s ← clip(s + ε·(σ′(s)·a − s)), u ← σ(s). */
  record OfEnergyBased(EnergyBased dynamics) implements StepBack {
    @Override
    public boolean forgets() {
      return false;
    }

    @Override
    public void split(
        Kernels k,
        Layer layer,
        Trajectory kept,
        int t,
        Rows zero,
        Rows gradient,
        Rows delta,
        int from,
        int to) {
      k.energyStepBack(
          layer.activation(),
          dynamics.slope(layer),
          (float) dynamics.epsilon(),
          dynamics.clamp(),
          kept.a(t, layer),
          kept.s(t, layer),
          kept.u(t, layer),
          gradient,
          delta,
          from,
          to);
    }

    @Override
    public void addFed(
        Kernels k, Layer layer, Trajectory kept, int t, Rows fed, Rows gradient, int from, int to) {
      k.activateBack(
          layer.activation(),
          1f,
          kept.s(t, layer),
          kept.u(t, layer),
          fed,
          gradient,
          gradient,
          from,
          to);
    }
  }
}
