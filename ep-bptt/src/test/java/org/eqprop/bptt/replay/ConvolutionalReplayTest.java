package org.eqprop.bptt.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.bptt.tape.Node;
import org.eqprop.bptt.tape.Tape;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.ConvolutionShape;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.PoolingShape;
import org.eqprop.core.network.State;
import org.eqprop.core.relax.Context;
import org.eqprop.core.relax.Relaxation;
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
    int flips = 0;
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
      flips += flips(state, prefix);
    }
    assertThat(compared).isEqualTo(60);
    assertThat(largest)
        .as("largest difference of a state; %d arg-max flips", flips)
        .isLessThan(5e-6);
    assertThat(flips).as("arg-max flips").isZero();
  }

  /**
   * Units of layer 1 whose window has its largest element elsewhere than in float64, in the state
   * of {@code prefix} if it is recorded: seen in where the top-down pass puts ones.
   */
  private int flips(State state, String prefix) {
    Connection connection = network.connections().get(1);
    String tensor = prefix + "." + connection.source().name();
    if (!file.tensors().names().contains(tensor)) {
      return 0;
    }
    Layer source = connection.source();
    Layer target = connection.target();
    Memory memory = connection.newMemory(count);
    Rows up = Rows.allocate(count, target.size());
    connection.bottomUp(kernels, state.u(source), up, up, memory, 0, count);
    int filters = target.shape().dimension(0);
    ConvolutionShape convolution =
        new ConvolutionShape(
            4, source.shape().dimension(1), source.shape().dimension(2), filters, 5, 0, 1);
    PoolingShape pooling =
        new PoolingShape(filters, convolution.outputHeight(), convolution.outputWidth(), 2, 2);
    Tape tape = new Tape();
    Node x = tape.leaf(count, source.size(), file.tensors().doubles(tensor));
    Node w = tape.leaf(filters, convolution.filterSize(), file.tensors().doubles("weight.1"));
    Node map = tape.convolve(convolution, x, w);
    int flips = 0;
    for (int unit = 0; unit < target.size(); unit++) {
      Rows one = Rows.allocate(count, target.size());
      double[] same = new double[count * target.size()];
      for (int r = 0; r < count; r++) {
        one.set(r, unit, 1f);
        same[r * target.size() + unit] = 1;
      }
      Rows down = Rows.allocate(count, source.size());
      connection.topDown(kernels, one, down, down, memory, 0, count);
      Node ones = tape.leaf(count, target.size(), same);
      double[] expected =
          tape.convolveTransposed(convolution, tape.maxUnpool(pooling, ones, map), w).value();
      for (int r = 0; r < count; r++) {
        double difference = 0;
        for (int i = 0; i < source.size(); i++) {
          difference =
              Math.max(difference, Math.abs(down.get(r, i) - expected[r * source.size() + i]));
        }
        flips += difference > 1e-6 ? 1 : 0;
      }
    }
    return flips;
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
