package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
 * That the work of a connection may be divided: rows and tiles in any parts, other kernels, and
 * several threads at once, give the same bits. And that none of it allocates.
 */
final class ConnectionParts {
  private static final int SAMPLES = 5;

  private final Connection connection;
  private final Rows target;
  private final Rows source;
  private final Rows upStart;
  private final Rows downStart;
  private final Rows up;
  private final Rows down;
  private final Rows otherUp;
  private final Rows otherDown;
  private final Memory memory;

  ConnectionParts(Connection connection) {
    this.connection = connection;
    Random random = new Random(29);
    for (Parameter parameter : connection.parameters()) {
      parameter.read(Values.array(parameter.shape().size(), random));
    }
    connection.refresh(KernelsSelector.kernels(), 0, connection.tiles());
    target = Values.rows(SAMPLES, connection.target().size(), random);
    source = Values.rows(SAMPLES, connection.source().size(), random);
    upStart = Values.rows(SAMPLES, target.size(), random);
    downStart = Values.rows(SAMPLES, source.size(), random);
    up = Rows.allocate(SAMPLES, target.size());
    down = Rows.allocate(SAMPLES, source.size());
    otherUp = Rows.allocate(SAMPLES, target.size());
    otherDown = Rows.allocate(SAMPLES, source.size());
    memory = connection.newMemory(SAMPLES);
  }

  void check() {
    checkRows();
    checkTiles();
    new ConnectionThreads(connection).check();
    Kernels plain = new ScalarKernels();
    Allocation.assertNone("the inputs of a connection", () -> inputs(plain, 0, SAMPLES));
    int tiles = connection.tiles();
    Allocation.assertNone("the gradients of a connection", () -> gradients(plain, 0, tiles));
  }

  /** The last rows, one by one and on plain kernels; the first one keeps what it had. */
  private void checkRows() {
    inputs(KernelsSelector.kernels(), 0, SAMPLES);
    float[] wholeUp = Values.flat(up);
    float[] wholeDown = Values.flat(down);
    float[] wholeOtherUp = Values.flat(otherUp);
    float[] wholeOtherDown = Values.flat(otherDown);
    for (Rows rows : List.of(up, down, otherUp, otherDown)) {
      rows.clear(0, SAMPLES);
    }
    for (int r = 1; r < SAMPLES; r++) {
      inputs(new ScalarKernels(), r, r + 1);
    }
    Arrays.fill(wholeUp, 0, up.size(), 0f);
    Arrays.fill(wholeDown, 0, down.size(), 0f);
    Arrays.fill(wholeOtherUp, 0, up.size(), 0f);
    Arrays.fill(wholeOtherDown, 0, down.size(), 0f);
    assertThat(Values.flat(up)).as("bottom-up input, row by row").containsExactly(wholeUp);
    assertThat(Values.flat(down)).as("top-down input, row by row").containsExactly(wholeDown);
    assertThat(Values.flat(otherUp))
        .as("bottom-up input on another base, row by row")
        .containsExactly(wholeOtherUp);
    assertThat(Values.flat(otherDown))
        .as("top-down input on another base, row by row")
        .containsExactly(wholeOtherDown);
    inputs(KernelsSelector.kernels(), 0, SAMPLES);
  }

  private void inputs(Kernels kernels, int from, int to) {
    up.copy(upStart, from, to);
    connection.addBias(up, from, to);
    connection.bottomUp(kernels, source, up, up, memory, from, to);
    connection.bottomUp(kernels, source, upStart, otherUp, memory, from, to);
    if (!connection.source().input()) {
      down.copy(downStart, from, to);
      connection.topDown(kernels, target, down, down, memory, from, to);
      connection.topDown(kernels, target, downStart, otherDown, memory, from, to);
    }
  }

  /** The gradients tile by tile, from the last one to the first. */
  private void checkTiles() {
    gradients(KernelsSelector.kernels(), 0, connection.tiles());
    float[][] whole = gradients();
    for (int tile = connection.tiles() - 1; tile >= 0; tile--) {
      gradients(new ScalarKernels(), tile, tile + 1);
    }
    float[][] parts = gradients();
    for (int p = 0; p < whole.length; p++) {
      String name = connection.parameters().get(p).name();
      assertThat(parts[p]).as("gradient of " + name + ", tile by tile").containsExactly(whole[p]);
    }
  }

  private void gradients(Kernels kernels, int first, int end) {
    connection.biasGradient(kernels, target, SAMPLES, first, end, Sink.STORE);
    connection.bottomUpGradient(kernels, target, source, memory, SAMPLES, first, end, Sink.STORE);
    if (!connection.source().input()) {
      connection.topDownGradient(kernels, target, source, memory, SAMPLES, first, end, Sink.STORE);
    }
  }

  private float[][] gradients() {
    return connection.parameters().stream().map(Parameter::writeGradient).toArray(float[][]::new);
  }
}
