package org.eqprop.core.network;

/**
 * Sets the parameters of a network before training.
 *
 * <p>Values depend on nothing but the seed, the position of the connection in the network, the
 * shapes and the gain: not on the kernels, the threads or the machine.
 */
@FunctionalInterface
public interface Initialiser {
  /**
   * Fills in the values of one parameter.
   *
   * @param owner the connection or read-out that has the parameter
   * @param parameter what the values are for
   * @param gain factor of the weights, above 0 and finite; biases do not change with it
   * @param random the owner's own stream of numbers, which its parameters read one after the other
   * @param values all values, row-major, of {@link Parameter#shape()}; all zero on entry, modified
   */
  void fill(Trainable owner, Parameter parameter, double gain, Randomness random, float[] values);
}
