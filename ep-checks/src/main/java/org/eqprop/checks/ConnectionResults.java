package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.tensor.Rows;

/** All that a connection computes from some random parameters and states. */
final class ConnectionResults {
  private static final int SAMPLES = 5;

  private ConnectionResults() {}

  /** Fails unless both connections compute the same bits. The parameters of both change. */
  static void assertSame(Connection again, Connection example) {
    Map<String, float[]> expected = of(example);
    Map<String, float[]> found = of(again);
    expected.forEach(
        (what, bits) ->
            assertThat(found.get(what))
                .as("%s of a connection made again from its options", what)
                .isEqualTo(bits));
  }

  private static Map<String, float[]> of(Connection connection) {
    Kernels kernels = KernelsSelector.kernels();
    Random random = new Random(31);
    for (Parameter parameter : connection.parameters()) {
      parameter.read(Values.array(parameter.shape().size(), random));
    }
    int tiles = connection.tiles();
    connection.refresh(kernels, 0, tiles);
    Rows target = Values.rows(SAMPLES, connection.target().size(), random);
    Rows source = Values.rows(SAMPLES, connection.source().size(), random);
    Memory memory = connection.newMemory(SAMPLES);
    Map<String, float[]> results = new LinkedHashMap<>();
    Rows up = Rows.allocate(SAMPLES, target.size());
    connection.addBias(up, 0, SAMPLES);
    connection.bottomUp(kernels, source, up, up, memory, 0, SAMPLES);
    results.put("bottom-up input", Values.flat(up));
    connection.biasGradient(kernels, target, SAMPLES, 0, tiles, Sink.STORE);
    connection.bottomUpGradient(kernels, target, source, memory, SAMPLES, 0, tiles, Sink.STORE);
    if (!connection.source().input()) {
      Rows down = Rows.allocate(SAMPLES, source.size());
      connection.topDown(kernels, target, down, down, memory, 0, SAMPLES);
      results.put("top-down input", Values.flat(down));
      connection.topDownGradient(kernels, target, source, memory, SAMPLES, 0, tiles, Sink.STORE);
    }
    for (Parameter parameter : connection.parameters()) {
      results.put("gradient of " + parameter.name(), parameter.writeGradient());
    }
    return results;
  }
}
