package org.eqprop.examples.run;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.eqprop.core.StoreException;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Trainable;
import org.eqprop.core.store.Model;

/** The model of the last epoch that is done, in a run's folder. */
final class ModelFile {
  private ModelFile() {}

  /**
   * Writes a model anew if the file is lost, damaged or has other weights.
   *
   * @param model of the checkpoint
   * @param complaint hears if the file is mended
   * @throws StoreException if it cannot be written
   */
  static void restore(Path file, Model model, Consumer<String> complaint) {
    if (!hasWeights(file, model.network())) {
      complaint.accept(
          "The file " + file + " is not the model of the checkpoint; it is written anew from it.");
      model.write(file);
    }
  }

  private static boolean hasWeights(Path file, Network network) {
    try {
      return Arrays.deepEquals(weights(Model.read(file).network()), weights(network));
    } catch (StoreException none) {
      return false;
    }
  }

  private static float[][] weights(Network network) {
    return network.trainables().stream()
        .map(Trainable::parameters)
        .flatMap(List::stream)
        .map(Parameter::write)
        .toArray(float[][]::new);
  }
}
