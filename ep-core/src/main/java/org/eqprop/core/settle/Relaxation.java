package org.eqprop.core.settle;

import java.util.List;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;

/**
 * Lets a network settle: the free phase (T steps from s = 0) and the nudged phase (K steps from
 * s*), for a range of samples at a time, as a {@link Settling} says. {@link #step}, {@link
 * #nudgedStep} and their halves are the paper's, all layers together from the state at time t.
 *
 * <p>Holds what a phase needs besides the state. Disjoint ranges of samples may run on different
 * threads; nothing allocates after construction.
 */
public final class Relaxation {
  private final Network network;
  private final Kernels k;
  private final int samples;
  private final Settling settling;
  private final ClampedInput clamped;
  private final Solver.Iteration iteration;
  private final Residuals residuals;
  private final Unsettled unsettled;
  private final Stop stop;
  private final Step step;
  private final List<Layer> layers;
  private final FreePhase free;
  private final NudgedPhase nudged;
  private final HeldPhase held;

  /**
   * Buffers for {@code samples} samples of {@code network}, which settles as the paper has it.
   *
   * @param network the network
   * @param kernels the kernels to calculate with
   * @param samples number of samples, at least 1
   */
  public Relaxation(Network network, Kernels kernels, int samples) {
    this(network, kernels, samples, Settling.EXACT);
  }

  /**
   * Buffers for {@code samples} samples of {@code network}.
   *
   * @param network the network
   * @param kernels the kernels to calculate with
   * @param samples number of samples, at least 1
   * @param settling how the free phase is gone through
   * @throws IllegalArgumentException if the solver needs another kind of network, a layer has no
   *     neighbour but the input, or {@code samples} is below 1
   */
  public Relaxation(Network network, Kernels kernels, int samples, Settling settling) {
    if (samples < 1) {
      throw new IllegalArgumentException(
          "The number of samples is " + samples + "; it must be at least 1.");
    }
    this.network = network;
    this.k = kernels;
    this.samples = samples;
    this.settling = settling;
    this.clamped = new ClampedInput(network, kernels, samples);
    this.iteration = settling.solver().iteration(network, kernels, samples);
    this.residuals = new Residuals(network, kernels, samples);
    this.unsettled = new Unsettled(clamped.drive(), iteration, residuals, samples);
    this.stop = Stop.of(settling);
    this.step = new Step(network, kernels, clamped.drive(), samples);
    this.layers = network.layers().subList(0, network.depth());
    this.free = free(step);
    this.nudged = nudged(step);
    this.held = held(step);
  }

  /** {@return the network that settles} */
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

  /** Whether the solver's steps are steps and nothing more. */
  boolean plain() {
    return iteration.equals(Solver.Iteration.PLAIN);
  }

  /** Where the residuals are measured. */
  Residuals residuals() {
    return residuals;
  }

  /**
   * Steps of the same buffers with other weights or kernels.
   *
   * @param connections the network's, or replicas of them, in its order
   */
  Step step(List<Connection> connections, Kernels products) {
    return step.with(connections, products);
  }

  /** The free phase with the weights of a step. */
  FreePhase free(Step own) {
    return new FreePhase(own, settling, iteration, residuals, unsettled);
  }

  /** The nudged phase with the weights of a step. */
  NudgedPhase nudged(Step own) {
    return new NudgedPhase(own, settling, iteration);
  }

  /** The phase with a held output, with the weights of a step. */
  HeldPhase held(Step own) {
    return new HeldPhase(own, settling, iteration);
  }

  /** {@return the number of samples that there are rows for} */
  public int samples() {
    return samples;
  }

  /** {@return the input's rows, to be filled before {@link #clamp}} */
  public Rows x() {
    return clamped.x();
  }

  /** {@return each sample's largest change of a unit in its last step of {@link #free}} */
  public float[] residual() {
    return residuals.values();
  }

  /**
   * {@return the steps that each sample took in the last {@link #free}: T, or fewer if it settled
   * before}
   */
  public int[] steps() {
    return unsettled.steps();
  }

  /**
   * {@return whether a sample converged in the last {@link #free}: its residual is below the
   * tolerance} If the tolerance is 0, the residual is 0: the last step changed nothing.
   *
   * @param row the sample
   */
  public boolean converged(int row) {
    return stop.converged(residual()[row]);
  }

  /**
   * {@return a layer's input a, as {@link #gather} left it}
   *
   * @param layer a layer that steps
   */
  public Rows input(Layer layer) {
    return step.input(layer);
  }

