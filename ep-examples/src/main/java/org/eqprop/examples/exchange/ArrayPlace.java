package org.eqprop.examples.exchange;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eqprop.examples.run.UsageException;

/**
 * Where arrays are written, and how.
 *
 * @param path a file, or a folder
 * @param format of it
 */
public record ArrayPlace(Path path, ArrayFormat format) {
  /**
   * The place of a name, whose end says the format.
   *
   * @throws UsageException if it does not
   */
  public static ArrayPlace of(String name) {
    ArrayFormat format = name.isEmpty() ? null : ArrayFormat.of(name);
    if (format == null) {
      throw new UsageException(
          "'"
              + name
              + "' does not say in which format to write; give a name that ends in .safetensors,"
              + " .npz, .npy, .onnx or / (a folder).");
    }
    return new ArrayPlace(Path.of(name), format);
  }

  /**
   * Writes arrays.
   *
   * @throws UsageException if the format cannot hold them
   */
  public void write(List<NamedArray> arrays) {
    Set<String> names = new HashSet<>();
    for (NamedArray array : arrays) {
      if (!names.add(array.name())) {
        throw new UsageException("Two arrays are called '" + array.name() + "'.");
      }
      if (format != ArrayFormat.SAFETENSORS && !array.name().matches("[\\w.+-]+")) {
        throw new UsageException(
            "'"
                + array.name()
                + "' cannot be a file's name here; use letters, digits, '.', '_' and '-'.");
      }
    }
    format.write(path, arrays);
  }
}
