package org.eqprop.examples.mutation;

import java.util.Random;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Shape;

/**
 * A reference file of a net of 2, 3 and 4 units with all tensors that one has. Its shapes are
 * right; its numbers are random, so a replay finds it out of tolerance.
 */
public final class TinyReference {
  private static final int B = 2;
  private static final int T = 7;
  private static final int K = 3;

  private final Safetensors tensors = new Safetensors();
  private final Random random = new Random(8);

  private TinyReference() {}

  /** The file's content. */
  public static Safetensors tensors() {
    TinyReference reference = new TinyReference();
    reference.fill();
    return reference.tensors;
  }

  private void fill() {
    String[] metadata = {
      "name",
      "tiny",
      "network",
      "layered",
      "setting",
      "prototypical",
      "sizes",
      "2 3 4",
      "activation",
      "tanh",
      "epsilon",
      "1.0",
      "clamp",
      "false",
      "nudge",
      "outside",
      "output",
      "activation",
      "T",
      "" + T,
      "K",
      "" + K,
      "beta",
      "0.5",
      "batch",
      "" + B,
      "relmse.neuron",
      "[0.25, 0.5]",
      "relmse.weight",
      "[0.125, 0.5]"
    };
    for (int i = 0; i < metadata.length; i += 2) {
      tensors.metadata().put(metadata[i], metadata[i + 1]);
    }
    Network network =
        Network.chain(new Prototypical(1, Prototypical.Nudge.OUTSIDE), Activation.TANH, 2, 3, 4);
    add("x", Shape.of(B, 4));
    tensors.put("target", Shape.of(B, 2), new double[] {1, 0, 0, 1});
    for (Parameter parameter : Problem.parameters(network)) {
      Shape shape = parameter.shape();
      add(parameter.name(), shape);
      add("ep." + parameter.name(), shape);
      if (shape.rank() == 2) {
        Shape rows = Shape.of(K, shape.dimension(0), shape.dimension(1));
        add("bptt.cumulative." + parameter.name(), rows);
        add("ep.cumulative." + parameter.name(), rows);
      }
    }
    for (Layer layer : network.layers().subList(0, network.depth())) {
      add("bptt.neuron." + layer.name(), Shape.of(K, layer.size()));
      add("ep.neuron." + layer.name(), Shape.of(K, layer.size()));
      for (int t : new int[] {1, 2, T}) {
        add("free.t" + t + "." + layer.name(), Shape.of(B, layer.size()));
      }
      for (int t = 1; t <= K; t++) {
        add("nudged.t" + t + "." + layer.name(), Shape.of(B, layer.size()));
      }
    }
  }

  private void add(String name, Shape shape) {
    tensors.put(name, shape, random.doubles(shape.size(), -1, 1).toArray());
  }
}
