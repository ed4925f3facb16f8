package org.eqprop.examples.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.eqprop.core.DataException;
import org.eqprop.core.StoreException;
import org.eqprop.examples.run.Config;
import org.eqprop.examples.run.Configs;
import org.eqprop.examples.run.RunRecord;

/** Checks that trials that have begun are those of a plan. */
final class TrialCheck {
  private final Plan plan;
  private final String dataSha256;

  TrialCheck(Plan plan, String dataSha256) {
    this.plan = plan;
    this.dataSha256 = dataSha256;
  }

  /**
   * Checks a trial, if it has begun.
   *
   * @throws StoreException if its configuration is another one, or a file is damaged
   * @throws DataException if its data is other data
   */
  void require(Path out, Trial trial) {
    Path folder = trial.folder(out);
    RunRecord run = RunRecord.read(folder);
    if (run == null) {
      return;
    }
    ObjectNode there = Configs.JSON.valueToTree(run.config());
    for (var entry : decisive(plan.config(trial)).properties()) {
      if (!entry.getValue().equals(there.get(entry.getKey()))) {
        throw new StoreException(
            "The configuration of "
                + folder
                + " has changed: "
                + entry.getKey()
                + " is "
                + there.get(entry.getKey())
                + " and was "
                + entry.getValue()
                + "; put it back, or move the folder away to train that trial anew.");
      }
    }
    if (!there.path("dataSha256").asText().equals(dataSha256)) {
      throw new DataException(
          "The run in "
              + folder
              + " was trained on other data than the rest; move the folder away to train that"
              + " trial anew.");
    }
  }

  private static ObjectNode decisive(Config config) {
    ObjectNode tree = Configs.JSON.valueToTree(config);
    tree.remove(List.of("dataPath", "dataSha256", "labels", "transpose"));
    return tree;
  }
}
