package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.tensor.Rows;

/**
 * What is not a number stays so: a connection that makes a number of it hides that a network
 * diverges. Each unit that depends on a row of NaN becomes NaN; other rows stay as they are.
 */
final class ConnectionNaN {
  private static final int SAMPLES = 3;
  private static final int ROW = 1;

  private final Connection connection;
  private final Random random = new Random(43);
  private final Rows target;
  private final Rows source;
  private final Memory memory;

  /** One use of the connection: out = base + what it gives. */
  @FunctionalInterface
  private interface Force {
    void add(Rows states, Rows base, Rows out);
  }

  ConnectionNaN(Connection connection) {
    this.connection = connection;
    for (Parameter parameter : connection.parameters()) {
      parameter.read(Values.array(parameter.shape().size(), random));
    }
    connection.refresh(KernelsSelector.kernels(), 0, connection.tiles());
    target = Values.rows(SAMPLES, connection.target().size(), random);
    source = Values.rows(SAMPLES, connection.source().size(), random);
    memory = connection.newMemory(SAMPLES);
  }

  void check() {
    check(KernelsSelector.kernels());
    check(new ScalarKernels());
  }

  private void check(Kernels kernels) {
    checkForce(
        "bottom-up input",
        source,
        target.size(),
        (states, base, out) -> connection.bottomUp(kernels, states, base, out, memory, 0, SAMPLES));
    if (!connection.source().input()) {
      Rows ignored = Rows.allocate(SAMPLES, target.size());
      connection.bottomUp(kernels, source, ignored, ignored, memory, 0, SAMPLES);
      checkForce(
          "top-down input",
          target,
          source.size(),
          (states, base, out) ->
              connection.topDown(kernels, states, base, out, memory, 0, SAMPLES));
    }
  }

  private void checkForce(String what, Rows states, int units, Force force) {
    Rows base = Values.rows(SAMPLES, units, random);
    Rows whole = Rows.allocate(SAMPLES, units);
    force.add(states, base, whole);
    Rows none = Rows.allocate(SAMPLES, units);
    force.add(Rows.allocate(SAMPLES, states.size()), base, none);
    Rows broken = Rows.allocate(SAMPLES, states.size());
    broken.copy(states, 0, SAMPLES);
    Values.fill(broken, ROW, Float.NaN);
    Rows found = Rows.allocate(SAMPLES, units);
    force.add(broken, base, found);
    for (int i = 0; i < units; i++) {
      if (whole.get(ROW, i) != none.get(ROW, i)) {
        assertThat(found.get(ROW, i)).as("%s %d of states that are NaN", what, i).isNaN();
      }
    }
    float[] expected = Values.flat(whole);
    assertThat(
            Values.same(found, expected, 0, ROW) && Values.same(found, expected, ROW + 1, SAMPLES))
        .as("%s of the other rows is the same when one row is NaN", what)
        .isTrue();
    Values.fill(base, ROW, Float.NaN);
    force.add(states, base, found);
    for (int i = 0; i < units; i++) {
      assertThat(found.get(ROW, i)).as("%s %d on a base that is NaN", what, i).isNaN();
    }
  }
}
