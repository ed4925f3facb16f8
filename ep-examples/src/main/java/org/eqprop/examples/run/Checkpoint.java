package org.eqprop.examples.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.learn.Totals;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.store.Model;
import org.eqprop.core.store.StoreException;
import org.eqprop.core.tensor.Shape;

/**
 * Where a run stands between two batches: the weights (a model file) and, in its notes, the epoch,
 * the next batch and the sums over the epoch so far. All else is a function of the configuration.
 *
 * @param epoch the epoch under way, from 0; equal to the number of epochs when the run is complete
 * @param batch the next batch of it
 * @param totals sums over the epoch's batches before that
 * @param seconds training time of the epoch so far
 */
record Checkpoint(int epoch, int batch, Totals totals, double seconds) {
  static final String FILE = "checkpoint.safetensors";

  /** The start of a run. */
  static Checkpoint start() {
    return new Checkpoint(0, 0, new Totals(), 0);
  }

  /** Writes it together with the network's parameters. */
  void write(Path folder, Network network, int steps) {
    Map<String, String> notes = new TreeMap<>();
    notes.put("epoch", Integer.toString(epoch));
    notes.put("batch", Integer.toString(batch));
    notes.put("samples", Long.toString(totals.samples()));
    notes.put("errors", Long.toString(totals.errors()));
    notes.put("loss", Double.toString(totals.lossSum()));
    notes.put("residual", Double.toString(totals.residualSum()));
    notes.put("steps", Long.toString(totals.stepSum()));
    notes.put("seconds", Double.toString(seconds));
    new Model(network, steps, notes).write(folder.resolve(FILE));
  }

  /**
   * Reads the checkpoint of a run and puts its parameters into {@code network}.
   *
   * @throws StoreException if it is damaged or of another network
   */
  static Checkpoint read(Path folder, Network network, Kernels kernels) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return start();
    }
    Model model = Model.read(file, kernels);
    List<Parameter> into = parameters(network);
    List<Parameter> from = parameters(model.network());
    if (!shapes(from).equals(shapes(into))) {
      throw new StoreException(
          "The file " + file + " belongs to another network than config.json.");
    }
    for (int p = 0; p < into.size(); p++) {
      into.get(p).read(from.get(p).write());
    }
    network.refresh(kernels);
    Map<String, String> notes = model.notes();
    try {
      Totals totals =
          new Totals(
              Long.parseLong(note(notes, "samples")),
              Long.parseLong(note(notes, "errors")),
              Double.parseDouble(note(notes, "loss")),
              Double.parseDouble(note(notes, "residual")),
              Long.parseLong(note(notes, "steps")));
      return new Checkpoint(
          Integer.parseInt(note(notes, "epoch")),
          Integer.parseInt(note(notes, "batch")),
          totals,
          Double.parseDouble(note(notes, "seconds")));
    } catch (NumberFormatException thrown) {
      throw new StoreException(file + " is no checkpoint: " + thrown.getMessage() + ".");
    }
  }

  private static List<Parameter> parameters(Network network) {
    return network.parameters();
  }

  private static List<Shape> shapes(List<Parameter> parameters) {
    return parameters.stream().map(Parameter::shape).toList();
  }

  private static String note(Map<String, String> notes, String name) {
    return notes.getOrDefault(name, "no " + name);
  }
}
