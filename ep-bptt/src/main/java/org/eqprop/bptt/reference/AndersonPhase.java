package org.eqprop.bptt.reference;

import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;

/**
 * A free phase by Anderson acceleration in float64: the method of {@link
 * org.eqprop.core.settle.Anderson}, written again, with the least squares solved by orthogonal
 * columns instead of normal equations.
 *
 * @param end the state after the last round
 * @param steps steps of layers that were taken: as many a round as there are groups
 * @param plainRounds rounds that started where the one before had ended
 * @param residual the largest change of a unit in the last round
 */
public record AndersonPhase(List<double[]> end, int steps, int plainRounds, double residual) {
  /** The least share of a column that newer ones must leave: below, it is left out. */
  private static final double LEAST_SHARE = 1e-7;

  /**
   * Settles one sample from s = 0 until no unit changes by {@code tolerance} in a round.
   *
   * @param problem of one sample
   * @param groups the layers that step together, in the order of a round
   * @param memory rounds before the last one that are remembered
   * @param tolerance above 0
   * @param rounds the most rounds
   * @return the phase
   * @throws IllegalArgumentException if the problem has several samples
   */
  public static AndersonPhase run(
      Problem problem, List<List<Layer>> groups, int memory, double tolerance, int rounds) {
    if (problem.batch() != 1) {
      throw new IllegalArgumentException(
          "The problem has " + problem.batch() + " samples; each must settle alone.");
    }
    return new Run(new Transition(problem), groups, memory).run(problem, tolerance, rounds);
  }

  /** A round's end g and residual f. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Round(double[] g, double[] f) {}

  private static final class Run {
    private final Transition transition;
    private final List<List<Layer>> groups;
    private final int memory;

    /** The last rounds, the newest first. */
    private final List<Round> kept = new ArrayList<>();

    private boolean moved;
    private int successes;
    private int patience;
    private int plain;

    Run(Transition transition, List<List<Layer>> groups, int memory) {
      this.transition = transition;
      this.groups = groups;
      this.memory = memory;
    }

    AndersonPhase run(Problem problem, double tolerance, int rounds) {
      List<double[]> start = problem.zeroState();
      boolean clip = problem.network().dynamics() instanceof EnergyBased energy && energy.clamp();
      int plainRounds = 0;
      for (int round = 1; ; round++) {
        plainRounds += moved ? 0 : 1;
        List<double[]> end = round(start);
        double[] g = flat(end);
        double[] f = difference(g, flat(start));
        double residual = largest(f);
        if (residual < tolerance || round == rounds) {
          return new AndersonPhase(end, round * groups.size(), plainRounds, residual);
        }
        start = unflat(next(new Round(g, f), clip), start);
      }
    }

    private List<double[]> round(List<double[]> start) {
      List<double[]> state = start;
      for (List<Layer> group : groups) {
        transition.set(state, 0);
        transition.step();
        List<double[]> stepped = new ArrayList<>(state);
        for (Layer layer : group) {
          stepped.set(layer.index(), transition.state().get(layer.index()));
        }
        state = stepped;
      }
      return state;
    }

    private double[] next(Round newest, boolean clip) {
      if (moved && !(dot(newest.f, newest.f) <= dot(kept.get(0).f, kept.get(0).f))) {
        patience = Math.max(2, 2 * patience);
        plain = patience - 1;
        successes = 0;
        moved = false;
        kept.subList(1, kept.size()).clear();
        return kept.get(0).g;
      }
      successes = moved ? successes + 1 : 0;
      patience = successes >= memory ? 0 : patience;
      moved = false;
      kept.add(0, newest);
      if (kept.size() > memory + 1) {
        kept.remove(memory + 1);
      }
      if (plain > 0) {
        plain--;
        return newest.g;
      }
      return mix(newest, clip);
    }

    /**
     * Takes from g and f, column by column, the multiple of f_j − f_k that makes f shortest, the
     * columns made orthogonal first and the g_j − g_k changed alike.
     */
    private double[] mix(Round newest, boolean clip) {
      double[] g = newest.g.clone();
      List<Round> basis = new ArrayList<>();
      for (int j = 1; j < kept.size(); j++) {
        double[] column = difference(kept.get(j).f, newest.f);
        double[] direction = difference(kept.get(j).g, newest.g);
        double length = Math.sqrt(dot(column, column));
        for (int again = 0; again < 2; again++) {
          for (Round other : basis) {
            double share = dot(column, other.f);
            add(-share, other.f, column);
            add(-share, other.g, direction);
          }
        }
        double rest = Math.sqrt(dot(column, column));
        if (rest > LEAST_SHARE * length && rest < Double.POSITIVE_INFINITY) {
          scale(1 / rest, column);
          scale(1 / rest, direction);
          basis.add(new Round(direction, column));
        }
      }
      for (Round other : basis) {
        add(-dot(newest.f, other.f), other.g, g);
      }
      moved = !basis.isEmpty();
      for (int i = 0; moved && clip && i < g.length; i++) {
        g[i] = Math.min(Math.max(g[i], 0), 1);
      }
      return g;
    }
  }

  private static double[] flat(List<double[]> layers) {
    double[] all = new double[layers.stream().mapToInt(layer -> layer.length).sum()];
    int first = 0;
    for (double[] layer : layers) {
      System.arraycopy(layer, 0, all, first, layer.length);
      first += layer.length;
    }
    return all;
  }

  private static List<double[]> unflat(double[] all, List<double[]> like) {
    List<double[]> layers = new ArrayList<>();
    int first = 0;
    for (double[] layer : like) {
      double[] own = new double[layer.length];
      System.arraycopy(all, first, own, 0, own.length);
      layers.add(own);
      first += own.length;
    }
    return layers;
  }

  private static double[] difference(double[] a, double[] b) {
    double[] out = new double[a.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] - b[i];
    }
    return out;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void add(double factor, double[] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] += factor * x[i];
    }
  }

  private static void scale(double factor, double[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] *= factor;
    }
  }
}
