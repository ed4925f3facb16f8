package org.eqprop.core.store;

import java.nio.file.Path;
import java.util.List;
import org.eqprop.core.StoreException;
import org.eqprop.core.learn.StateTensor;
import org.eqprop.core.tensor.Shape;

/** What an optimizer remembers, as tensors of a model file: {@code state.momentum.weight.0}. */
public final class OptimizerState {
  static final String PREFIX = "state.";

  private OptimizerState() {}

  /** Whether a tensor of this name is no parameter, but what a checkpoint has besides. */
  static boolean isName(String tensor) {
    return tensor.startsWith(PREFIX);
  }

  /** Adds it to a file. */
  static void put(List<StateTensor> state, Safetensors container) {
    for (StateTensor tensor : state) {
      container.put(PREFIX + tensor.name(), tensor.parameter().shape(), tensor.write());
    }
  }

  /**
   * Reads it from a file.
   *
   * @param file where the container was read from
   * @param into gets the values
   * @throws StoreException if the file lacks a tensor, or has one of another shape or with a value
   *     that is not finite
   */
  public static void read(Safetensors container, Path file, List<StateTensor> into) {
    for (StateTensor tensor : into) {
      String name = PREFIX + tensor.name();
      if (!container.names().contains(name)) {
        throw new StoreException(
            "The file "
                + file
                + " has no "
                + name
                + ", which the optimizer needs to go on; start a new run, or go on with the"
                + " optimizer that it was written with.");
      }
      Shape shape = tensor.parameter().shape();
      if (!container.shape(name).equals(shape)) {
        throw new StoreException(
            "The file "
                + file
                + " has "
                + name
                + " in the shape "
                + container.shape(name)
                + ", but "
                + tensor.parameter().name()
                + " has "
                + shape
                + "; restore it from a copy.");
      }
      float[] values = container.floats(name);
      requireFinite(file, name, values);
      tensor.read(values);
    }
  }

  /** Checks the values of a tensor. */
  static void requireFinite(Path file, String name, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new StoreException(
            "The file "
                + file
                + " has the value "
                + value
                + " in "
                + name
                + "; it must be finite, so restore it from a copy.");
      }
    }
  }
}
