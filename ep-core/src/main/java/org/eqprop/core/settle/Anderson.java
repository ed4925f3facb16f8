package org.eqprop.core.settle;

import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;

/**
 * Anderson acceleration (Anderson 1965; type II of Fang and Saad 2009; Walker and Ni 2011, Eq.
 * 2.3).
 *
 * <p>A round G of steps gives g_k = G(s_k) and the residual f_k = g_k − s_k. The next round starts
 * from s_{k+1} = g_k + Σ_j γ_j·(g_j − g_k) over the last {@code memory} rounds j, with the γ that
 * make ‖f_k + Σ_j γ_j·(f_j − f_k)‖₂ least. Energy-based states that are clipped to [0, 1] are
 * clipped again after that.
 *
 * <p>Each sample has γ of its own. They come from normal equations in double, the newest round
 * first, with {@value AndersonWeights#REGULARISATION} added to each diagonal element after it is
 * scaled to 1. A round whose f_j − f_k is all but a combination of those of newer rounds is left
 * out. If none is left, the next round starts from g_k: a plain step.
 *
 * <p>If ‖f_k‖₂ is larger than before the move, the sample goes back to g_{k−1} and makes plain
 * steps: two after the first such failure, and twice as many after each further one, until as many
 * moves in succession as the memory is long have made the residual smaller.
 *
 * @param schedule which layers step together; with prototypical layers and ε = 1 alternating rounds
 *     need fewer steps, because synchronous steps are two chains that never meet
 * @param omega the size of a step, below 2, in place of ε; 0 for ε
 * @param memory m, rounds before the last one that are remembered, from 1 to 20
 */
public record Anderson(Schedule schedule, double omega, int memory) implements Solver {
  /** The name in files and options. */
  public static final String NAME = "anderson";

  /** The memory if none is given. */
  public static final int DEFAULT_MEMORY = 5;

  private static final String MEMORY = "memory";
  private static final double MOST_OMEGA = 2;
  private static final int MOST_MEMORY = 20;

  /**
   * Checked settings.
   *
   * @throws IllegalArgumentException if ω is not from 0 to below 2, or the memory not from 1 to 20
   */
  public Anderson {
    if (!(omega >= 0 && omega < MOST_OMEGA)) {
      throw new IllegalArgumentException(
          "omega is " + omega + "; it must be 0 (the network's epsilon) or above, and below 2.");
    }
    if (memory < 1 || memory > MOST_MEMORY) {
      throw new IllegalArgumentException(
          "The memory is " + memory + "; it must be from 1 to " + MOST_MEMORY + ".");
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> options() {
    return Options.of(
        Options.SCHEDULE,
        schedule.id(),
        Options.OMEGA,
        Double.toString(omega),
        MEMORY,
        Integer.toString(memory));
  }

  @Override
  public List<List<Layer>> groups(Network network) {
    return schedule.groups(network);
  }

  @Override
  public double size(double epsilon) {
    return omega == 0 ? epsilon : omega;
  }

  /** A round is worth more than a look at its residual. */
  @Override
  public int roundsBetweenLooks() {
    return 1;
  }

  @Override
  public Iteration iteration(Network network, Kernels kernels, int samples) {
    return new AndersonIteration(network, kernels, samples, memory);
  }

  static Anderson read(Options options) {
    options.check(Options.SCHEDULE, Options.OMEGA, MEMORY);
    return new Anderson(
        options.schedule(),
        options.number(Options.OMEGA, 0),
        options.whole(MEMORY, DEFAULT_MEMORY));
  }
}
