package org.eqprop.core.settle;

/** {@link Anderson} for one sample, the states of all its layers one after the other. */
final class AndersonSample {
  private final int units;
  private final int memory;

  /** g_k on entry of a move, the start of the next round on return. */
  private final float[] state;

  /** s_k, where the last round started. */
  private final float[] start;

  /** g_j of the last rounds, the newest first. */
  private final float[][] g;

  /** f_j of the last rounds, the newest first. */
  private final float[][] f;

  /** f_i·f_j. */
  private final double[][] gram;

  private final AndersonWeights weights;

  /** Rounds that are remembered. */
  private int rounds;

  private boolean started;

  /** Whether the last round started from a move. */
  private boolean moved;

  /** Moves in succession that made the residual smaller. */
  private int successes;

  /** Plain steps that a failure costs; 0 if there was none. */
  private int patience;

  /** Plain steps still to be made. */
  private int plain;

  AndersonSample(int units, int memory) {
    this.units = units;
    this.memory = memory;
    this.state = new float[units];
    this.start = new float[units];
    this.g = new float[memory + 1][units];
    this.f = new float[memory + 1][units];
    this.gram = new double[memory + 1][memory + 1];
    this.weights = new AndersonWeights(memory);
  }

  /** The state of all layers: to be filled with g_k before a move. */
  float[] state() {
    return state;
  }

  /** Forgets everything: a phase begins. */
  void begin() {
    started = false;
    moved = false;
    rounds = 0;
    successes = 0;
    patience = 0;
    plain = 0;
  }

  /**
   * Makes {@link #state} the start of the next round.
   *
   * @param clip whether states are clipped to [0, 1]
   * @return whether it changed
   */
  boolean move(boolean clip) {
    boolean change = started && next(clip);
    started = true;
    System.arraycopy(state, 0, start, 0, units);
    return change;
  }

  private boolean next(boolean clip) {
    double before = rounds > 0 ? gram[0][0] : 0;
    remember();
    if (moved && !(gram[0][0] <= before)) {
      goBack();
      return true;
    }
    successes = moved ? successes + 1 : 0;
    if (successes >= memory) {
      patience = 0;
    }
    moved = false;
    if (plain > 0) {
      plain--;
    } else if (weights.solve(gram, rounds - 1) > 0) {
      mix(clip);
      moved = true;
    }
    return moved;
  }

  /** Puts g_k and f_k in front of the rounds that are remembered. */
  private void remember() {
    float[] oldestG = g[memory];
    float[] oldestF = f[memory];
    for (int j = memory; j > 0; j--) {
      g[j] = g[j - 1];
      f[j] = f[j - 1];
      for (int i = memory; i > 0; i--) {
        gram[j][i] = gram[j - 1][i - 1];
      }
    }
    g[0] = oldestG;
    f[0] = oldestF;
    rounds = Math.min(rounds + 1, memory + 1);
    System.arraycopy(state, 0, oldestG, 0, units);
    for (int i = 0; i < units; i++) {
      oldestF[i] = state[i] - start[i];
    }
    for (int j = 0; j < rounds; j++) {
      gram[0][j] = dot(oldestF, f[j]);
      gram[j][0] = gram[0][j];
    }
  }

  /** The last move failed: back to where it came from, which is all that is remembered. */
  private void goBack() {
    patience = Math.max(2, 2 * patience);
    plain = patience - 1;
    successes = 0;
    moved = false;
    float[] failedG = g[0];
    float[] failedF = f[0];
    g[0] = g[1];
    f[0] = f[1];
    g[1] = failedG;
    f[1] = failedF;
    gram[0][0] = gram[1][1];
    rounds = 1;
    System.arraycopy(g[0], 0, state, 0, units);
  }

  private void mix(boolean clip) {
    float[] newest = g[0];
    for (int j = 1; j < rounds; j++) {
      float weight = (float) weights.gamma(j - 1);
      float[] older = g[j];
      for (int i = 0; i < units; i++) {
        state[i] += weight * (older[i] - newest[i]);
      }
    }
    if (clip) {
      for (int i = 0; i < units; i++) {
        state[i] = Math.min(Math.max(state[i], 0f), 1f);
      }
    }
  }

  /** The scalar product in double; four sums hide the latency of an addition. */
  private static double dot(float[] a, float[] b) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      sum0 += (double) a[i] * b[i];
      sum1 += (double) a[i + 1] * b[i + 1];
      sum2 += (double) a[i + 2] * b[i + 2];
      sum3 += (double) a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      sum0 += (double) a[i] * b[i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }
}
