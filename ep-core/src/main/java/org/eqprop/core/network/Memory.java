package org.eqprop.core.network;

/**
 * What a connection remembers of its last bottom-up pass besides the state, one entry a sample: the
 * arg-max positions of a pooling. A dense connection remembers nothing.
 */
public interface Memory {
  /** Remembers nothing. */
  Memory NONE =
      new Memory() {
        @Override
        public void copy(Memory source, int from, int to) {}

        @Override
        public void swap(int one, int other) {}
      };

  /**
   * Copies the entries of samples {@code from} to {@code to} (exclusive) from another one.
   *
   * @param source copied from
   * @param from first row, inclusive
   * @param to last row, exclusive
   */
  void copy(Memory source, int from, int to);

  /**
   * Exchanges the entries of two samples.
   *
   * @param one a row
   * @param other another row
   */
  void swap(int one, int other);
}
