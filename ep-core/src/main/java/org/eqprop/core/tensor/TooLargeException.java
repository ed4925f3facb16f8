package org.eqprop.core.tensor;

/** An array that no JVM can make was asked for; the message is one sentence. */
public final class TooLargeException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  /**
   * {@return the length of an array of {@code rows} × {@code columns} numbers}
   *
   * @param rows number of rows
   * @param columns number of columns
   * @throws TooLargeException if there is no such array
   */
  public static int length(int rows, int columns) {
    long length = (long) rows * columns;
    if (length > Integer.MAX_VALUE - 8) {
      throw new TooLargeException(rows, columns);
    }
    return (int) length;
  }

  TooLargeException(int rows, int columns) {
    super(
        "An array of "
            + rows
            + " x "
            + columns
            + " numbers is too large; make the batch or the layers smaller.");
  }
}
