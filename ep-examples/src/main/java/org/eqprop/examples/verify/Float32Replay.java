package org.eqprop.examples.verify;

import java.util.List;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.State;
import org.eqprop.core.relax.Context;
import org.eqprop.core.relax.Relaxation;
import org.eqprop.core.tensor.Rows;

/** Runs a fully connected reference with the kernels that train, in float32. */
public final class Float32Replay {
  /** What a state may differ by: about 16 units in the last place of 1. */
  private static final double STATE_TOLERANCE = 2e-6;

  /** What the update may differ by, times 1/β: it is a difference of states divided by β. */
  private static final double UPDATE_TOLERANCE = 1e-6;

  private final ReferenceFile file;
  private final Context context;
  private final Network network;
  private final Phases phases;
  private final Minibatch batch;
  private final int count;

  private Float32Replay(ReferenceFile file, Context context) {
    this.file = file;
    this.context = context;
    this.network = file.network(context.kernels());
    this.phases = file.phases();
    Samples samples = file.samples();
    this.count = samples.size();
    this.batch = new Minibatch(samples, count);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    batch.select(order, 0, count, 0);
  }

  /** The differences of free states, nudged states and the update. */
  public static List<Deviation> run(ReferenceFile file, Context context) {
    return new Float32Replay(file, context).run();
  }

  private List<Deviation> run() {
    Deviation.Group free = new Deviation.Group(file.name(), "free states", STATE_TOLERANCE);
    Deviation.Group nudged = new Deviation.Group(file.name(), "nudged states", STATE_TOLERANCE);
    Relaxation relaxation = new Relaxation(network, context.kernels(), count);
    State state = relaxation.newState();
    batch.load(relaxation.x(), 0, count);
    relaxation.clamp(state, 0, count);
    relaxation.reset(state, 0, count);
    for (int t = 1; t <= phases.t(); t++) {
      relaxation.step(state, 0, count);
      compare(free, state, false, t);
    }
    for (int t = 1; t <= phases.k(); t++) {
      relaxation.nudgedStep(state, (float) phases.beta(), batch.y(), 0, count);
      compare(nudged, state, true, t);
    }
    return List.of(free.result(), nudged.result(), update());
  }

  private void compare(Deviation.Group group, State state, boolean nudged, int step) {
    for (int n = 0; n < network.depth(); n++) {
      String tensor = (nudged ? "nudged.t" : "free.t") + step + ".s" + n;
      if (file.tensors().names().contains(tensor)) {
        Rows rows = state.s(network.layers().get(n));
        group.add(tensor, flat(rows), file.tensors().doubles(tensor));
      }
    }
  }

  private float[] flat(Rows rows) {
    float[] values = new float[count * rows.size()];
    for (int r = 0; r < count; r++) {
      System.arraycopy(rows.data(), rows.index(r, 0), values, r * rows.size(), rows.size());
    }
    return values;
  }

  private Deviation update() {
    Deviation.Group group =
        new Deviation.Group(file.name(), "EP update", UPDATE_TOLERANCE / phases.beta());
    new EquilibriumPropagation(network, context, phases, count).estimate(batch);
    for (Connection connection : network.connections()) {
      for (Parameter parameter : connection.parameters()) {
        String tensor = "ep." + parameter.name();
        if (file.tensors().names().contains(tensor)) {
          group.add(tensor, parameter.writeGradient(), file.tensors().doubles(tensor));
        }
      }
    }
    return group.result();
  }
}
