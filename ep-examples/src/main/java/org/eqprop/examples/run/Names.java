package org.eqprop.examples.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that a user probably meant. */
public final class Names {
  private Names() {}

  /** A sentence's end that suggests the nearest of {@code names}: {@code " Did you mean 'x'?"}. */
  public static String suggestion(String given, Collection<String> names) {
    String nearest = nearest(given, names);
    return nearest == null ? "" : " Did you mean '" + nearest + "'?";
  }

  private static @Nullable String nearest(String given, Collection<String> names) {
    String low = given.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> distance(low, name) <= Math.max(2, name.length() / 2))
        .min(Comparator.comparingInt(name -> distance(low, name)))
        .orElse(null);
  }

  /** Levenshtein's distance: insertions, deletions and replacements from one to the other. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(row[j - 1], previous[j]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
