package org.eqprop.core.network;

import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.tensor.Shape;

/**
 * A weight or bias tensor and its gradient, both in the connection's own layout.
 *
 * <p>{@link #data()} and {@link #gradient()} have the same layout, so that an optimizer can treat
 * them as flat arrays; {@link #read} and {@link #write} convert from and to the paper's row-major
 * shape. Tile t of the connection owns positions {@code start(t)} to {@code start(t + 1)} of both.
 */
public final class Parameter {
  private final String name;
  private final Role role;
  private final Shape shape;
  private final float[] data;
  private final float[] gradient;
  private final Layout layout;
  private final int[] starts;

  /** What a parameter is to its connection. */
  public enum Role {
    /** Multiplies what passes through. */
    WEIGHT,
    /** Is added to the target's input. */
    BIAS
  }

  /** Where the element with a given row-major position lies in the data. */
  @FunctionalInterface
  public interface Layout {
    /**
     * {@return the position in {@link Parameter#data()} of the element at {@code rowMajor}}
     *
     * @param rowMajor row-major position, from 0
     */
    int index(int rowMajor);
  }

  /**
   * A parameter over existing arrays.
   *
   * @param role weight or bias
   * @param name as in files: {@code weight.0}, {@code bias.0}
   * @param shape the paper's: [size n, size n+1] for a weight, [size n] for a bias
   * @param data the values, in the layout
   * @param gradient as long as the data, in the same layout
   * @param layout where row-major elements lie
   * @param starts start of each tile's range, and the end of the last one
   */
  public Parameter(
      Role role,
      String name,
      Shape shape,
      float[] data,
      float[] gradient,
      Layout layout,
      int[] starts) {
    this.role = role;
    this.name = name;
    this.shape = shape;
    this.data = data;
    this.gradient = gradient;
    this.layout = layout;
    this.starts = starts.clone();
  }

  /** {@return whether it is a weight or a bias} */
  public Role role() {
    return role;
  }

  /** {@return the name in files} */
  public String name() {
    return name;
  }

  /** {@return the paper's shape, row-major} */
  public Shape shape() {
    return shape;
  }

  /** {@return the values; shared, not a copy} */
  public float[] data() {
    return data;
  }

  /** {@return the direction of descent, filled by a gradient estimator; shared, not a copy} */
  public float[] gradient() {
    return gradient;
  }

  /**
   * {@return the first position of tile {@code tile}'s range; for the number of tiles, the end of
   * the last}
   *
   * @param tile number of a tile, from 0
   */
  public int start(int tile) {
    return starts[tile];
  }

  /**
   * Ends a gradient that was stored: if the sink is a {@link Sink.Axpy}, positions {@code from} to
   * {@code to} (exclusive) of the values change by rate · gradient.
   *
   * @param k the kernels to calculate with
   * @param from first position, inclusive
   * @param to last position, exclusive
   * @param sink where the gradient goes
   */
  public void drain(Kernels k, int from, int to, Sink sink) {
    if (sink instanceof Sink.Axpy axpy) {
      k.axpy(axpy.rate(), gradient, data, from, to);
    }
  }

  /**
   * Sets the values from row-major {@code values} of {@link #shape()}.
   *
   * @param values row-major, as many as the shape has
   * @throws IllegalArgumentException if there is another number of them
   */
  public void read(float[] values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          name + " has " + shape.size() + " values, but " + values.length + " are given.");
    }
    scatter(values, data);
  }

  /** {@return the values, row-major} */
  public float[] write() {
    return gather(data);
  }

  /** {@return the gradient, row-major} */
  public float[] writeGradient() {
    return gather(gradient);
  }

  /**
   * Brings row-major {@code values} of {@link #shape()} into the layout of {@link #data()}.
   *
   * @param values row-major, as many as the shape has
   * @param into as long as the data
   */
  public void scatter(float[] values, float[] into) {
    for (int i = 0; i < shape.size(); i++) {
      into[layout.index(i)] = values[i];
    }
  }

  /**
   * {@return the elements of an array in the layout of {@link #data()}, row-major}
   *
   * @param from as long as the data
   */
  public float[] gather(float[] from) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = from[layout.index(i)];
    }
    return values;
  }
}
