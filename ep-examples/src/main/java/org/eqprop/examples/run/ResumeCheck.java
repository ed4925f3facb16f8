package org.eqprop.examples.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eqprop.core.DataException;
import org.eqprop.core.StoreException;
import org.eqprop.examples.data.FoundData;
import org.jspecify.annotations.Nullable;

/**
 * Checks before a run goes on, in all its folders, that it is still the run that the checkpoints
 * were made by: the same configuration and the same data.
 */
public final class ResumeCheck {
  /**
   * What a user goes on with knowingly.
   *
   * @param config another configuration
   * @param data other data
   */
  public record Accepted(boolean config, boolean data) {
    /** Nothing. */
    public static final Accepted NOTHING = new Accepted(false, false);
  }

  private static final String NOTE = "note.";

  private final Path root;
  private final FoundData data;
  private final Accepted accepted;
  private final int epochs;
  private final List<String> remarks = new ArrayList<>();

  ResumeCheck(Path root, FoundData data, Accepted accepted, int epochs) {
    this.root = root;
    this.data = data;
    this.accepted = accepted;
    this.epochs = epochs;
  }

  /**
   * Checks all folders of a run.
   *
   * @return what was accepted, a sentence each
   * @throws StoreException if a configuration is another one
   * @throws DataException if the data is other data
   * @throws UsageException if more epochs are done than asked for
   */
  List<String> check(Config config, int trials) {
    if (config.methods().size() == 1) {
      trials(root, config, trials);
    } else {
      for (String method : config.methods()) {
        Config own = config.withMethod(method);
        inner(root.resolve(method), own);
        trials(root.resolve(method), own, trials);
      }
    }
    if (remarks.isEmpty()
        && config.source().isKnown()
        && !config.source().dataSha256().equals(data.identity().sha256())) {
      refuseData(root, config, "");
    }
    return remarks.stream().distinct().toList();
  }

  private void trials(Path folder, Config config, int trials) {
    if (trials == 1) {
      checkpoint(folder, config);
      return;
    }
    for (int trial = 0; trial < trials; trial++) {
      Path place = folder.resolve("trial-" + (trial + 1));
      Config own = config.withSeed(config.seed() + trial);
      inner(place, own);
      checkpoint(place, own);
    }
  }

  /** A configuration within the run says what the run's says. */
  private void inner(Path folder, Config expected) {
    Path file = folder.resolve("config.json");
    if (!Files.exists(file)) {
      return;
    }
    Config own = Configs.read(file);
    RunIdentity there = RunIdentity.of(own.withSource(expected.source()), data);
    String changes = there.configChanges(RunIdentity.of(expected, data));
    if (!changes.isEmpty()) {
      refuseConfig(
          file
              + " does not say what "
              + root.resolve("config.json")
              + " says: by this "
              + changes
              + " there");
    }
  }

  private void checkpoint(Path folder, Config config) {
    Path file = folder.resolve(Checkpoint.FILE);
    if (!Files.exists(file)) {
      return;
    }
    Map<String, String> notes = notes(file);
    requireEpochs(file, config, notes);
    @Nullable RunIdentity made = RunIdentity.read(notes);
    if (made == null) {
      remarks.add(
          "The run was begun by an older version, whose checkpoints do not say which configuration"
              + " and data made them: that both are the same cannot be checked.");
      return;
    }
    RunIdentity now = RunIdentity.of(config, data);
    String changes = made.configChanges(now);
    if (!changes.isEmpty()) {
      String what = "The configuration of " + folder + " has changed: " + changes;
      if (made.differs(now, "batch") && !notes.getOrDefault("batch", "0").equals("0")) {
        throw new StoreException(what + "; the run stopped within an epoch, so put batch back.");
      }
      refuseConfig(what);
    }
    String parts = made.dataChanges(now);
    if (!parts.isEmpty()) {
      refuseData(folder, config, " (" + parts + ")");
    }
  }

  private void refuseConfig(String what) {
    if (!accepted.config) {
      throw new StoreException(what + "; put it back, or go on with --accept-changed-config.");
    }
    remarks.add(what + ". Accepted.");
  }

  private void refuseData(Path folder, Config config, String parts) {
    String what =
        "The data "
            + data.describe(config.data())
            + " is not what "
            + folder
            + " was trained on"
            + parts;
    if (!accepted.data) {
      throw new DataException(
          what + "; name the right data with --data, or go on with --accept-changed-data.");
    }
    remarks.add(what + ". Accepted.");
  }

  private void requireEpochs(Path file, Config config, Map<String, String> notes) {
    String done = notes.getOrDefault("epoch", "");
    if (!done.matches("[0-9]{1,9}")) {
      return;
    }
    if (Integer.parseInt(done) > Math.max(epochs, config.epochs())) {
      throw new StoreException(
          "The file "
              + file
              + " does not fit config.json: it stands after epoch "
              + done
              + " of "
              + config.epochs()
              + "; restore both from a copy.");
    }
    if (Integer.parseInt(done) > epochs) {
      throw new UsageException(
          "epochs is "
              + epochs
              + ", but "
              + file.getParent()
              + " has "
              + done
              + " already; give at least as many.");
    }
  }

  private static Map<String, String> notes(Path file) {
    Map<String, String> notes = new TreeMap<>();
    Checkpoint.container(file)
        .metadata()
        .forEach(
            (name, value) -> {
              if (name.startsWith(NOTE)) {
                notes.put(name.substring(NOTE.length()), value);
              }
            });
    return notes;
  }
}
