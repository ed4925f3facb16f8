package org.eqprop.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eqprop.core.StoreException;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.store.Model;
import org.eqprop.examples.data.ClassLabels;
import org.eqprop.examples.run.ModelNotes;
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

  /**
   * The labels of the model's classes, 0, 1, 2 and so on unless it has a note of others.
   *
   * @throws StoreException if the note does not fit the network
   */
  static ClassLabels classes(Model model) {
    int outputs = model.network().cost().classes();
    String note = model.notes().get(ModelNotes.LABELS);
    if (note == null) {
      return ClassLabels.upTo(outputs);
    }
    try {
      ClassLabels labels = ClassLabels.parse(note);
      if (labels.count() == outputs) {
        return labels;
      }
    } catch (IllegalArgumentException damaged) {
      // Reported below.
    }
    throw new StoreException(
        "The model's labels " + note + " are not those of its " + outputs + " classes.");
  }
}
