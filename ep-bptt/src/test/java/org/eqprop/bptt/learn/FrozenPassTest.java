package org.eqprop.bptt.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.tensor.Rows;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * W(v)·w = v·Wᵀ(w) with the positions of another source, for both directions of every type on the
 * path.
 */
final class FrozenPassTest {
  private static final int SAMPLES = 3;

  private final Kernels kernels = KernelsSelector.kernels();
  private final Random random = new Random(23);

  @TestFactory
  Stream<DynamicTest> everyType() {
    FrozenPassTest.class.getModule().addUses(Connection.Provider.class);
    List<DynamicTest> tests = new ArrayList<>();
    for (Connection.Provider provider : ServiceLoader.load(Connection.Provider.class)) {
      for (Connection connection : provider.examples()) {
        if (!connection.source().input()) {
          String name = provider.type() + " " + connection.target() + " <- " + connection.source();
          tests.add(DynamicTest.dynamicTest(name, () -> check(connection)));
        }
      }
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private void check(Connection connection) {
    for (Parameter parameter : connection.parameters()) {
      float[] values = new float[parameter.shape().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = 2 * random.nextFloat() - 1;
      }
      parameter.read(values);
    }
    connection.refresh(kernels, 0, connection.tiles());
    int up = connection.target().size();
    int down = connection.source().size();
    Memory memory = connection.newMemory(SAMPLES);
    Rows ignored = Rows.allocate(SAMPLES, up);
    connection.bottomUp(kernels, rows(down), ignored, ignored, memory, 0, SAMPLES);
    Rows v = rows(down);
    Rows w = rows(up);
    Rows ofV = Rows.allocate(SAMPLES, up);
    Rows ofW = Rows.allocate(SAMPLES, down);
    connection.bottomUpFrozen(kernels, v, ofV, ofV, memory, 0, SAMPLES);
    connection.bottomUpAdjoint(kernels, w, ofW, ofW, memory, 0, SAMPLES);
    assertThat(dot(ofV, w)).isCloseTo(dot(v, ofW), within(1e-6 * SAMPLES * up * down));
    ofV.clear(0, SAMPLES);
    ofW.clear(0, SAMPLES);
    connection.topDown(kernels, w, ofW, ofW, memory, 0, SAMPLES);
    connection.topDownAdjoint(kernels, v, ofV, ofV, memory, 0, SAMPLES);
    assertThat(dot(ofV, w)).isCloseTo(dot(v, ofW), within(1e-6 * SAMPLES * up * down));
  }

  private Rows rows(int size) {
    Rows rows = Rows.allocate(SAMPLES, size);
    for (int r = 0; r < SAMPLES; r++) {
      for (int c = 0; c < size; c++) {
        rows.set(r, c, 2 * random.nextFloat() - 1);
      }
    }
    return rows;
  }

  private static double dot(Rows a, Rows b) {
    double sum = 0;
    for (int r = 0; r < SAMPLES; r++) {
      for (int c = 0; c < a.size(); c++) {
        sum += (double) a.get(r, c) * b.get(r, c);
      }
    }
    return sum;
  }
}
