package org.eqprop.examples.data;

import java.util.Arrays;
import org.eqprop.core.data.EvenSplit;
import org.eqprop.core.network.Randomness;

/**
 * Puts samples into a random order and holds some of them out: a function of the seed, with the
 * same share of each class.
 */
final class SeededSplit {
  private final int[] train;
  private final int[] test;

  /**
   * A split.
   *
   * @param train numbers of the samples to learn from
   * @param test numbers of the samples held out
   */
  SeededSplit(int[] train, int[] test) {
    this.train = train;
    this.test = test;
  }

  /** Numbers of the samples to learn from, in random order; not a copy. */
  int[] train() {
    return train;
  }

  /** Numbers of the samples held out, in random order; not a copy. */
  int[] test() {
    return test;
  }

  /**
   * Splits.
   *
   * @param classOf the class of each sample, from 0
   * @param classes number of classes
   * @param share of the samples to hold out; at least one is, and at least one is not
   * @throws IllegalArgumentException if there are less than two samples
   */
  static SeededSplit of(int[] classOf, int classes, double share, long seed) {
    int size = classOf.length;
    if (size < 2) {
      throw new IllegalArgumentException(size + " samples cannot be split");
    }
    int count = Math.clamp(Math.round(share * size), 1, size - 1);
    int[] order = order(size, seed);
    int[] shuffled = Arrays.stream(order).map(i -> classOf[i]).toArray();
    boolean[] out = EvenSplit.byClass(shuffled, classes, count);
    int[] train = new int[size - count];
    int[] test = new int[count];
    int k = 0;
    int h = 0;
    for (int i = 0; i < size; i++) {
      if (out[i]) {
        test[h++] = order[i];
      } else {
        train[k++] = order[i];
      }
    }
    return new SeededSplit(train, test);
  }

  /** A random order of so many samples. */
  static int[] order(int size, long seed) {
    int[] order = new int[size];
    new Randomness(seed, Randomness.Stream.VALIDATION, 0).permute(order);
    return order;
  }
}
