package org.eqprop.bptt.replay;

/** The kinds of tensors in a reference file. */
public enum Group {
  /** States of the free phase. */
  FREE_STATES("free states"),
  /** States of the nudged phase. */
  NUDGED_STATES("nudged states"),
  /** The update of equilibrium propagation after K nudged steps. */
  EP_UPDATE("EP update"),
  /** ∂L/∂s(T−t). */
  BPTT_NEURONS("BPTT neuron gradients"),
  /** Sums of ∂L/∂W(T−t). */
  BPTT_WEIGHTS("BPTT cumulated weight gradients"),
  /** −Δs(t). */
  EP_NEURONS("EP neuron updates"),
  /** Sums of −ΔW(t). */
  EP_WEIGHTS("EP cumulated weight updates"),
  /** What the authors plot. */
  REL_MSE("RelMSE");

  private final String title;

  Group(String title) {
    this.title = title;
  }

  /** {@return a heading for tables} */
  public String title() {
    return title;
  }
}
