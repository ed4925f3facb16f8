package org.eqprop.examples.data;

/** Hears how a download goes, from the thread that downloads. */
public interface Progress {

  /** Ignores everything. */
  Progress NONE =
      new Progress() {
        @Override
        public void start(String what, long totalBytes) {}

        @Override
        public void advance(long bytes) {}

        @Override
        public void done() {}
      };

  /**
   * A file begins.
   *
   * @param what its name
   * @param totalBytes its length
   */
  void start(String what, long totalBytes);

  /**
   * A piece has arrived.
   *
   * @param bytes the length of this piece, not the sum so far
   */
  void advance(long bytes);

  /** The file has ended, well or not; called once after each {@link #start}. */
  void done();
}
