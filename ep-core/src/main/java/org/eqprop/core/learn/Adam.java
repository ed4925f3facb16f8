package org.eqprop.core.learn;

import org.eqprop.core.internal.machine.Fma;
import org.eqprop.core.network.Network;

/**
 * Adam (Kingma and Ba 2015): m ← m + (1−β₁)(ΔW − m), v ← v + (1−β₂)(ΔW² − v), then W ← W +
 * rate·(m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε), where t counts updates from 1 and m = v = 0 at first.
 */
public final class Adam implements Optimizer {
  /** The name in options. */
  public static final String NAME = "adam";

  /** The paper's β₁. */
  public static final double BETA1 = 0.9;

  /** The paper's β₂. */
  public static final double BETA2 = 0.999;

  /** The paper's ε. */
  public static final double EPSILON = 1e-8;

  private final LearningRates rates;
  private final double beta1;
  private final double beta2;
  private final double epsilon;

  /**
   * The rule with the paper's β₁, β₂ and ε.
   *
   * @param rates one learning rate for each connection, output side first
   */
  public Adam(LearningRates rates) {
    this(rates, BETA1, BETA2, EPSILON);
  }

  /**
   * The rule.
   *
   * @param rates one learning rate for each connection, output side first
   * @param beta1 β₁, from 0 to below 1
   * @param beta2 β₂, from 0 to below 1
   * @param epsilon ε, above 0 and finite
   * @throws IllegalArgumentException if one is out of its range
   */
  public Adam(LearningRates rates, double beta1, double beta2, double epsilon) {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "Adam's beta1 and beta2 are "
              + (beta1 + " and " + beta2)
              + "; both must be from 0 to below 1.");
    }
    if (!((float) epsilon > 0 && epsilon < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Adam's epsilon is " + epsilon + "; it must be above 0 and finite.");
    }
    this.rates = rates;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optimizer.Bound bind(Network network) {
    return new Bound(network, this);
  }

  /**
   * From this β on, a mean is moved by a share of its distance, as above; below, that would lose
   * what is small beside the old mean, so the two are weighed: β·m + (1−β)·ΔW.
   */
  private static final double MOVED = 0.5;

  private static final class Bound extends StatefulUpdates {
    private final Adam rule;

    /** 1 / (1 − β₁ᵗ), part of the rate. */
    private double firstCorrection;

    /** 1 / (1 − β₂ᵗ). */
    private float secondCorrection;

    Bound(Network network, Adam rule) {
      super(network, rule.rates, "mean", "square");
      this.rule = rule;
    }

    @Override
    public void begin(long step) {
      super.begin(step);
      firstCorrection = 1 / (1 - Math.pow(rule.beta1, step + 1.0));
      secondCorrection = (float) (1 / (1 - Math.pow(rule.beta2, step + 1.0)));
    }

    @Override
    protected void update(
        float rate, float[] g, float[][] remembered, float[] w, int from, int to) {
      float[] m = remembered[0];
      float[] v = remembered[1];
      float a = (float) (1 - rule.beta1);
      float b = (float) (1 - rule.beta2);
      float lessMean = rule.beta1 < MOVED ? 0f : 1f;
      float lessSquare = rule.beta2 < MOVED ? 0f : 1f;
      float oldMean = rule.beta1 < MOVED ? (float) rule.beta1 : 1f;
      float oldSquare = rule.beta2 < MOVED ? (float) rule.beta2 : 1f;
      float scale = secondCorrection;
      float epsilon = (float) rule.epsilon;
      float corrected = (float) (rate * firstCorrection);
      for (int i = from; i < to; i++) {
        float mean = Fma.fma(a, g[i] - lessMean * m[i], oldMean * m[i]);
        float change = Fma.fma(g[i], g[i], -(lessSquare * v[i]));
        float square = Fma.fma(b, change, oldSquare * v[i]);
        m[i] = mean;
        v[i] = square;
        float size = (float) Math.sqrt(square * scale) + epsilon;
        w[i] = Fma.fma(corrected, mean / size, w[i]);
      }
    }
  }
}
