package org.eqprop.bptt.replay;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.bptt.tape.Node;
import org.eqprop.bptt.tape.Tape;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;

/**
 * Counts the windows whose largest element is elsewhere in a float32 state than in the recorded
 * float64 one. It needs no knowledge of the connections that pool: a unit of 1 alone in the target
 * is put back at its position, and what the source receives is compared with Φ's derivative.
 */
public final class ArgMaxFlips {
  /** What two top-down passes of the same weights differ by at most, of their largest value. */
  private static final double ROUNDING = 1e-5;

  private final ReferenceFile file;
  private final Kernels kernels;
  private final List<Pooling> poolings = new ArrayList<>();
  private int windows;
  private int flips;

  /**
   * For the connections of {@code network}, made from {@code file}, that remember positions.
   *
   * @param file a recorded trajectory
   * @param network its network
   * @param kernels the kernels to calculate with
   */
  public ArgMaxFlips(ReferenceFile file, Network network, Kernels kernels) {
    this.file = file;
    this.kernels = kernels;
    int count = file.samples().size();
    for (Connection connection : network.connections()) {
      if (connection.remembers()) {
        poolings.add(new Pooling(connection, network.dynamics().separateFeed(), count));
      }
    }
  }

  /** {@return whether there is anything to count} */
  public boolean pools() {
    return !poolings.isEmpty();
  }

  /** {@return how many windows were looked at} */
  public int windows() {
    return windows;
  }

  /** {@return how many of them differ} */
  public int count() {
    return flips;
  }

  /**
   * Looks at a state.
   *
   * @param prefix of the recorded state: {@code free.t5}; layers that are not recorded are left out
   * @param state a state of the float32 steps
   */
  public void look(String prefix, State state) {
    for (Pooling pooling : poolings) {
      Layer source = pooling.connection.source();
      String tensor = source.input() ? "x" : prefix + "." + source.name();
      if (file.tensors().names().contains(tensor) && !(source.input() && pooling.seen)) {
        pooling.look(state.u(source), file.tensors().doubles(tensor));
      }
    }
  }

  /** One connection, and its top-down pass in float64. */
  private final class Pooling {
    private final Connection connection;
    private final int count;
    private final Node target;
    private final Node source;
    private final Node expected;
    private final Memory memory;
    private final Rows one;
    private final Rows out;
    private boolean seen;

    Pooling(Connection connection, boolean separateFeed, int count) {
      this.connection = connection;
      this.count = count;
      Layer from = connection.source();
      Tape tape = new Tape();
      target = tape.leaf(count, connection.target().size());
      source = tape.leaf(count, from.size());
      Node u = separateFeed ? tape.activate(from.activation(), source) : source;
      List<Node> parameters = new ArrayList<>();
      for (Parameter parameter : connection.parameters()) {
        double[] values = file.tensors().doubles(parameter.name());
        Shape shape = parameter.shape();
        int rows = shape.rank() == 1 ? 1 : shape.dimension(0);
        parameters.add(tape.leaf(rows, values.length / rows, values));
      }
      Node phi = connection.phi(tape, target, u, parameters);
      expected = tape.gradient(phi, List.of(u)).get(0);
      memory = connection.newMemory(count);
      one = Rows.allocate(count, connection.target().size());
      out = Rows.allocate(count, from.size());
    }

    void look(Rows actual, double[] recorded) {
      seen = true;
      source.set(recorded);
      connection.bottomUp(kernels, actual, one, one, memory, 0, count);
      for (int unit = 0; unit < connection.target().size(); unit++) {
        double[] ones = new double[count * one.size()];
        one.clear(0, count);
        out.clear(0, count);
        for (int r = 0; r < count; r++) {
          one.set(r, unit, 1f);
          ones[r * one.size() + unit] = 1;
        }
        connection.topDown(kernels, one, out, out, memory, 0, count);
        target.set(ones);
        compare(expected.value());
      }
    }

    private void compare(double[] values) {
      for (int r = 0; r < count; r++) {
        double difference = 0;
        double scale = 0;
        for (int i = 0; i < out.size(); i++) {
          double value = values[r * out.size() + i];
          difference = Math.max(difference, Math.abs(out.get(r, i) - value));
          scale = Math.max(scale, Math.abs(value));
        }
        windows++;
        flips += difference > ROUNDING * scale ? 1 : 0;
      }
    }
  }
}
