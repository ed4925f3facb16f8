package org.eqprop.core.learn;

import java.util.Objects;
import org.eqprop.core.network.Network;

/** A learning rate for each connection and how they change over the updates. */
public final class LearningRates {
  private final double[] base;
  private final RateSchedule schedule;
  private final double updatesPerEpoch;
  private double factor = 1;

  /**
   * Rates that stay.
   *
   * @param base one rate for each connection, output side first, then that of the read-out if there
   *     is one
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public LearningRates(double... base) {
    this(RateSchedule.CONSTANT, 1, base);
  }

  /**
   * Rates that follow a schedule.
   *
   * @param schedule the factor on all rates
   * @param updatesPerEpoch above 0
   * @param base one rate for each connection, output side first, then that of the read-out if there
   *     is one
   * @throws IllegalArgumentException if a value is out of its range
   */
  public LearningRates(RateSchedule schedule, double updatesPerEpoch, double... base) {
    if (!(updatesPerEpoch > 0 && updatesPerEpoch < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "An epoch has " + updatesPerEpoch + " updates; it must be above 0 and finite.");
    }
    for (int i = 0; i < base.length; i++) {
      if (!(base[i] >= 0 && base[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "Learning rate " + i + " is " + base[i] + "; it must be at least 0 and finite.");
      }
    }
    this.base = base.clone();
    this.schedule = Objects.requireNonNull(schedule, "schedule");
    this.updatesPerEpoch = updatesPerEpoch;
  }

  /** {@return the same rates, for another network's updates} */
  public LearningRates copy() {
    return new LearningRates(schedule, updatesPerEpoch, base);
  }

  /**
   * Checks that there is a rate for each connection.
   *
   * @param network the network that is to learn
   * @throws IllegalArgumentException if not
   */
  public void requireFit(Network network) {
    int connections = network.trainables().size();
    if (base.length != connections) {
      throw new IllegalArgumentException(
          (base.length == 1 ? "There is 1 learning rate" : "There are " + base.length + " rates")
              + ", but the network has "
              + connections
              + (connections == 1 ? " connection" : " connections")
              + ", a read-out included; give one rate for each.");
    }
  }

  /**
   * Takes the schedule's factor for an update.
   *
   * @param step number of updates before this one, from 0
   */
  public void begin(long step) {
    factor = schedule.factor(step / updatesPerEpoch);
  }

  /**
   * {@return the rate of connection number {@code c} in this update}
   *
   * @param c number of the connection, from 0
   */
  public float rate(int c) {
    return (float) (base[c] * factor);
  }
}
