package org.eqprop.core.kernel;

/**
 * Where a gradient goes when it is computed: it is stored, added to what is stored, or added to the
 * parameter right away. All three give the bits of storing first and adding then.
 */
public sealed interface Sink {
  /** The gradient replaces what is stored. */
  Sink STORE = Stored.STORE;

  /** The gradient is added to what is stored. */
  Sink ADD = Stored.ADD;

  /** Sinks that leave the gradient in its own memory. */
  enum Stored implements Sink {
    /** {@link Sink#STORE}. */
    STORE,
    /** {@link Sink#ADD}. */
    ADD
  }

  /**
   * The parameter changes by rate · gradient, by fused multiply-add. The memory of the gradient is
   * scratch: its values are undefined afterwards.
   *
   * <p>One thread sets the rate while no other one uses the sink.
   */
  final class Axpy implements Sink {
    private float rate;

    /**
     * A sink with a rate.
     *
     * @param rate what the gradient is multiplied by
     */
    public Axpy(float rate) {
      this.rate = rate;
    }

    /** {@return what the gradient is multiplied by} */
    public float rate() {
      return rate;
    }

    /**
     * Sets what the gradient is multiplied by.
     *
     * @param value the factor
     */
    public void setRate(float value) {
      rate = value;
    }
  }
}
