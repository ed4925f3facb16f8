package org.eqprop.examples.verify;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.store.StoreException;

/**
 * A recorded reference: one small network and all that another program computed with it in float64.
 * The metadata says how it was run; {@code free.tT.sN} and {@code nudged.tT.sN} are states, {@code
 * ep.weight.N} the update.
 */
public final class ReferenceFile {
  private final Path path;
  private final Safetensors tensors;

  private ReferenceFile(Path path, Safetensors tensors) {
    this.path = path;
    this.tensors = tensors;
  }

  /**
   * Reads a reference.
   *
   * @throws StoreException if it is missing, damaged or no reference of a kind that is known
   */
  public static ReferenceFile read(Path path) {
    ReferenceFile file = new ReferenceFile(path, Safetensors.read(path));
    for (String needed : new String[] {"network", "setting", "sizes", "T", "K", "beta"}) {
      file.text(needed);
    }
    return file;
  }

  /** The file's name without ending. */
  public String name() {
    return path.getFileName().toString().replace(".safetensors", "");
  }

  /** Whether it is a fully connected network, a chain or the toy model. */
  public boolean fullyConnected() {
    return text("network").equals("layered") || text("network").equals("toy");
  }

  /** The tensors. */
  public Safetensors tensors() {
    return tensors;
  }

  /** The network with the recorded weights, rounded to float32. */
  public Network network(Kernels kernels) {
    int[] sizes = Arrays.stream(text("sizes").split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    Activation activation = Activation.of(text("activation"));
    Network network =
        text("network").equals("toy")
            ? Network.toy(dynamics(), activation, sizes)
            : Network.chain(dynamics(), activation, sizes);
    for (Connection connection : network.connections()) {
      for (Parameter parameter : connection.parameters()) {
        parameter.read(tensors.floats(parameter.name()));
      }
    }
    network.refresh(kernels);
    return network;
  }

  private Dynamics dynamics() {
    double epsilon = Double.parseDouble(text("epsilon"));
    if (text("setting").equals("energy-based")) {
      boolean clamp = Boolean.parseBoolean(text("clamp"));
      return new EnergyBased(epsilon, clamp, text("output").equals("linear"));
    }
    boolean inside = text("nudge").equals("inside");
    return new Prototypical(
        epsilon, inside ? Prototypical.Nudge.INSIDE : Prototypical.Nudge.OUTSIDE);
  }

  /** T, K and β as recorded. */
  public Phases phases() {
    return new Phases(
        Integer.parseInt(text("T")),
        Integer.parseInt(text("K")),
        Double.parseDouble(text("beta")),
        Phases.Estimate.ONE_SIDED,
        0);
  }

  /** The recorded inputs, and as labels the positions of the ones in the targets. */
  public Samples samples() {
    float[] x = tensors.floats("x");
    float[] targets = tensors.floats("target");
    int count = tensors.shape("x").dimension(0);
    int classes = tensors.shape("target").dimension(1);
    return new Recorded(x, targets, count, classes);
  }

  private String text(String key) {
    Map<String, String> metadata = tensors.metadata();
    String value = metadata.get(key);
    if (value == null) {
      throw new StoreException(
          "The file " + path + " is no reference trajectory: it has no entry '" + key + "'.");
    }
    return value;
  }

  private static final class Recorded implements Samples {
    private final float[] x;
    private final float[] targets;
    private final int count;
    private final int classes;

    Recorded(float[] x, float[] targets, int count, int classes) {
      this.x = x;
      this.targets = targets;
      this.count = count;
      this.classes = classes;
    }

    @Override
    public int size() {
      return count;
    }

    @Override
    public int inputSize() {
      return x.length / count;
    }

    @Override
    public int classes() {
      return classes;
    }

    @Override
    public int label(int i) {
      int label = 0;
      while (targets[i * classes + label] != 1f) {
        label++;
      }
      return label;
    }

    @Override
    public void copyInput(int i, float[] destination, int offset) {
      System.arraycopy(x, i * inputSize(), destination, offset, inputSize());
    }
  }
}
