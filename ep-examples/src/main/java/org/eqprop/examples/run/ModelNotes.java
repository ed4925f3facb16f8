package org.eqprop.examples.run;

import java.util.Map;
import java.util.TreeMap;
import org.eqprop.examples.data.ClassLabels;
import org.eqprop.examples.data.FoundData;
import org.eqprop.examples.data.Normalisation;
import org.jspecify.annotations.Nullable;

/** What a model file says about the training that made it. */
public final class ModelNotes {
  /** A model's note of the labels of its classes, unless they are 0, 1, 2 and so on. */
  public static final String LABELS = "labels";

  private ModelNotes() {}

  /**
   * The notes of the model after an epoch.
   *
   * @param normalisation of the data, or null
   * @param changes what was changed knowingly during the run; may be empty
   */
  static Map<String, String> of(
      Config config,
      FoundData data,
      @Nullable Normalisation normalisation,
      EpochMetrics line,
      String changes) {
    Map<String, String> notes = new TreeMap<>();
    notes.put("preset", config.title());
    notes.put("method", config.method());
    ModelData.describe(notes, config, data);
    notes.put("seed", Long.toString(config.seed()));
    notes.put("epochs", Integer.toString(line.epoch()));
    notes.put(config.measured().word() + "-error-percent", Double.toString(line.error()));
    if (config.limit() > 0) {
      notes.put("limit", Integer.toString(config.limit()));
    }
    AugmentSettings augment = config.source().augment();
    if (augment.isAny()) {
      notes.put(
          "augment",
          "flip " + augment.flip() + ", crop " + augment.crop() + ", shift " + augment.shift());
    }
    if (config.validation() > 0) {
      notes.put("validation", Integer.toString(config.validation()));
    }
    ClassLabels classes = data.parts().train().classLabels();
    if (!classes.countFromZero()) {
      notes.put(LABELS, classes.encoded());
    }
    ModelNormalisation.describe(notes, config.source().settings().normalise(), normalisation);
    if (!changes.isEmpty()) {
      notes.put(Checkpoint.CHANGES_NOTE, changes);
    }
    return notes;
  }
}
