package org.eqprop.bptt.tape;

import java.util.List;

/**
 * A complex matrix as two expressions of one shape on the same tape.
 *
 * @param re the real part
 * @param im the imaginary part; the constant 0 if the value is known to be real
 */
public record ComplexNode(Node re, Node im) {
  /** A value of two parts. */
  public ComplexNode {
    if (!re.fits(im)) {
      throw new IllegalArgumentException("The parts " + re + " and " + im + " do not fit.");
    }
  }

  /** {@return whether the imaginary part is known to be zero when the expression is built} */
  public boolean real() {
    return Constant.is(im, 0);
  }

  /** {@return the number of rows} */
  public int rows() {
    return re.rows();
  }

  /** {@return the number of columns} */
  public int columns() {
    return re.columns();
  }

  /** Whether all of {@code values} are known to be real. */
  static boolean real(List<ComplexNode> values) {
    return values.stream().allMatch(ComplexNode::real);
  }
}
