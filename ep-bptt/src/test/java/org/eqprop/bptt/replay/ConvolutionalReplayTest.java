package org.eqprop.bptt.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.tensor.Rows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels that train, in float32, against what the authors' program computed in float64. */
final class ConvolutionalReplayTest {
  private final Kernels kernels = KernelsSelector.kernels();
  private ReferenceFile file;
  private Network network;
  private Minibatch batch;
  private int count;

  @BeforeEach
  void read() {
    String data = System.getenv("EP_DATA");
    assumeTrue(data != null, "EP_DATA is not set: the reference trajectory is not replayed");
    Path path = Path.of(data).resolveSibling("goldens").resolve("p-conv.safetensors");
    assumeTrue(Files.exists(path), "There is no " + path + ": it is not replayed");
    file = ReferenceFile.read(path);
    network = file.network(kernels);
    count = file.samples().size();
    batch = new Minibatch(file.samples(), count);
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    batch.select(order, 0, count, 0);
  }

  @Test
  void statesAgreeAndNoArgMaxFlips() {
    Relaxation relaxation = new Relaxation(network, kernels, count);
    State state = relaxation.newState();
    batch.load(relaxation.x(), 0, count);
    relaxation.clamp(state, 0, count);
    relaxation.reset(state, 0, count);
    Phases phases = file.phases();
    int compared = 0;
    ArgMaxFlips flips = new ArgMaxFlips(file, network, kernels);
    double largest = 0;
    for (int t = 1; t <= phases.t() + phases.k(); t++) {
      boolean nudged = t > phases.t();
      if (nudged) {
        relaxation.nudgedStep(state, (float) phases.beta(), batch.y(), 0, count);
      } else {
        relaxation.step(state, 0, count);
      }
      String prefix = nudged ? "nudged.t" + (t - phases.t()) : "free.t" + t;
      for (Layer layer : network.layers().subList(0, network.depth())) {
        String tensor = prefix + "." + layer.name();
        if (file.tensors().names().contains(tensor)) {
          double[] expected = file.tensors().doubles(tensor);
          for (int i = 0; i < expected.length; i++) {
            float actual = state.s(layer).get(i / layer.size(), i % layer.size());
            largest = Math.max(largest, Math.abs(actual - expected[i]));
          }
          compared++;
        }
      }
      flips.look(prefix, state);
    }
    assertThat(compared).isEqualTo(60);
    assertThat(largest)
        .as("largest difference of a state; %d arg-max flips", flips.count())
        .isLessThan(5e-6);
    assertThat(flips.count()).as("arg-max flips").isZero();
    // the map that the input gives once, that of layer 2 in each of 20 recorded states
    assertThat(flips.windows()).isEqualTo(count * (4 * 12 * 12 + 20 * 6 * 4 * 4));
  }

  /** Of a state of its own, of which x is not recorded: half of all windows or more differ. */
  @Test
  void flipsAreCounted() {
    Relaxation relaxation = new Relaxation(network, kernels, count);
    State state = relaxation.newState();
    Random random = new Random(2);
    for (Layer layer : network.layers()) {
      Rows rows = state.s(layer);
      for (int i = 0; i < count * rows.size(); i++) {
        rows.set(i / rows.size(), i % rows.size(), random.nextFloat());
      }
    }
    ArgMaxFlips flips = new ArgMaxFlips(file, network, kernels);
    flips.look("free.t1", state);
    assertThat(flips.windows()).isEqualTo(count * (4 * 12 * 12 + 6 * 4 * 4));
    assertThat(flips.count()).isBetween(flips.windows() / 2, flips.windows());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theUpdateAgrees(int threads) {
    Phases phases = file.phases();
    try (Context context = new Context(threads, kernels)) {
      new EquilibriumPropagation(network, context, phases, count).estimate(batch);
    }
    for (Parameter parameter : Problem.parameters(network)) {
      double[] expected = file.tensors().doubles("ep." + parameter.name());
      Layer target =
          network.layers().get(parameter.name().charAt(parameter.name().length() - 1) - '0');
      int cells = target.size() / target.shape().dimension(0);
      // states err by 1e-6 at most; and of each phase's sum of products in [0, 1] over all cells,
      // which are subtracted as they are, half a unit in the last place, both divided by beta
      double bound = (1e-6 + 2 * cells * 0x1p-24) / phases.beta();
      float[] actual = parameter.writeGradient();
      double largest = 0;
      double scale = 0;
      for (int i = 0; i < expected.length; i++) {
        largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
        scale = Math.max(scale, Math.abs(expected[i]));
      }
      assertThat(largest).as(parameter.name()).isLessThan(bound);
      assertThat(scale).as(parameter.name()).isGreaterThan(100 * bound);
    }
  }

  @Test
  void theNumberOfThreadsDoesNotShow() {
    List<float[]> first = null;
    for (int threads = 1; threads <= 3; threads++) {
      Phases phases = new Phases(20, 4, 0.1, Phases.Estimate.CENTERED, 1);
      try (Context context = new Context(threads, kernels)) {
        new EquilibriumPropagation(network, context, phases, count).estimate(batch);
      }
      List<float[]> gradients =
          Problem.parameters(network).stream().map(Parameter::writeGradient).toList();
      if (first == null) {
        first = gradients;
      }
      for (int p = 0; p < first.size(); p++) {
        assertThat(gradients.get(p)).containsExactly(first.get(p));
      }
    }
  }
}
