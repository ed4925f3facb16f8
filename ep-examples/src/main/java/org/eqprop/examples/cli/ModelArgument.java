package org.eqprop.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.store.Model;
import org.eqprop.examples.run.UsageException;

/** Finds the model that a user names by its file or its run's folder. */
final class ModelArgument {
  private ModelArgument() {}

  /** The model's file. */
  static Path file(Path given) {
    Path file = Files.isDirectory(given) ? given.resolve("model.safetensors") : given;
    if (!Files.exists(file)) {
      throw new UsageException(
          "There is no model at "
              + given
              + "; give a model file or a run's folder that has finished an epoch.");
    }
    return file;
  }

  /** The model. */
  static Model read(Path given, Kernels kernels) {
    return Model.read(file(given), kernels);
  }
}
