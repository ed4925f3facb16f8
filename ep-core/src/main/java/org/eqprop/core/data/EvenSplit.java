package org.eqprop.core.data;

/** Chooses samples to hold out, such as those for a test. */
public final class EvenSplit {
  private EvenSplit() {}

  /**
   * Sorts the samples by class (stably) and marks {@code count} of them at even distances, so that
   * each class gives its share.
   *
   * @param labels the class of each sample, from 0 to {@code classes} − 1
   * @param classes number of classes, at least 1
   * @param count samples to mark, from 0 to all
   * @return for each sample whether it is held out
   * @throws IllegalArgumentException if a label is no class, or {@code count} is out of range
   */
  public static boolean[] byClass(int[] labels, int classes, int count) {
    int size = labels.length;
    if (count < 0 || count > size) {
      throw new IllegalArgumentException(
          "Of " + size + " samples, 0 to " + size + " can be held out, not " + count + ".");
    }
    int[] sorted = sorted(labels, classes);
    boolean[] out = new boolean[size];
    for (int i = 0; i < size; i++) {
      out[sorted[i]] = (i + 1L) * count / size > (long) i * count / size;
    }
    return out;
  }

  private static int[] sorted(int[] labels, int classes) {
    int[] next = new int[Math.max(0, classes) + 1];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "Sample "
                + i
                + " has the label "
                + labels[i]
                + ", but there are "
                + classes
                + " classes.");
      }
      next[labels[i] + 1]++;
    }
    for (int c = 0; c < classes; c++) {
      next[c + 1] += next[c];
    }
    int[] sorted = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      sorted[next[labels[i]]++] = i;
    }
    return sorted;
  }
}
