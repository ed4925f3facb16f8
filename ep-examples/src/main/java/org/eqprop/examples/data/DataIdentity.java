package org.eqprop.examples.data;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What data is, whatever it is called and wherever it lies.
 *
 * @param path the absolute path of its folder; empty for data that is part of the program
 * @param parts what it consists of: a name such as {@code training labels}, and the SHA-256 of that
 *     file's unpacked content in lower-case hexadecimal digits
 */
public record DataIdentity(String path, Map<String, String> parts) {
  /** An identity whose parts are copied. */
  public DataIdentity {
    parts = Map.copyOf(parts);
  }

  /**
   * Returns one digest of all parts.
   *
   * @return the SHA-256 of a line {@code name, space, digest} for each part, in order of the names
   */
  public String sha256() {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(parts)
        .forEach((name, digest) -> lines.append(name).append(' ').append(digest).append('\n'));
    return Checksum.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Names the parts that are not the same in other data.
   *
   * @param others its parts
   * @return such as {@code training images, training labels}; empty if all are the same
   */
  public String differences(Map<String, String> others) {
    Map<String, String> all = new TreeMap<>(parts);
    others.forEach(all::putIfAbsent);
    return all.keySet().stream()
        .filter(name -> !parts.getOrDefault(name, "").equals(others.getOrDefault(name, "")))
        .collect(Collectors.joining(", "));
  }
}
