package org.eqprop.examples.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * Names of other programs for names of ours.
 *
 * @param theirs by ours
 */
public record Renaming(Map<String, String> theirs) {
  /** Copies the map. */
  public Renaming {
    theirs = Map.copyOf(theirs);
  }

  /**
   * Reads pairs such as {@code weight.0=2.weight}.
   *
   * @param pairs null for none
   * @throws UsageException if one is no pair, or a name is there twice
   */
  public static Renaming of(@Nullable List<String> pairs) {
    Map<String, String> theirs = new LinkedHashMap<>();
    for (String pair : pairs == null ? List.<String>of() : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1 || equals == pair.length() - 1) {
        throw new UsageException(
            "--names has '" + pair + "'; write OURS=THEIRS, as in weight.0=2.weight.");
      }
      if (theirs.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
        throw new UsageException(
            "--names has " + pair.substring(0, equals) + " twice; give it once.");
      }
    }
    return new Renaming(theirs);
  }

  /** Their name of one of ours; the same if none was given. */
  String of(String ours) {
    return theirs.getOrDefault(ours, ours);
  }

  /**
   * The same arrays under their names.
   *
   * @throws UsageException if a name is no array's
   */
  public List<NamedArray> apply(List<NamedArray> arrays) {
    List<String> names = arrays.stream().map(NamedArray::name).toList();
    for (String ours : theirs.keySet()) {
      if (!names.contains(ours)) {
        throw new UsageException(
            "--names has '" + ours + "', but there are " + String.join(", ", names) + ".");
      }
    }
    List<NamedArray> renamed = new ArrayList<>();
    arrays.forEach(array -> renamed.add(array.named(of(array.name()))));
    return renamed;
  }
}
