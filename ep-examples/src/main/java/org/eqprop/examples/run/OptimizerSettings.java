package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eqprop.core.internal.machine.Float32;
import org.eqprop.core.learn.Adam;
import org.eqprop.core.learn.CoupledDecay;
import org.eqprop.core.learn.DecoupledDecay;
import org.eqprop.core.learn.LearningRates;
import org.eqprop.core.learn.MomentumSgd;
import org.eqprop.core.learn.NesterovSgd;
import org.eqprop.core.learn.Optimizer;
import org.eqprop.core.learn.Sgd;

/**
 * The optimizer and what it has of its own. A value that it does not use is 0.
 *
 * @param type which
 * @param momentum μ of momentum and nesterov, from 0 to below 1
 * @param beta1 Adam's β₁, from 0 to below 1
 * @param beta2 Adam's β₂, from 0 to below 1
 * @param epsilon Adam's ε, above 0
 * @param weightDecay λ, at least 0
 * @param decay where the weight decay acts
 */
public record OptimizerSettings(
    @JsonProperty("optimizer") OptimizerType type,
    @JsonProperty("optimizer-momentum") double momentum,
    @JsonProperty("adam-beta1") double beta1,
    @JsonProperty("adam-beta2") double beta2,
    @JsonProperty("adam-epsilon") double epsilon,
    @JsonProperty("weight-decay") double weightDecay,
    @JsonProperty("decay") DecayType decay) {
  /** Gradient descent. */
  static final OptimizerSettings SGD = of(OptimizerType.SGD);

  private static final double MOMENTUM = 0.9;

  /** The weight decay of AdamW unless another is given (Loshchilov and Hutter's program). */
  private static final double ADAMW_DECAY = 0.01;

  /**
   * Checked.
   *
   * @throws UsageException in one sentence, if a value is out of range or the optimizer does not
   *     use it
   */
  public OptimizerSettings {
    if (type.hasMomentum()) {
      share("optimizer-momentum", momentum);
    } else {
      unused("optimizer-momentum", momentum, type, "momentum or nesterov");
    }
    if (type.isAdam()) {
      share("adam-beta1", beta1);
      share("adam-beta2", beta2);
      if (!((float) epsilon > 0 && (float) epsilon < Float.POSITIVE_INFINITY)) {
        throw new UsageException("adam-epsilon is " + epsilon + "; it must be above 0 and finite.");
      }
    } else {
      unused("adam-beta1", beta1, type, "adam or adamw");
      unused("adam-beta2", beta2, type, "adam or adamw");
      unused("adam-epsilon", epsilon, type, "adam or adamw");
    }
    if (!(weightDecay >= 0 && (float) weightDecay < Float.POSITIVE_INFINITY)) {
      throw new UsageException(
          "weight-decay is " + weightDecay + "; it must be at least 0 and finite.");
    }
    if (type == OptimizerType.ADAMW && decay == DecayType.COUPLED) {
      throw new UsageException(
          "decay is coupled, but the weight decay of adamw is always decoupled; choose the"
              + " optimizer adam instead.");
    }
    if (type != OptimizerType.ADAMW && decay == DecayType.DECOUPLED && weightDecay == 0) {
      throw new UsageException(
          "decay is decoupled, but there is no weight decay; give weight-decay too.");
    }
  }

  private static void share(String name, double value) {
    if (!(value >= 0 && (float) value < 1)) {
      throw new UsageException(
          name + " is " + Float32.text(value) + "; it must be at least 0 and below 1.");
    }
  }

  private static void unused(String name, double value, OptimizerType type, String users) {
    if (value != 0) {
      throw new UsageException(
          name
              + " is "
              + value
              + ", but the optimizer "
              + type
              + " does not use it; leave it out, or choose "
              + users
              + ".");
    }
  }

  /** The usual settings of an optimizer. */
  static OptimizerSettings of(OptimizerType type) {
    boolean adam = type.isAdam();
    boolean adamw = type == OptimizerType.ADAMW;
    return new OptimizerSettings(
        type,
        type.hasMomentum() ? MOMENTUM : 0,
        adam ? Adam.BETA1 : 0,
        adam ? Adam.BETA2 : 0,
        adam ? Adam.EPSILON : 0,
        adamw ? ADAMW_DECAY : 0,
        adamw ? DecayType.DECOUPLED : DecayType.COUPLED);
  }

  /** The optimizer with its learning rates. */
  Optimizer optimizer(LearningRates rates) {
    Optimizer rule =
        switch (type) {
          case SGD -> new Sgd(rates);
          case MOMENTUM -> new MomentumSgd(rates, momentum);
          case NESTEROV -> new NesterovSgd(rates, momentum);
          case ADAM, ADAMW -> new Adam(rates, beta1, beta2, epsilon);
        };
    if (weightDecay == 0) {
      return rule;
    }
    return decay == DecayType.COUPLED
        ? new CoupledDecay(rule, weightDecay)
        : new DecoupledDecay(rule, weightDecay);
  }

  /** The optimizer for people: {@code adamw, weight decay 0.01 decoupled}. */
  public String description() {
    String name = type.hasMomentum() ? type + " " + momentum : type.id();
    return weightDecay == 0 ? name : name + ", weight decay " + weightDecay + " " + decay;
  }
}
