package org.eqprop.core.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.eqprop.core.StoreException;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.network.Network;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.settle.Steps;
import org.eqprop.core.store.Model;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Shape;

/** Hostile data and files. */
final class HostileData {
  private static final int INPUTS = 4;
  private static final int CLASSES = 3;

  private final Path folder;

  HostileData(Path folder) {
    this.folder = folder;
    write("text", "no model");
    write("empty", "");
    model().write(folder.resolve("good"));
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException thrown) {
      throw new UncheckedIOException(thrown);
    }
  }

  private static Model model() {
    Network network = PaperNet.P_1H.network(Shape.of(INPUTS), CLASSES, PaperNet.P_1H.hidden(5));
    network.initialise(1);
    return new Model(network, 5, Map.of());
  }

  static Samples samples() {
    return Samples.of(
        new float[][] {{0, 0, 1, 1}, {1, 0, 1, 0}, {0, 1, 0, 1}}, new int[] {0, 1, 2});
  }

  /** Samples that are not there. */
  static final class Empty extends Given {
    @Override
    public int size() {
      return 0;
    }
  }

  /** Samples of which the last one has a label that is no class. */
  static final class Labelled extends Given {
    private final int label;

    Labelled(int label) {
      this.label = label;
    }

    @Override
    public int label(int i) {
      return i == size() - 1 ? label : i;
    }
  }

  /** Samples with a value that is no number. */
  static final class Valued extends Given {
    private final float value;

    Valued(float value) {
      this.value = value;
    }

    @Override
    public void copyInput(int i, float[] destination, int offset) {
      super.copyInput(i, destination, offset);
      destination[offset + 2] = value;
    }
  }

  /** Samples with a target that is no number. */
  static final class Targeted extends Given {
    private final float value;

    Targeted(float value) {
      this.value = value;
    }

    @Override
    public void copyTarget(int i, float[] destination, int offset) {
      super.copyTarget(i, destination, offset);
      destination[offset + 1] = value;
    }
  }

  static class Given implements Samples {
    @Override
    public int size() {
      return 2;
    }

    @Override
    public int inputSize() {
      return INPUTS;
    }

    @Override
    public int classes() {
      return CLASSES;
    }

    @Override
    public int label(int i) {
      return i;
    }

    @Override
    public void copyInput(int i, float[] destination, int offset) {
      destination[offset] = i;
    }
  }

  /** The files. */
  Map<String, Object> states() {
    Map<String, Object> states = new TreeMap<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        states.put(
            file.getFileName().toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    } catch (IOException thrown) {
      throw new UncheckedIOException(thrown);
    }
    return states;
  }

  void addTo(HostileCallsTest.Attempts a) {
    arrays(a);
    for (int n : new int[] {0, -1, Integer.MIN_VALUE, Steps.MOST + 1}) {
      a.argument("Model steps " + n, () -> new Model(model().network(), n, Map.of()));
    }
    for (String name : new String[] {"text", "empty", "missing", "."}) {
      a.add("read " + name, StoreException.class, () -> Model.read(folder.resolve(name)));
      a.add(
          "tensors of " + name, StoreException.class, () -> Safetensors.read(folder.resolve(name)));
    }
    for (String name : new String[] {".", "missing/model", "text/model"}) {
      a.add(
          "write to " + name,
          StoreException.class,
          () -> {
            model().write(folder.resolve(name));
            return null;
          });
    }
    Safetensors tensors = Safetensors.read(folder.resolve("good"));
    a.add("no such tensor", StoreException.class, () -> tensors.floats("none"));
    a.add("no such tensor of doubles", StoreException.class, () -> tensors.doubles("none"));
    a.add("no shape of a tensor", StoreException.class, () -> tensors.shape("none"));
    for (int n : new int[] {0, 5, 7}) {
      a.argument(
          "put " + n + " values", () -> new Safetensors().put("t", Shape.of(6), new float[n]));
    }
  }

  private static void arrays(HostileCallsTest.Attempts a) {
    float[][] two = {{1, 2}, {3, 4}};
    a.argument("Samples without any", () -> Samples.of(new float[0][], new int[0]));
    a.argument("Samples without targets", () -> Samples.of(two, new float[0][]));
    a.argument("Samples without labels", () -> Samples.of(two, new int[0]));
    a.argument("Samples with three labels", () -> Samples.of(two, new int[3]));
    a.argument("Samples of no values", () -> Samples.of(new float[2][0], new int[2]));
    a.argument("Samples of no targets", () -> Samples.of(two, new float[2][0]));
    a.argument("ragged inputs", () -> Samples.of(new float[][] {{1}, {1, 2}}, new int[2]));
    a.argument("ragged targets", () -> Samples.of(two, new float[][] {{1, 2}, {1}}));
    for (int n : new int[] {0, -1, Integer.MIN_VALUE}) {
      a.argument("Samples of classes " + n, () -> Samples.of(two, new int[2], n));
    }
    for (int label : new int[] {-1, 2, 25, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      a.argument("Samples of label " + label, () -> Samples.of(two, new int[] {0, label}, 2));
    }
    a.argument("Samples of a negative label", () -> Samples.of(two, new int[] {0, -1}));
    a.argument(
        "Samples of the largest label", () -> Samples.of(two, new int[] {0, Integer.MAX_VALUE}));
    for (float x : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      a.argument("input " + x, () -> Samples.of(new float[][] {{1, x}}, new int[1]));
      a.argument("target " + x, () -> Samples.of(two, new float[][] {{1, 2}, {x, 2}}));
    }
  }
}