  /** {@return a new state for this relaxation's samples} */
  public State newState() {
    return new State(network, samples, clamped.x(), clamped.fed());
  }

  /**
   * Takes over {@link #x()}: computes the drive b + W·x of samples {@code from} to {@code to}.
   *
   * @param state the state
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void clamp(State state, int from, int to) {
    clamped.clamp(state, from, to);
  }

  /**
   * The first half of {@link #clamp}, all but W·x, which a {@link Drive} adds for a whole batch.
   *
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void begin(int from, int to) {
    clamped.begin(from, to);
  }

  /** What the input feeds. */
  Rows fedInput() {
    return clamped.fed();
  }

  /** The part of a layer's input that is constant while x is clamped. */
  Rows drive(Layer layer) {
    return clamped.drive(layer);
  }

  /**
   * Sets the state to s = 0, where every free phase starts.
   *
   * @param state set to zero
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void reset(State state, int from, int to) {
    Dynamics dynamics = network.dynamics();
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      state.s(layer).clear(from, to);
      if (dynamics.separateFeed()) {
        dynamics.feed(k, layer, state.s(layer), state.u(layer), from, to);
      }
    }
  }

  /**
   * Takes over states s that were put in: computes what layers feed and connections remember. The
   * input is clamped already.
   *
   * @param state the state
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void resume(State state, int from, int to) {
    Dynamics dynamics = network.dynamics();
    if (dynamics.separateFeed()) {
      for (int n = 0; n < layers.size(); n++) {
        Layer layer = layers.get(n);
        dynamics.feed(k, layer, state.s(layer), state.u(layer), from, to);
      }
    }
    if (step.remembers()) {
      gather(state, from, to);
    }
  }

  /**
   * The free phase: {@code t} steps from where the state is, or fewer for a sample that settles
   * before. Fills in {@link #residual()} and {@link #steps()}.
   *
   * @param state steps in place
   * @param t T, steps at most
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void free(State state, int t, int from, int to) {
    free.run(state, t, from, to);
  }

  /**
   * The nudged phase: {@code steps} steps with nudge β towards {@code y}.
   *
   * @param state steps in place
   * @param steps K, number of steps
   * @param beta β
   * @param y targets, one row a sample
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void nudged(State state, int steps, float beta, Rows y, int from, int to) {
    nudged.run(state, steps, beta, y, from, to);
  }

  /**
   * Step number {@code t}, from 0, of the nudged phase.
   *
   * @param state steps in place
   * @param t number of the step, from 0
   * @param beta β
   * @param y targets, one row a sample
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void nudgedStep(State state, int t, float beta, Rows y, int from, int to) {
    nudged.step(state, t, beta, y, from, to);
  }

  /**
   * Sets the output to s⁰ + share·(y − s⁰): to the target itself with a share of 1.
   *
   * @param state whose output is set
   * @param share from above 0 to 1
   * @param y targets, one row a sample
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void hold(State state, float share, Rows y, int from, int to) {
    Layer output = network.output();
    Rows s = state.s(output);
    if (share == 1f) {
      s.copy(y, from, to);
    } else {
      k.nudge(share, y, s, s, s, from, to);
    }
    if (network.dynamics().separateFeed()) {
      network.dynamics().feed(k, output, s, state.u(output), from, to);
    }
  }

  /**
   * {@code steps} steps of all layers but the output, which stays as it is.
   *
   * @param state steps in place
   * @param steps K, number of steps
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void held(State state, int steps, int from, int to) {
    held.run(state, steps, from, to);
  }

  /**
   * One free step of all layers.
   *
   * @param state steps in place
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void step(State state, int from, int to) {
    gather(state, from, to);
    advance(state, from, to);
  }

  /**
   * The second half of a free {@link #step}: from the gathered inputs, which it may overwrite.
   *
   * @param state steps in place
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void advance(State state, int from, int to) {
    step.advance(state, from, to);
  }

  /**
   * One step of all layers, the output nudged with β (of either sign) towards {@code y}.
   *
   * @param state steps in place
   * @param beta β
   * @param y targets, one row a sample
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void nudgedStep(State state, float beta, Rows y, int from, int to) {
    gather(state, from, to);
    step.advanceNudged(layers, state, beta, y, from, to);
  }

  /**
   * The first half of a step: a_n = ∂Φ/∂u_n for all layers, from the state as it is.
   *
   * @param state the state
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  public void gather(State state, int from, int to) {
    step.gather(state, from, to);
  }
}
