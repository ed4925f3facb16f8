package org.eqprop.conv.snippets;

import java.util.Map;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.tensor.Shape;

/** The code in the pages of the API. {@link SnippetsTest} runs it. */
final class Snippets {
  private Snippets() {}

  static Network network() {
    // @start region="conv"
    Network network =
        new Network.Builder(new Prototypical(1, Prototypical.Nudge.OUTSIDE))
            .layer("s0", Shape.of(10), Activation.SIGMOID4)
            .layer("s1", Shape.of(32, 3, 3), Activation.SIGMOID4) // maps × rows × columns
            .input("x", Shape.of(1, 8, 8), Activation.SIGMOID4)
            .connect("0", 0, 1, "dense", Map.of())
            .connect("1", 1, 2, "conv-pool", Map.of("kernel", "3", "pool", "2"))
            .build();
    network.initialise(1);
    // @end
    return network;
  }
}
