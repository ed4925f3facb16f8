package org.eqprop.core.settle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.State;
import org.eqprop.core.tensor.Rows;

/**
 * Spiking layers: units exchange quantised events in place of numbers (sigma-delta modulation with
 * an annealed step, after O'Connor, Gavves and Welling 2019).
 *
 * <p>What a unit feeds is u; its neighbours know û. Before each step it sends the whole number of
 * events q = round((u − û)/λ), and û ← û + λ·q, so what is not sent yet waits until it is large
 * enough. λ starts at {@code step} and is multiplied by {@code decay} after each step. Events are
 * exchanged in the phase after the free one, too, where λ goes on from where the free phase left
 * it. As λ → 0 the steps are the synchronous ones. λ does not fall below {@value #LEAST_STEP}.
 *
 * @param step λ at the start of a free phase, at least {@value #LEAST_STEP}
 * @param decay its factor from step to step, above 0 and at most 1
 */
public record SigmaDelta(double step, double decay) implements Solver {
  /** The name in files and options. */
  public static final String NAME = "spiking";

  /** The step if none is given. */
  public static final double DEFAULT_STEP = 0.5;

  /** The decay if none is given. */
  public static final double DEFAULT_DECAY = 0.8;

  /** The least λ: differences of states are divided by it. */
  public static final float LEAST_STEP = 1e-30f;

  private static final String STEP = "step";
  private static final String DECAY = "decay";

  /**
   * Checked settings.
   *
   * @throws IllegalArgumentException if the step is below its least or not finite, or the decay not
   *     above 0 and at most 1
   */
  public SigmaDelta {
    if (!((float) step >= LEAST_STEP && (float) step < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The step of the events is " + step + "; it must be at least 1e-30 and finite.");
    }
    if (!(decay > 0 && decay <= 1)) {
      throw new IllegalArgumentException(
          "The decay of the events' step is " + decay + "; it must be above 0 and at most 1.");
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> options() {
    return Options.of(STEP, Double.toString(step), DECAY, Double.toString(decay));
  }

  @Override
  public Iteration iteration(Network network, Kernels kernels, int samples) {
    return new Events(network, samples, (float) step, (float) decay);
  }

  static SigmaDelta read(Options options) {
    options.check(STEP, DECAY);
    return new SigmaDelta(options.number(STEP, DEFAULT_STEP), options.number(DECAY, DEFAULT_DECAY));
  }

  /** Keeps û, and λ of each row. */
  private static final class Events implements Iteration {
    private final List<Layer> layers;
    private final List<Rows> known = new ArrayList<>();
    private final float[] lambda;
    private final float step;
    private final float decay;

    Events(Network network, int samples, float step, float decay) {
      this.layers = network.layers().subList(0, network.depth());
      for (Layer layer : layers) {
        known.add(Rows.allocate(samples, layer.size()));
      }
      this.lambda = new float[samples];
      this.step = step;
      this.decay = decay;
    }

    @Override
    public void begin(State state, int from, int to) {
      Arrays.fill(lambda, from, to, step);
      know(state, from, to);
    }

    @Override
    public void move(State state, int from, int end) {
      send(state, from, end);
    }

    @Override
    public void nudged(State state, int t, int from, int to) {
      if (t == 0) {
        know(state, from, to);
      } else {
        send(state, from, to);
      }
    }

    private void know(State state, int from, int to) {
      for (int n = 0; n < known.size(); n++) {
        known.get(n).copy(state.u(layers.get(n)), from, to);
      }
    }

    private void send(State state, int from, int to) {
      for (int n = 0; n < known.size(); n++) {
        Rows u = state.u(layers.get(n));
        Rows sent = known.get(n);
        for (int r = from; r < to; r++) {
          send(u.data(), u.index(r, 0), sent.data(), sent.index(r, 0), u.size(), lambda[r]);
        }
      }
      for (int r = from; r < to; r++) {
        lambda[r] = Math.max(LEAST_STEP, lambda[r] * decay);
      }
    }

    private static void send(
        float[] u, int first, float[] known, int knownFirst, int size, float lambda) {
      for (int i = 0; i < size; i++) {
        float missing = u[first + i] - known[knownFirst + i];
        float events = (float) Math.rint(missing / lambda);
        float value = known[knownFirst + i] + lambda * events;
        known[knownFirst + i] = value;
        u[first + i] = value;
      }
    }

    @Override
    public void swap(int one, int other) {
      for (int n = 0; n < known.size(); n++) {
        known.get(n).swap(one, other);
      }
      float kept = lambda[one];
      lambda[one] = lambda[other];
      lambda[other] = kept;
    }
  }
}
