package org.eqprop.bptt.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eqprop.bptt.replay.ReferenceFile;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.settle.Context;
import org.eqprop.core.store.Safetensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the authors' program computed in float64, computed in float32. */
final class ReferenceGradientTest {
  /** Share of the largest element. */
  private static final double ERROR = 1e-4;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "toy",
        "eb-1h",
        "eb-1h-clamped",
        "eb-2h",
        "p-1h",
        "p-2h",
        "p-2h-leaky",
        "p-3h",
        "p-conv"
      })
  void theCumulatedGradientAgrees(String name) {
    String data = System.getenv("EP_DATA");
    assumeTrue(data != null, "EP_DATA is not set: the reference gradients are not computed");
    Path path = Path.of(data).resolveSibling("goldens").resolve(name + ".safetensors");
    assumeTrue(Files.exists(path), "There is no " + path + ": it is not computed");
    Safetensors tensors = Safetensors.read(path);
    ReferenceFile file = ReferenceFile.of(tensors);
    Network network = file.network();
    for (Connection connection : network.connections()) {
      for (Parameter parameter : connection.parameters()) {
        parameter.read(narrow(tensors.doubles(parameter.name())));
      }
    }
    double[] target = tensors.doubles("target");
    Batch batch = Batch.of(tensors.doubles("x"), target, network.output().size());
    assertThat(batch.y(batch.size())).isEqualTo(target);
    try (Context context = new Context(2)) {
      network.refresh(context.kernels());
      Phases phases =
          new Phases(file.freeSteps(), file.nudgedSteps(), 1, Phases.Estimate.ONE_SIDED, 0);
      new BackpropThroughTime(network, context, phases, batch.size())
          .estimate(batch.first(batch.size()));
    }
    for (Connection connection : network.connections()) {
      Parameter weight = connection.parameters().get(0);
      double[] all = tensors.doubles("bptt.cumulative." + weight.name());
      int size = weight.shape().size();
      assertThat(all).hasSize(file.nudgedSteps() * size);
      assertThat(distance(weight.writeGradient(), all, all.length - size)).isLessThan(ERROR);
      assertThat(distance(weight.writeGradient(), all, 0)).isGreaterThan(ERROR);
    }
  }

  private static double distance(float[] descent, double[] gradients, int offset) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < descent.length; i++) {
      largest = Math.max(largest, Math.abs(gradients[offset + i]));
      difference = Math.max(difference, Math.abs(descent[i] + gradients[offset + i]));
    }
    return difference / largest;
  }

  private static float[] narrow(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
