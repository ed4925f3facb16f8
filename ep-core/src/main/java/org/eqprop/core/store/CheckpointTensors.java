package org.eqprop.core.store;

import java.nio.file.Path;
import org.eqprop.core.StoreException;
import org.eqprop.core.tensor.Shape;

/** What a checkpoint's model file has besides the parameters: tensors named {@code state.…}. */
final class CheckpointTensors {
  /** How their names begin. */
  static final String PREFIX = "state.";

  private CheckpointTensors() {}

  /** Whether a tensor of this name is no parameter, but what a checkpoint has besides. */
  static boolean isName(String tensor) {
    return tensor.startsWith(PREFIX);
  }

  /**
   * Checks that a tensor is there and has the right shape.
   *
   * @param file where the container was read from
   * @param missing what to say after the name if it is not there
   * @param owner whose shape it has to have
   * @throws StoreException if not
   */
  static void require(
      Safetensors container, Path file, String name, String missing, String owner, Shape shape) {
    if (!container.names().contains(name)) {
      throw new StoreException("The file " + file + " has no " + name + missing);
    }
    if (!container.shape(name).equals(shape)) {
      throw new StoreException(
          "The file "
              + file
              + " has "
              + name
              + " in the shape "
              + container.shape(name)
              + ", but "
              + owner
              + " "
              + shape
              + "; restore it from a copy.");
    }
  }

  /**
   * Checks the values of a tensor.
   *
   * @throws StoreException if one is not finite
   */
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
