package org.eqprop.examples.run;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the name that a user probably meant. */
public final class Names {
  private Names() {}

  /** Names shorter than this are too short to be prefixes that say what is meant. */
  private static final int SHORTEST_PREFIX = 3;

  /**
   * A sentence's end that suggests one of {@code names}: {@code " Did you mean 'x'?"}. Suggested is
   * the shortest name that begins with what was given; else the longest that what was given begins
   * with; else the nearest, if it is no more than a letter in three away or has the same letters.
   * Otherwise nothing: a wrong suggestion is worse than none.
   */
  public static String suggestion(String given, Collection<String> names) {
    String probable = probable(given, names);
    return probable == null ? "" : " Did you mean '" + probable + "'?";
  }

  /**
   * The fault of a name that is none: what there is instead, and the nearest.
   *
   * @param what it is no name of: {@code method}
   */
  public static UsageException unknown(String what, String given, Collection<String> names) {
    return new UsageException(
        "There is no "
            + what
            + " '"
            + given
            + "'; choose one of "
            + String.join(", ", names)
            + "."
            + suggestion(given, names));
  }

  /** An entry of a configuration as the option that a user writes: {@code -T}, {@code --lr}. */
  public static String option(String name) {
    if (name.equals("momentum")) {
      return "--settle-momentum";
    }
    return name.length() == 1
        ? "-" + name.toUpperCase(Locale.ROOT)
        : "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** The name of a constant in options and files: in lower case, with hyphens. */
  static String id(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The constant with a name in options and files.
   *
   * @param setting what it is a value of
   * @throws UsageException in one sentence, if there is none
   */
  static <E extends Enum<E>> E constant(String setting, E[] constants, String name) {
    return constant(setting, constants, Names::id, name);
  }

  /** The same for constants that have names of their own. */
  public static <E> E constant(String setting, E[] constants, Function<E, String> id, String name) {
    List<String> names = Arrays.stream(constants).map(id).toList();
    Config.oneOf(setting, name, names);
    return constants[names.indexOf(name)];
  }

  private static @Nullable String probable(String given, Collection<String> names) {
    String low = plain(given);
    if (low.isEmpty()) {
      return null;
    }
    Comparator<String> shortest = Comparator.comparingInt(String::length);
    return names.stream()
        .filter(name -> low.length() >= SHORTEST_PREFIX && plain(name).startsWith(low))
        .min(shortest)
        .or(
            () ->
                names.stream()
                    .filter(name -> plain(name).length() >= SHORTEST_PREFIX)
                    .filter(name -> low.startsWith(plain(name)))
                    .max(shortest))
        .or(
            () ->
                names.stream()
                    .filter(name -> isNear(low, plain(name)))
                    .min(Comparator.comparingInt(name -> distance(low, plain(name)))))
        .orElse(null);
  }

  /** Without hyphens before it, a value after it, and capitals. */
  private static String plain(String name) {
    return name.replaceFirst("^-+", "").replaceFirst("=.*", "").toLowerCase(Locale.ROOT);
  }

  private static boolean isNear(String given, String name) {
    return distance(given, name) <= tolerance(given, name) || sameLetters(given, name);
  }

  /** Whether two longer words have the same letters and begin alike: {@code bttp} and bptt. */
  private static boolean sameLetters(String given, String name) {
    return given.length() > SHORTEST_PREFIX
        && name.length() == given.length()
        && given.charAt(0) == name.charAt(0)
        && Arrays.equals(given.chars().sorted().toArray(), name.chars().sorted().toArray());
  }

  private static int tolerance(String given, String name) {
    int letters = Math.min(given.length(), name.length());
    // Of one letter none is right after a change, except that a capital was written.
    return letters < 2 ? 0 : Math.max(1, letters / 3);
  }

  /**
   * The distance of Damerau and Levenshtein: insertions, deletions, replacements, and exchanges of
   * neighbours, from one to the other.
   */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        d[i][j] =
            Math.min(d[i - 1][j - 1] + (same ? 0 : 1), Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
