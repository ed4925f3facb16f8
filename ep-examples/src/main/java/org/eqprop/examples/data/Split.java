package org.eqprop.examples.data;

/** Chooses the samples to hold out. */
final class Split {

  private Split() {}

  /**
   * Sorts the samples by class (stably) and marks {@code count} of them at even distances.
   *
   * @return for each sample whether it is held out
   */
  static boolean[] evenlyByClass(Dataset set, int count) {
    int size = set.size();
    int[] byClass = sortedByClass(set);
    boolean[] out = new boolean[size];
    for (int i = 0; i < size; i++) {
      out[byClass[i]] = (i + 1L) * count / size > (long) i * count / size;
    }
    return out;
  }

  private static int[] sortedByClass(Dataset set) {
    int[] next = new int[set.classes() + 1];
    for (int i = 0; i < set.size(); i++) {
      next[set.label(i) + 1]++;
    }
    for (int c = 0; c < set.classes(); c++) {
      next[c + 1] += next[c];
    }
    int[] sorted = new int[set.size()];
    for (int i = 0; i < set.size(); i++) {
      sorted[next[set.label(i)]++] = i;
    }
    return sorted;
  }
}
