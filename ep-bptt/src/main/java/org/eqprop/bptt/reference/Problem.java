package org.eqprop.bptt.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.tensor.Shape;

/**
 * A network with float64 parameters and a batch of samples. The network's own float32 parameters
 * are not looked at again.
 */
public final class Problem {
  private final Network network;
  private final List<double[]> parameters;
  private final double[] x;
  private final double[] y;
  private final Force force;

  private Problem(Network network, List<double[]> parameters, double[] x, double[] y, Force force) {
    this.network = network;
    this.parameters = parameters;
    this.x = x;
    this.y = y;
    this.force = force;
    int batch = batch();
    check("x", x, batch * network.input().size());
    check("y", y, batch * network.cost().classes());
    List<Parameter> shapes = parameters(network);
    for (int p = 0; p < shapes.size(); p++) {
      check(shapes.get(p).name(), parameters.get(p), shapes.get(p).shape().size());
    }
  }

  /**
   * {@return a problem whose parameters are given by name ({@code weight.0}), row-major in the
   * paper's shapes}
   *
   * @param network the network
   * @param parameters row-major values by name
   * @param x the inputs, samples × size, row-major
   * @param y the targets, samples × size, row-major
   * @throws IllegalArgumentException if sizes do not fit
   */
  public static Problem of(
      Network network, Function<String, double[]> parameters, double[] x, double[] y) {
    List<double[]> values = new ArrayList<>();
    for (Parameter parameter : parameters(network)) {
      values.add(parameters.apply(parameter.name()).clone());
    }
    return new Problem(network, List.copyOf(values), x.clone(), y.clone(), Force.DERIVED);
  }

  /**
   * {@return a problem with the network's own parameters, widened to float64}
   *
   * @param network the network
   * @param x inputs, samples × size, row-major
   * @param y targets, samples × size, row-major
   */
  public static Problem of(Network network, double[] x, double[] y) {
    List<double[]> values = new ArrayList<>();
    for (Parameter parameter : parameters(network)) {
      values.add(widen(parameter.write()));
    }
    return new Problem(network, List.copyOf(values), x.clone(), y.clone(), Force.DERIVED);
  }

  /** The same problem with another force on the units. */
  Problem with(Force other) {
    return new Problem(network, parameters, x, y, other);
  }

  /**
   * {@return the problem of samples {@code from} to {@code to} (exclusive) alone}
   *
   * @param from first sample, inclusive
   * @param to last sample, exclusive
   */
  public Problem samples(int from, int to) {
    int in = network.input().size();
    int out = network.cost().classes();
    return new Problem(
        network,
        parameters,
        Arrays.copyOfRange(x, from * in, to * in),
        Arrays.copyOfRange(y, from * out, to * out),
        force);
  }

  /**
   * {@return all parameters of a network in the order in which lists of them are kept here}
   *
   * @param network the network
   */
  public static List<Parameter> parameters(Network network) {
    return network.parameters();
  }

  /** {@return the network} */
  public Network network() {
    return network;
  }

  /** {@return the number of samples B} */
  public int batch() {
    return y.length / network.cost().classes();
  }

  /** {@return a state of zeros, where every free phase starts} */
  public List<double[]> zeroState() {
    List<double[]> state = new ArrayList<>();
    for (Layer layer : network.layers().subList(0, network.depth())) {
      state.add(new double[batch() * layer.size()]);
    }
    return List.copyOf(state);
  }

  List<double[]> parameters() {
    return parameters;
  }

  /** {@return the values of all parameters, in their order, row-major; not to be modified} */
  public List<double[]> parameterValues() {
    return parameters;
  }

  /** {@return the inputs, samples × size, row-major; not to be modified} */
  public double[] x() {
    return x;
  }

  /** {@return the targets, samples × size, row-major; not to be modified} */
  public double[] y() {
    return y;
  }

  Force force() {
    return force;
  }

  /** Rows of the matrix that stands for a parameter of this shape: a bias is one row. */
  static int rows(Shape shape) {
    return shape.rank() == 1 ? 1 : shape.dimension(0);
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static void check(String name, double[] values, int size) {
    if (values.length != size || size == 0) {
      throw new IllegalArgumentException(
          name + " has " + values.length + " values; the network and batch need " + size + ".");
    }
  }
}
