package org.eqprop.examples.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.StoreException;

/**
 * A start of a run, or one of going on with it.
 *
 * @param time when, in UTC
 * @param command as it was given
 * @param machine where, and of which version
 */
public record RunStart(String time, String command, @JsonUnwrapped Session machine) {
  private static final String FILE = "sessions.json";

  /** So many are kept; the oldest go. */
  private static final int MOST = 1000;

  /** One that is now. */
  public static RunStart now(String command, Session machine) {
    return new RunStart(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), command, machine);
  }

  /** Adds it to those that a run's folder tells. A file that cannot be read is written anew. */
  void addTo(RunFolder folder) {
    List<Object> all = new ArrayList<>();
    if (java.nio.file.Files.exists(folder.file(FILE))) {
      try {
        all.addAll(List.of(folder.readJson(FILE, Object[].class)));
      } catch (StoreException | NullPointerException damaged) {
        all.clear();
      }
    }
    all.add(this);
    folder.writeJson(FILE, all.subList(Math.max(0, all.size() - MOST), all.size()));
  }
}
