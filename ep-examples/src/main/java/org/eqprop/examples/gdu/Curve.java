package org.eqprop.examples.gdu;

/** Both processes of one neuron or synapse. */
final class Curve {
  private final String of;
  private final String element;
  private final double[] bptt;
  private final double[] ep;

  /**
   * Processes of K steps, zero until they are filled.
   *
   * @param of the label of the layer or weight
   * @param element its place there: a neuron's number, or "target,source"
   */
  Curve(String of, String element, int steps) {
    this.of = of;
    this.element = element;
    this.bptt = new double[steps];
    this.ep = new double[steps];
  }

  /** The label of its layer or weight. */
  String of() {
    return of;
  }

  /** Its place there: a neuron's number, or "target,source". */
  String element() {
    return element;
  }

  /** −∇(t), t = 0 … K − 1; shared, not a copy. */
  double[] bptt() {
    return bptt;
  }

  /** Δ(t); shared, not a copy. */
  double[] ep() {
    return ep;
  }
}
