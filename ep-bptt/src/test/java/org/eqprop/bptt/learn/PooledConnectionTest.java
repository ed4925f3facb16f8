package org.eqprop.bptt.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.Prototypical.Nudge;
import org.eqprop.core.settle.Context;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.Test;

/** Connections with a memory, whose positions change from step to step, against differences. */
final class PooledConnectionTest {
  private static final int T = 6;
  private static final int K = 4;
  private static final int OUT = 3;
  private static final int HIDDEN = 5;
  private static final int IN = 7;
  private static final double EPSILON = 0.6;
  private static final double STEP = 1e-5;

  private final Batch batch = Batch.random(4, IN, OUT);
  private int changes;

  private static Network network() {
    Connection.Provider pooled = new PooledConnection.Provider();
    Network network =
        new Network.Builder(new Prototypical(EPSILON, Nudge.OUTSIDE))
            .layer("s0", Shape.of(OUT), Activation.TANH)
            .layer("s1", Shape.of(HIDDEN), Activation.TANH)
            .input("x", Shape.of(IN), Activation.TANH)
            .connect("0", 0, 1, pooled, Map.of())
            .connect("1", 1, 2, pooled, Map.of())
            .build();
    network.initialise(3, KernelsSelector.kernels());
    return network;
  }

  /** The larger of each pair, placed where {@code winners} says so afterwards. */
  private static double[] pool(double[] weight, double[] source, int[] winners) {
    double[] pooled = new double[winners.length];
    for (int i = 0; i < winners.length; i++) {
      pooled[i] = Double.NEGATIVE_INFINITY;
      for (int j = 2 * i; j < 2 * i + 2; j++) {
        double sum = 0;
        for (int c = 0; c < source.length; c++) {
          sum += weight[j * source.length + c] * source[c];
        }
        if (sum > pooled[i]) {
          pooled[i] = sum;
          winners[i] = j;
        }
      }
    }
    return pooled;
  }

  /** The mean loss; the parameters only count in the last K steps. */
  private double loss(double[][] early, double[][] late) {
    double loss = 0;
    for (int r = 0; r < batch.size(); r++) {
      double[] x = new double[IN];
      for (int c = 0; c < IN; c++) {
        x[c] = batch.x(batch.size())[r * IN + c];
      }
      double[] s0 = new double[OUT];
      double[] s1 = new double[HIDDEN];
      int[] last = new int[OUT];
      for (int t = 0; t < T; t++) {
        double[][] p = t < T - K ? early : late;
        int[] winners = new int[OUT];
        double[] a0 = pool(p[0], s1, winners);
        double[] a1 = pool(p[2], x, new int[HIDDEN]);
        for (int i = 0; i < OUT; i++) {
          changes += t > T - K && winners[i] != last[i] ? 1 : 0;
          a0[i] += p[1][i];
          for (int c = 0; c < HIDDEN; c++) {
            a1[c] += p[0][winners[i] * HIDDEN + c] * s0[i];
          }
        }
        last = winners;
        for (int i = 0; i < OUT; i++) {
          s0[i] += EPSILON * (Math.tanh(a0[i]) - s0[i]);
        }
        for (int i = 0; i < HIDDEN; i++) {
          s1[i] += EPSILON * (Math.tanh(a1[i] + p[3][i]) - s1[i]);
        }
      }
      for (int i = 0; i < OUT; i++) {
        double error = s0[i] - batch.y(batch.size())[r * OUT + i];
        loss += error * error / 2 / batch.size();
      }
    }
    return loss;
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  @Test
  void positionsAreThoseOfTheirStep() {
    Network network = network();
    Parameter[] parameters =
        network.connections().stream()
            .flatMap(c -> c.parameters().stream())
            .toArray(Parameter[]::new);
    try (Context context = new Context(2)) {
      Phases phases = new Phases(T, K, 1, Phases.Estimate.ONE_SIDED, 0);
      new BackpropThroughTime(network, context, phases, batch.size())
          .estimate(batch.first(batch.size()));
    }
    double[][] values = new double[parameters.length][];
    for (int p = 0; p < parameters.length; p++) {
      values[p] = widen(parameters[p].write());
    }
    loss(values, values);
    assertThat(changes).as("changes of positions within the last K steps").isPositive();
    for (int p = 0; p < parameters.length; p++) {
      float[] gradient = parameters[p].writeGradient();
      for (int i = 0; i < gradient.length; i++) {
        double[][] moved = values.clone();
        moved[p] = values[p].clone();
        moved[p][i] += STEP;
        double above = loss(values, moved);
        moved[p][i] -= 2 * STEP;
        double below = loss(values, moved);
        assertThat((double) gradient[i])
            .as(parameters[p].name() + " " + i)
            .isCloseTo((below - above) / (2 * STEP), within(1e-6));
      }
    }
  }

  @Test
  void aMemoryWithoutFrozenPassIsRefused() {
    PooledConnection connection = (PooledConnection) network().connections().get(0);
    Memory memory = connection.newMemory(1);
    Rows source = Rows.allocate(1, HIDDEN);
    Rows out = Rows.allocate(1, OUT);
    Kernels kernels = KernelsSelector.kernels();
    assertThatThrownBy(() -> connection.bottomUpFrozenByDefault(kernels, source, out, memory))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("Connections of the type pooled-pairs have no pass with frozen positions.");
  }
}
