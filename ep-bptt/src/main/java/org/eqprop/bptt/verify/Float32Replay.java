package org.eqprop.bptt.verify;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eqprop.bptt.learn.BackpropThroughTime;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.bptt.replay.ArgMaxFlips;
import org.eqprop.bptt.replay.Coverage;
import org.eqprop.bptt.replay.Differences;
import org.eqprop.bptt.replay.Group;
import org.eqprop.bptt.replay.ReferenceFile;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.State;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Relaxation;
import org.eqprop.core.tensor.Rows;

/** Runs a reference with the kernels that train, in float32. */
public final class Float32Replay {
  /** What a state may differ by: about 16 units in the last place of 1. */
  private static final double STATE_TOLERANCE = 2e-6;

  /** The same where states are sums over patches of maps, as long as no arg-max flips. */
  private static final double MAP_TOLERANCE = 5e-6;

  /** What the update may differ by, times 1/β: it is a difference of states divided by β. */
  private static final double UPDATE_TOLERANCE = 1e-6;

  /** What the gradient of BPTT may differ by, which is not divided by anything small. */
  private static final double GRADIENT_TOLERANCE = 1e-4;

  private final ReferenceFile file;
  private final Context context;
  private final Network network;
  private final Phases phases;
  private final Minibatch batch;
  private final int count;
  private final Differences differences = new Differences();

  private Float32Replay(ReferenceFile file, Context context) {
    this.file = file;
    this.context = context;
    this.network = file.network(context.kernels());
    this.phases = file.phases();
    Samples samples = file.samples();
    this.count = samples.size();
    this.batch = new Minibatch(samples, count);
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    batch.select(order, 0, count, 0);
  }

  /**
   * {@return the differences of free states, nudged states, the update and the gradient of BPTT}
   *
   * @param file a recorded trajectory
   * @param context the threads that work
   * @throws IllegalArgumentException in one sentence, if it cannot be replayed: see {@link
   *     Coverage#of}
   */
  public static List<Deviation> run(ReferenceFile file, Context context) {
    Coverage.of(file);
    Float32Replay replay = new Float32Replay(file, context);
    Map<Group, Deviation.Tolerance> tolerances = new EnumMap<>(Group.class);
    double states = replay.flips().pools() ? MAP_TOLERANCE : STATE_TOLERANCE;
    tolerances.put(Group.FREE_STATES, Deviation.Tolerance.absolute(states));
    tolerances.put(Group.NUDGED_STATES, Deviation.Tolerance.absolute(states));
    tolerances.put(Group.EP_UPDATE, Deviation.Tolerance.absolute(replay.updateTolerance()));
    ArgMaxFlips free = replay.flips();
    ArgMaxFlips nudged = replay.flips();
    replay.states(free, nudged);
    replay.update();
    replay.gradient();
    tolerances.put(Group.BPTT_WEIGHTS, Deviation.Tolerance.relative(GRADIENT_TOLERANCE));
    List<Deviation> all = Deviation.list(file.name(), "float32", replay.differences, tolerances);
    if (!free.pools()) {
      return all;
    }
    return Stream.concat(
            Stream.of(all.get(0).withFlips(free.count()), all.get(1).withFlips(nudged.count())),
            all.stream().skip(2))
        .toList();
  }

  private ArgMaxFlips flips() {
    return new ArgMaxFlips(file, network, context.kernels());
  }

  /**
   * States differ, and the sums over the cells of a map, which are subtracted as they are, are
   * rounded to half a unit in the last place of products in [0, 1]; both divided by β.
   */
  private double updateTolerance() {
    int cells = 0;
    for (Connection connection : network.connections()) {
      Layer target = connection.target();
      int own = connection.remembers() ? target.size() / target.shape().dimension(0) : 0;
      cells = Math.max(cells, own);
    }
    return (UPDATE_TOLERANCE + 2 * cells * 0x1p-24) / phases.beta();
  }

  private void states(ArgMaxFlips free, ArgMaxFlips nudged) {
    Relaxation relaxation = new Relaxation(network, context.kernels(), count);
    State state = relaxation.newState();
    batch.load(relaxation.x(), 0, count);
    relaxation.clamp(state, 0, count);
    relaxation.reset(state, 0, count);
    for (int t = 1; t <= phases.t(); t++) {
      relaxation.step(state, 0, count);
      compare(Group.FREE_STATES, "free.t" + t, state);
      free.look("free.t" + t, state);
    }
    for (int t = 1; t <= phases.k(); t++) {
      relaxation.nudgedStep(state, (float) phases.beta(), batch.y(), 0, count);
      compare(Group.NUDGED_STATES, "nudged.t" + t, state);
      nudged.look("nudged.t" + t, state);
    }
  }

  private void compare(Group group, String prefix, State state) {
    for (int n = 0; n < network.depth(); n++) {
      String tensor = prefix + "." + network.layers().get(n).name();
      if (file.tensors().names().contains(tensor)) {
        Rows rows = state.s(network.layers().get(n));
        differences.compare(group, tensor, file.tensors().doubles(tensor), flat(rows));
      }
    }
  }

  private double[] flat(Rows rows) {
    double[] values = new double[count * rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.get(i / rows.size(), i % rows.size());
    }
    return values;
  }

  private void update() {
    new EquilibriumPropagation(network, context, phases, count).estimate(batch);
    for (Parameter parameter : Problem.parameters(network)) {
      String tensor = "ep." + parameter.name();
      if (file.tensors().names().contains(tensor)) {
        double[] recorded = file.tensors().doubles(tensor);
        differences.compare(Group.EP_UPDATE, tensor, recorded, gradient(parameter, 1));
      }
    }
  }

  /** Compares the gradient through the last K steps. */
  private void gradient() {
    new BackpropThroughTime(network, context, phases, count).estimate(batch);
    for (Parameter parameter : Problem.parameters(network)) {
      String tensor = "bptt.cumulative." + parameter.name();
      if (file.tensors().names().contains(tensor)) {
        double[] recorded = lastRow(file.tensors().doubles(tensor));
        differences.compare(Group.BPTT_WEIGHTS, tensor, recorded, gradient(parameter, -1));
      }
    }
  }

  private double[] lastRow(double[] rows) {
    return Arrays.copyOfRange(rows, rows.length - rows.length / phases.k(), rows.length);
  }

  private static double[] gradient(Parameter parameter, int sign) {
    float[] gradient = parameter.writeGradient();
    double[] values = new double[gradient.length];
    Arrays.setAll(values, i -> (double) sign * gradient[i]);
    return values;
  }
}
