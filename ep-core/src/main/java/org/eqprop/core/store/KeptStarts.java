package org.eqprop.core.store;

import java.nio.file.Path;
import java.util.List;
import org.eqprop.core.StoreException;
import org.eqprop.core.learn.Starts;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;

/** What {@link Starts} remember, as tensors of a model file: {@code state.start.0}. */
public final class KeptStarts {
  private static final String PREFIX = CheckpointTensors.PREFIX + "start.";

  private KeptStarts() {}

  /** Adds it to a file. */
  static void put(List<Rows> memory, Safetensors container) {
    for (int n = 0; n < memory.size(); n++) {
      container.put(PREFIX + n, memory.get(n));
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
  public static void read(Safetensors container, Path file, List<Rows> into) {
    for (int n = 0; n < into.size(); n++) {
      String name = PREFIX + n;
      Rows rows = into.get(n);
      CheckpointTensors.require(
          container,
          file,
          name,
          ", where free phases start; start a new run, or go on with start = zero.",
          "the training samples need",
          Shape.of(rows.count(), rows.size()));
      container.read(name, rows);
      CheckpointTensors.requireFinite(file, name, rows.data());
    }
  }
}
