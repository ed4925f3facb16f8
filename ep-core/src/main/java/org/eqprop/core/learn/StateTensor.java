package org.eqprop.core.learn;

import org.eqprop.core.network.Parameter;

/**
 * What an optimizer remembers for each element of a parameter, such as a mean of gradients: an
 * array in the parameter's own layout, zero at first.
 */
public final class StateTensor {
  private final String name;
  private final Parameter parameter;
  private final float[] data;

  /**
   * Zeros for a parameter.
   *
   * @param what the part of the name before the parameter's: {@code momentum}
   * @param parameter the parameter that it belongs to
   */
  public StateTensor(String what, Parameter parameter) {
    this.name = what + "." + parameter.name();
    this.parameter = parameter;
    this.data = new float[parameter.data().length];
  }

  /** {@return the name in files: {@code momentum.weight.0}} */
  public String name() {
    return name;
  }

  /** {@return the parameter that this belongs to} */
  public Parameter parameter() {
    return parameter;
  }

  /** {@return the values, in the layout of {@link Parameter#data()}; shared, not a copy} */
  public float[] data() {
    return data;
  }

  /**
   * Sets the values from row-major {@code values} of the parameter's shape.
   *
   * @param values row-major
   */
  public void read(float[] values) {
    parameter.scatter(values, data);
  }

  /** {@return the values, row-major} */
  public float[] write() {
    return parameter.gather(data);
  }
}
