package org.eqprop.core.network;

/**
 * Reproducible random numbers: SplitMix64 started from (seed, stream, index).
 *
 * <p>There is no hidden state to save: the order of epoch 7 is a function of the seed and 7, which
 * is what makes a resumed run equal to an uninterrupted one.
 */
public final class Randomness {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  /** What the numbers are for; streams do not overlap in practice. */
  public enum Stream {
    /** Initial weights and biases, one index a connection. */
    PARAMETERS(1),
    /** The order of the samples, one index an epoch. */
    ORDER(2),
    /** The sign of β in the random-sign estimate, one index an update. */
    SIGN(3),
    /** Samples held out for validation. */
    VALIDATION(4),
    /** Everything that is only looked at: which neurons and synapses are plotted. */
    CHOICE(5),
    /** Random directions of gradient estimates, one index an estimate of a sample. */
    DIRECTION(6),
    /** Changes of images, one index a sample and epoch. */
    AUGMENTATION(7);

    private final int id;

    Stream(int id) {
      this.id = id;
    }
  }

  /**
   * The numbers of one (seed, stream, index).
   *
   * @param seed the same seed, stream and index give the same numbers
   * @param stream what the numbers are for
   * @param index number of the sequence within the stream
   */
  public Randomness(long seed, Stream stream, long index) {
    state = start(seed, stream, index);
  }

  /**
   * Starts anew, without allocating.
   *
   * @param seed the same seed, stream and index give the same numbers
   * @param stream what the numbers are for
   * @param index number of the sequence within the stream
   */
  public void restart(long seed, Stream stream, long index) {
    state = start(seed, stream, index);
  }

  private static long start(long seed, Stream stream, long index) {
    return mix(mix(mix(seed + GOLDEN) + stream.id) + index);
  }

  /** {@return 64 random bits} */
  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /**
   * Uniform in [0, 1), a multiple of 2⁻⁵³.
   *
   * @return the number
   */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /**
   * Uniform in [0, bound), by multiplication; the bias is below 2⁻³¹.
   *
   * @param bound above 0
   * @return the number
   */
  public int nextInt(int bound) {
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /**
   * Fills {@code order} with a random permutation of 0 … length − 1.
   *
   * @param order put into a random order
   */
  public void permute(int[] order) {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int i = order.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
