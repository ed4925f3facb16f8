package org.eqprop.examples.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eqprop.core.network.Network;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.store.Model;
import org.eqprop.core.tensor.Shape;
import org.eqprop.examples.data.ClassLabels;
import org.eqprop.examples.data.FoundData;
import org.jspecify.annotations.Nullable;

/**
 * A network for weights that another program has trained, and the model that comes of it.
 *
 * @param config the settings of the network
 * @param network its weights are zero
 * @param data what it is for, or null if that is not known
 */
public record ImportedNetwork(Config config, Network network, @Nullable FoundData data) {
  /**
   * A chain of fully connected layers.
   *
   * @param preset has all that is not given
   * @param given entries of a configuration
   * @param sizes of the layers, the output first, the input last
   * @param input the input's shape
   * @param feedForward whether no layer acts back: the output is then that of a feed-forward
   *     network, without σ
   */
  public static ImportedNetwork chain(
      String preset,
      ObjectNode given,
      List<Integer> sizes,
      Shape input,
      boolean feedForward,
      @Nullable FoundData data) {
    ObjectNode all = given.deepCopy();
    all.set("hidden", Configs.JSON.valueToTree(sizes.subList(1, sizes.size() - 1)));
    var rates = all.putArray("lr");
    sizes.subList(1, sizes.size()).forEach(size -> rates.add(1));
    if (feedForward) {
      all.put("untied", UntiedRule.VECTOR_FIELD.id());
      if (!all.has("output")) {
        all.put("output", OutputType.IDENTITY.id());
      }
      if (!all.has("t")) {
        all.put("t", sizes.size()); // each layer settles one step after the one before
      }
      all.put("k", 1);
    }
    Config config = Configs.resolve(preset, null, all);
    if (feedForward && (config.setting() != Setting.PROTOTYPICAL || config.epsilon() != 1)) {
      throw new UsageException(
          "Only a prototypical network with epsilon = 1 can be a feed-forward one; choose the"
              + " preset p-1h, or leave --feed-forward out.");
    }
    return new ImportedNetwork(config, config.network(input, sizes.get(0)), data);
  }

  /** The network of a file, for data. */
  public static ImportedNetwork of(
      @Nullable String preset, Path file, ObjectNode given, FoundData data) {
    Config config = Configs.resolve(preset, file, given);
    var train = data.parts().train();
    return new ImportedNetwork(
        config, config.network(train.shape().tensor(), train.classes()), data);
  }

  /** The model, with notes of where it comes from. */
  public Model model(String from) {
    Map<String, String> notes = new TreeMap<>();
    notes.put("preset", config.title());
    notes.put("imported", from);
    if (data != null) {
      ModelData.describe(notes, config, data);
      ClassLabels classes = data.parts().train().classLabels();
      if (!classes.countFromZero()) {
        notes.put(ModelNotes.LABELS, classes.toString());
      }
    }
    Settling settling = config.settlingMode().settling();
    return new Model(network, config.t(), settling, notes);
  }
}
