package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.tensor.Rows;

/**
 * What the gradients of a connection sum over: the first rows, as many as are asked for, and what
 * was stored before, if it is to be added to.
 */
final class ConnectionSums {
  private static final int ROWS = 8;
  private static final int COUNT = 5;
  private static final float GARBAGE = 1e30f;

  private final Connection connection;
  private final Random random = new Random(37);
  private final Rows target;
  private final Rows source;
  private final Memory memory;

  ConnectionSums(Connection connection) {
    this.connection = connection;
    for (Parameter parameter : connection.parameters()) {
      parameter.read(Values.array(parameter.shape().size(), random));
    }
    Kernels kernels = KernelsSelector.kernels();
    connection.refresh(kernels, 0, connection.tiles());
    target = Values.rows(ROWS, connection.target().size(), random);
    source = Values.rows(ROWS, connection.source().size(), random);
    memory = connection.newMemory(ROWS);
    Rows ignored = Rows.allocate(ROWS, target.size());
    connection.bottomUp(kernels, source, ignored, ignored, memory, 0, ROWS);
  }

  void check() {
    checkCount(KernelsSelector.kernels());
    checkCount(new ScalarKernels());
    checkAdd(KernelsSelector.kernels());
  }

  private void checkCount(Kernels kernels) {
    gradients(kernels, target.slice(0, COUNT), source.slice(0, COUNT), COUNT, Sink.STORE);
    List<float[]> expected = gradients();
    Rows longTarget = withGarbage(target);
    Rows longSource = withGarbage(source);
    gradients(kernels, longTarget, longSource, COUNT, Sink.STORE);
    List<float[]> found = gradients();
    for (int p = 0; p < expected.size(); p++) {
      assertThat(found.get(p))
          .as("gradient of %s over the first %d of %d rows", name(p), COUNT, ROWS)
          .isEqualTo(expected.get(p));
    }
  }

  private static Rows withGarbage(Rows rows) {
    Rows longer = Rows.allocate(ROWS, rows.size());
    longer.copy(rows, 0, COUNT);
    for (int r = COUNT; r < ROWS; r++) {
      Values.fill(longer, r, GARBAGE);
    }
    return longer;
  }

  private void checkAdd(Kernels kernels) {
    Rows otherTarget = Values.rows(ROWS, target.size(), random);
    Rows otherSource = Values.rows(ROWS, source.size(), random);
    gradients(kernels, otherTarget, otherSource, ROWS, Sink.STORE);
    List<float[]> others = gradients();
    gradients(kernels, target, source, ROWS, Sink.STORE);
    List<float[]> stored = gradients();
    gradients(kernels, otherTarget, otherSource, ROWS, Sink.ADD);
    List<float[]> sums = gradients();
    double terms = 2 + 2 * Math.max(ROWS, Math.max(target.size(), source.size()));
    double bound = terms * terms * 0x1p-24;
    for (int p = 0; p < stored.size(); p++) {
      double[] expected = Values.widen(stored.get(p));
      for (int i = 0; i < expected.length; i++) {
        expected[i] += others.get(p)[i];
      }
      assertThat(Values.widen(sums.get(p)))
          .as("gradient of %s, added to what was stored", name(p))
          .containsExactly(expected, within(bound));
    }
  }

  private void gradients(Kernels kernels, Rows t, Rows s, int count, Sink sink) {
    int tiles = connection.tiles();
    connection.biasGradient(kernels, t, count, 0, tiles, sink);
    connection.bottomUpGradient(kernels, t, s, memory, count, 0, tiles, sink);
    if (!connection.source().input()) {
      connection.topDownGradient(kernels, t, s, memory, count, 0, tiles, sink);
    }
  }

  private List<float[]> gradients() {
    return connection.parameters().stream().map(Parameter::writeGradient).toList();
  }

  private String name(int p) {
    return connection.parameters().get(p).name();
  }
}
