package org.eqprop.examples.run;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;

/**
 * The warnings about a run's last epoch. A run that has some keeps them in {@code warnings.json},
 * so that a resumed one ends with the same.
 */
final class Warnings {
  private static final String FILE = "warnings.json";

  private final RunFolder folder;
  private final Set<String> said = new HashSet<>();
  private List<Warning> current;

  /** Those that a run left; none if the file cannot be read, because the next epoch finds them. */
  Warnings(RunFolder folder) {
    this.folder = folder;
    this.current = left(folder);
  }

  private static List<Warning> left(RunFolder folder) {
    if (!Files.exists(folder.file(FILE))) {
      return List.of();
    }
    try {
      return Stream.ofNullable(folder.readJson(FILE, Warning[].class))
          .flatMap(Arrays::stream)
          .filter(Objects::nonNull)
          .toList();
    } catch (StoreException damaged) {
      return List.of();
    }
  }

  /** Those of the last epoch. */
  List<Warning> current() {
    return current;
  }

  /** Keeps what was found after an epoch. */
  void keep(List<Warning> found) {
    current = List.copyOf(found);
    if (!current.isEmpty()) {
      folder.writeJson(FILE, current);
      return;
    }
    try {
      Files.deleteIfExists(folder.file(FILE));
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot delete " + folder.file(FILE) + ": " + AtomicFiles.reason(thrown) + ".");
    }
  }

  /** Tells a watcher of each kind once. */
  void tell(Watcher watcher) {
    for (Warning warning : current) {
      if (said.add(warning.kind())) {
        watcher.warned(warning);
      }
    }
  }
}
