package org.eqprop.bptt.tape;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A matrix-valued expression. Its value is computed when asked for, and computed anew only if a
 * leaf below it was set to something else in between: what does not depend on the changed leaves
 * (the drive of a clamped input) is computed once.
 */
public final class Node {
  private final Tape tape;
  private final int number;
  private final Operator operator;
  private final List<Node> inputs;
  private final int rows;
  private final int columns;
  private double @Nullable [] value;

  /** When the value last changed. */
  private long changed;

  /** When the value was last known to be up to date. */
  private long checked;

  Node(Tape tape, int number, Operator operator, int rows, int columns, List<Node> inputs) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException("A value of " + rows + " x " + columns + " is empty.");
    }
    this.tape = tape;
    this.number = number;
    this.operator = operator;
    this.inputs = inputs;
    this.rows = rows;
    this.columns = columns;
  }

  /** Position in the order of creation; inputs come before what is made of them. */
  int number() {
    return number;
  }

  Operator operator() {
    return operator;
  }

  List<Node> inputs() {
    return inputs;
  }

  Node input(int i) {
    return inputs.get(i);
  }

  /** {@return the number of rows: samples, or a parameter's first dimension} */
  public int rows() {
    return rows;
  }

  /** {@return the number of columns} */
  public int columns() {
    return columns;
  }

  /** {@return the number of elements} */
  public int size() {
    return rows * columns;
  }

  /** Whether it has the shape of {@code other}. */
  boolean fits(Node other) {
    return rows == other.rows && columns == other.columns;
  }

  /**
   * {@return the value, row-major} It is this node's own array: not to be modified, and overwritten
   * when the node is evaluated again.
   */
  public double[] value() {
    double[] result = value;
    if (result != null && checked == tape.now()) {
      return result;
    }
    boolean stale = result == null;
    if (result == null) {
      result = new double[size()];
      value = result;
    }
    for (int i = 0; i < inputs.size(); i++) {
      Node input = inputs.get(i);
      input.value();
      stale |= input.changed > changed;
    }
    if (stale && operator != Operator.Leaf.LEAF) {
      operator.evaluate(inputs, result);
      changed = tape.now();
    }
    checked = tape.now();
    return result;
  }

  /** {@return the value of a 1 × 1 node} */
  public double scalar() {
    if (size() != 1) {
      throw new IllegalStateException("This value is " + rows + " x " + columns + ", no scalar.");
    }
    return value()[0];
  }

  /**
   * Sets a leaf.
   *
   * @param values row-major, copied
   * @return whether that made a difference
   * @throws IllegalArgumentException if there are too few or too many
   * @throws IllegalStateException if this is no leaf
   */
  public boolean set(double... values) {
    if (operator != Operator.Leaf.LEAF) {
      throw new IllegalStateException("Only a leaf can be set.");
    }
    if (values.length != size()) {
      throw new IllegalArgumentException(
          values.length + " values were given for a leaf of " + rows + " x " + columns + ".");
    }
    double[] own = value();
    if (Arrays.equals(own, values)) {
      return false;
    }
    System.arraycopy(values, 0, own, 0, own.length);
    changed = tape.advance();
    checked = changed;
    return true;
  }

  @Override
  public String toString() {
    return operator + " (" + rows + " x " + columns + ")";
  }
}
