package org.eqprop.core.settle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * Lets a network settle: the free phase (T steps from s = 0) and the nudged phase (K steps from
 * s*), for a range of samples at a time, in the order and up to the tolerance that a {@link
 * Settling} says. {@link #step}, {@link #nudgedStep} and their halves are the paper's, all layers
 * together from the state at time t.
 *
 * <p>Samples that have settled are moved behind those that have not, so that a step costs what its
 * unsettled samples cost, and back at the end of the phase. Each sample stops when it has settled
 * itself, whatever the others do, so results do not depend on how samples are divided.
 *
 * <p>Holds what a phase needs besides the state: the input's drive W·x + b, which is constant while
 * x is clamped and therefore computed once, and each layer's input a. Disjoint ranges of samples
 * may run on different threads; nothing allocates after construction.
 */
public final class Relaxation {
  /** Rounds of all stages between two looks at how far the samples have settled. */
  private static final int ROUNDS_A_LOOK = 2;

  /** Rows of the short tile of the matrix product. */
  private static final int GRANULE = 5;

  private final Network network;
  private final Kernels k;
  private final Dynamics dynamics;
  private final int samples;
  private final Rows x;
  private final Rows fedInput;
  private final List<Rows> drive = new ArrayList<>();
  private final List<Rows> inputs = new ArrayList<>();
  private final List<Rows> before = new ArrayList<>();
  private final Rows scratch;
  private final Settling settling;
  private final float tolerance;
  private final double freeStep;
  private final @Nullable Momentum momentum;
  private final Reader reader;
  private final Unsettled unsettled;

  /** Rows that a matrix product computes at a time; 1 if a row's memory must not be touched. */
  private final int granule;

  /** The kernels of rounds, which go through the weights forth and back by turns. */
  record Turns(Kernels forth, Kernels back) {
    static Turns of(Kernels kernels) {
      return new Turns(kernels, kernels.backward());
    }
  }

  /** What a worker's steps compute, with whose weights, and by which kernels. */
  record Reader(Plan plan, Turns turns) {}

  /** Buffers for {@code samples} samples of {@code network}, which settles as the paper has it. */
  public Relaxation(Network network, Kernels kernels, int samples) {
    this(network, kernels, samples, Settling.EXACT);
  }

  /**
   * Buffers for {@code samples} samples of {@code network}.
   *
   * @throws IllegalArgumentException if the schedule needs another kind of network, or a layer has
   *     no neighbour but the input
   */
  public Relaxation(Network network, Kernels kernels, int samples, Settling settling) {
    this.network = network;
    this.k = kernels;
    this.dynamics = network.dynamics();
    this.samples = samples;
    this.x = Rows.allocate(samples, network.input().size());
    this.fedInput = dynamics.separateFeed() ? Rows.allocate(samples, network.input().size()) : x;
    for (int n = 0; n < network.depth(); n++) {
      int size = network.layers().get(n).size();
      drive.add(Rows.allocate(samples, size));
      inputs.add(Rows.allocate(samples, size));
      before.add(Rows.allocate(samples, size));
    }
    this.scratch = Rows.allocate(samples, network.output().size());
    this.momentum =
        settling.momentum() > 0 ? new Momentum(kernels, settling.momentum(), before) : null;
    List<Rows> moving = new ArrayList<>(drive);
    if (momentum != null) {
      moving.addAll(before);
    }
    this.unsettled = new Unsettled(moving, samples);
    this.settling = settling;
    this.tolerance = (float) settling.tolerance();
    this.granule = network.connections().stream().anyMatch(Connection::remembers) ? 1 : GRANULE;
    this.freeStep = settling.freeStep(dynamics.epsilon());
    this.reader = reader(network.connections(), kernels);
  }

  /** The network that settles. */
  public Network network() {
    return network;
  }

  /** The kernels. */
  Kernels kernels() {
    return k;
  }

  /** How the free phase is gone through. */
  Settling settling() {
    return settling;
  }

  /** What a step computes. */
  Plan plan() {
    return reader.plan();
  }

  /**
   * A reader of other weights.
   *
   * @param connections the network's, or replicas of them, in its order
   */
  Reader reader(List<Connection> connections, Kernels kernels) {
    return new Reader(new Plan(network, connections, settling, drive, inputs), Turns.of(kernels));
  }

  /** Number of samples that there are rows for. */
  public int samples() {
    return samples;
  }

  /** The input's rows, to be filled before {@link #clamp}. */
  public Rows x() {
    return x;
  }

  /** Each sample's largest change of a unit in its last step of {@link #free}. */
  public float[] residual() {
    return unsettled.residual();
  }

  /** Steps that each sample took in the last {@link #free}: T, or fewer if it settled before. */
  public int[] steps() {
    return unsettled.steps();
  }

  /** A layer's input a, as {@link #gather} left it. */
  public Rows input(Layer layer) {
    return inputs.get(layer.index());
  }

  /** A new state for this relaxation's samples. */
  public State newState() {
    return new State(network, samples, x, fedInput);
  }

  /** Takes over {@link #x()}: computes the drive b + W·x of samples {@code from} to {@code to}. */
  public void clamp(State state, int from, int to) {
    begin(from, to);
    for (int c = 0; c < network.connections().size(); c++) {
      Connection connection = network.connections().get(c);
      if (connection.source().input()) {
        Rows sum = drive(connection.target());
        connection.bottomUp(k, fedInput, sum, sum, state.memory(c), from, to);
      }
    }
  }

  /**
   * The first half of {@link #clamp}, all but W·x, which a {@link Drive} adds for a whole batch.
   */
  public void begin(int from, int to) {
    if (dynamics.separateFeed()) {
      dynamics.feed(k, network.input(), x, fedInput, from, to);
    }
    for (int n = 0; n < network.depth(); n++) {
      drive.get(n).clear(from, to);
    }
    for (int c = 0; c < network.connections().size(); c++) {
      Connection connection = network.connections().get(c);
      connection.addBias(drive(connection.target()), from, to);
    }
  }

  /** What the input feeds. */
  Rows fedInput() {
    return fedInput;
  }

  /** The part of a layer's input that is constant while x is clamped. */
  Rows drive(Layer layer) {
    return drive.get(layer.index());
  }

  /** Sets the state to s = 0, where every free phase starts. */
  public void reset(State state, int from, int to) {
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      state.s(layer).clear(from, to);
      if (dynamics.separateFeed()) {
        dynamics.feed(k, layer, state.s(layer), state.u(layer), from, to);
      }
    }
  }

  /**
   * The free phase: {@code t} steps from where the state is, or fewer for a sample that settles
   * before. Fills in {@link #residual()} and {@link #steps()}.
   */
  public void free(State state, int t, int from, int to) {
    free(reader, state, t, from, to);
  }

  /** The free phase with the weights of a reader. */
  void free(Reader own, State state, int t, int from, int to) {
    List<Plan.Stage> stages = own.plan().stages();
    int round = stages.size();
    int last = (t + round - 1) / round;
    unsettled.begin(last * round, from, to);
    if (momentum != null) {
      for (int n = 0; n < network.depth(); n++) {
        momentum.begin(n, state.s(network.layers().get(n)), from, to);
      }
    }
    int end = to;
    int done = 0;
    while (done < last && end > from) {
      int look = tolerance > 0 ? Math.min(done + ROUNDS_A_LOOK, last) : last;
      for (; done < look - 1; done++) {
        for (int g = 0; g < round; g++) {
          step(own, stages.get(g), state, done, from, end, to);
        }
      }
      measuredRound(own, state, done, from, end, to);
      done++;
      end = unsettled.retire(state, tolerance, done * round, from, end);
    }
    unsettled.restore(state, from, to);
  }

  /** One step of every stage, the changes of all units measured. */
  private void measuredRound(Reader own, State state, int round, int from, int end, int to) {
    Arrays.fill(residual(), from, end, 0f);
    List<Plan.Stage> stages = own.plan().stages();
    for (int g = 0; g < stages.size(); g++) {
      Plan.Stage stage = stages.get(g);
      if (momentum == null) {
        remember(stage, state, from, end);
      }
      step(own, stage, state, round, from, end, to);
      measure(stage, state, from, end);
    }
  }

  /** Keeps a stage's states for {@link #measure}. */
  void remember(Plan.Stage stage, State state, int from, int end) {
    for (int n = 0; n < stage.layers().size(); n++) {
      Layer layer = stage.layers().get(n);
      before.get(layer.index()).copy(state.s(layer), from, end);
    }
  }

  /** Raises {@link #residual} to the largest change of a stage's units, where it is lower. */
  void measure(Plan.Stage stage, State state, int from, int end) {
    for (int n = 0; n < stage.layers().size(); n++) {
      Layer layer = stage.layers().get(n);
      k.largestChange(before.get(layer.index()), state.s(layer), residual(), from, end);
    }
  }

  /**
   * A round's step of a stage's layers for rows {@code from} to {@code end}. Rows up to {@code to}
   * are this caller's, so the products may take a whole tile of them.
   */
  private void step(
      Reader own, Plan.Stage stage, State state, int round, int from, int end, int to) {
    gather(stage, own.turns(), state, round, from, Math.min(wholeTiles(from, end), to));
    advance(stage, state, from, end);
  }

  /** The second half of a free step of a stage's layers. */
  void advance(Plan.Stage stage, State state, int from, int end) {
    for (int n = 0; n < stage.layers().size(); n++) {
      Layer layer = stage.layers().get(n);
      Rows drift =
          momentum == null ? null : momentum.drift(layer.index(), state.s(layer), from, end);
      advance(state, layer, freeStep, drift, from, end);
    }
  }

  /** Where rows end that cost no more than those up to {@code end}: a tile of two is short, too. */
  private int wholeTiles(int from, int end) {
    int rest = (end - from) % granule;
    return rest <= 2 ? end : end + granule - rest;
  }

  /** The nudged phase: {@code steps} steps with nudge β towards {@code y}. */
  public void nudged(State state, int steps, float beta, Rows y, int from, int to) {
    nudged(reader, state, steps, beta, y, from, to);
  }

  /** The nudged phase with the weights of a reader. */
  void nudged(Reader own, State state, int steps, float beta, Rows y, int from, int to) {
    for (int t = 0; t < steps; t++) {
      Plan.Stage stage = own.plan().nudged(t);
      gather(stage, own.turns(), state, t, from, to);
      advanceNudged(stage, state, beta, y, from, to);
    }
  }

  /** The second half of a nudged step of a stage's layers. */
  void advanceNudged(Plan.Stage stage, State state, float beta, Rows y, int from, int to) {
    for (int n = 0; n < stage.layers().size(); n++) {
      Layer layer = stage.layers().get(n);
      if (layer.index() == 0) {
        advanceNudged(state, beta, y, from, to);
      } else {
        advance(state, layer, dynamics.epsilon(), null, from, to);
      }
    }
  }

  /** One free step of all layers. */
  public void step(State state, int from, int to) {
    gather(state, from, to);
    advance(state, from, to);
  }

  /** The second half of a free {@link #step}: from the gathered inputs, which it may overwrite. */
  public void advance(State state, int from, int to) {
    for (int n = 0; n < network.depth(); n++) {
      advance(state, network.layers().get(n), dynamics.epsilon(), null, from, to);
    }
  }

  private void advance(
      State state, Layer layer, double size, @Nullable Rows drift, int from, int to) {
    Rows a = inputs.get(layer.index());
    dynamics.step(k, layer, size, a, drift, state.s(layer), state.u(layer), from, to);
  }

  /** One step of all layers, the output nudged with β (of either sign) towards {@code y}. */
  public void nudgedStep(State state, float beta, Rows y, int from, int to) {
    gather(state, from, to);
    advanceNudged(state, beta, y, from, to);
    for (int n = 1; n < network.depth(); n++) {
      advance(state, network.layers().get(n), dynamics.epsilon(), null, from, to);
    }
  }

  private void advanceNudged(State state, float beta, Rows y, int from, int to) {
    Layer output = network.output();
    dynamics.nudgedStep(
        k, output, beta, y, scratch, inputs.get(0), state.s(output), state.u(output), from, to);
  }

  /** The first half of a step: a_n = ∂Φ/∂u_n for all layers, from the state as it is. */
  public void gather(State state, int from, int to) {
    gather(reader.plan().pulls(), k, state, from, to);
  }

  /** The first half of a round's step of a stage's layers. */
  void gather(Plan.Stage stage, Turns turns, State state, int round, int from, int to) {
    if (round % 2 == 0) {
      gather(stage.pulls(), turns.forth(), state, from, to);
    } else {
      gather(stage.backward(), turns.back(), state, from, to);
    }
  }

  private void gather(List<Plan.Pull> some, Kernels kernels, State state, int from, int to) {
    for (int i = 0; i < some.size(); i++) {
      Plan.Pull pull = some.get(i);
      Connection c = pull.connection();
      Memory memory = state.memory(pull.number());
      if (pull.up()) {
        c.bottomUp(kernels, state.u(c.source()), pull.base(), pull.out(), memory, from, to);
      } else {
        c.topDown(kernels, state.u(c.target()), pull.base(), pull.out(), memory, from, to);
      }
    }
  }
}
