package org.eqprop.core.store;

import java.nio.file.Path;
import java.util.List;
import org.eqprop.core.StoreException;
import org.eqprop.core.learn.StateTensor;

/** What an optimizer remembers, as tensors of a model file: {@code state.momentum.weight.0}. */
public final class OptimizerState {
  private OptimizerState() {}

  /** Adds it to a file. */
  static void put(List<StateTensor> state, Safetensors container) {
    for (StateTensor tensor : state) {
      container.put(
          CheckpointTensors.PREFIX + tensor.name(), tensor.parameter().shape(), tensor.write());
    }
  }

  /**
   * Reads it from a file.
   *
   * @param container what was read
   * @param file where the container was read from
   * @param into gets the values
   * @throws StoreException if the file lacks a tensor, or has one of another shape or with a value
   *     that is not finite
   */
  public static void read(Safetensors container, Path file, List<StateTensor> into) {
    for (StateTensor tensor : into) {
      String name = CheckpointTensors.PREFIX + tensor.name();
      CheckpointTensors.require(
          container,
          file,
          name,
          ", which the optimizer needs to go on; start a new run, or go on with the optimizer that"
              + " it was written with.",
          tensor.parameter().name() + " has",
          tensor.parameter().shape());
      float[] values = container.floats(name);
      CheckpointTensors.requireFinite(file, name, values);
      tensor.read(values);
    }
  }
}
