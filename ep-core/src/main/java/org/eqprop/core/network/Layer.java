package org.eqprop.core.network;

import org.eqprop.core.kernel.Activation;
import org.eqprop.core.tensor.Shape;

/**
 * A layer of units: s⁰ (the output), s¹, … or the static input x.
 *
 * @param index position in {@link Network#layers()}; 0 is the output, the input has the largest
 * @param name as in files: {@code s0}, {@code s1}, …, {@code x}
 * @param shape of one sample; (size) or (channels, height, width)
 * @param activation σ of this layer
 * @param input whether it is clamped to x instead of following the dynamics
 */
public record Layer(int index, String name, Shape shape, Activation activation, boolean input) {
  /** {@return the number of units} */
  public int size() {
    return shape.size();
  }

  @Override
  public String toString() {
    return name + " (" + shape + ")";
  }
}
