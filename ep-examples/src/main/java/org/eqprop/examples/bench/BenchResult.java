package org.eqprop.examples.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eqprop.core.store.AtomicFiles;
import org.eqprop.core.store.StoreException;
import org.eqprop.examples.run.Configs;
import org.eqprop.examples.run.TextFile;
import org.jspecify.annotations.Nullable;

/**
 * A file that {@code ep bench} wrote.
 *
 * @param file where it is
 * @param suite which benchmarks were run
 * @param machine where
 * @param rows the benchmarks
 * @param memory of estimators, where that was measured
 */
public record BenchResult(
    Path file, String suite, BenchMachine machine, List<BenchRow> rows, List<Footprint> memory) {
  private static final int FORMAT = 1;

  /**
   * Memory of an estimator.
   *
   * @param method {@code ep} or {@code bptt}
   * @param k K
   * @param bytes on the heap
   */
  public record Footprint(String method, int k, long bytes) {}

  /** Copies the lists. */
  public BenchResult {
    rows = List.copyOf(rows);
    memory = List.copyOf(memory);
  }

  /**
   * Reads a result.
   *
   * @throws StoreException if there is none at {@code file}
   */
  public static BenchResult read(Path file) {
    try {
      JsonNode root = Configs.JSON.readTree(TextFile.read(file));
      if (root.path("format").asInt() != FORMAT) {
        throw new StoreException(file + " is not a result of ep bench, or of another version.");
      }
      List<BenchRow> rows = RowReader.read(root.path("results"));
      List<Footprint> memory = new ArrayList<>();
      for (JsonNode node : root.path("memory")) {
        memory.add(Configs.JSON.treeToValue(node, Footprint.class));
      }
      BenchMachine machine = Configs.JSON.treeToValue(root.path("machine"), BenchMachine.class);
      if (machine == null || rows.isEmpty()) {
        throw new StoreException(file + " has no machine or no results.");
      }
      return new BenchResult(file, root.path("suite").asText(), machine, rows, memory);
    } catch (JsonProcessingException | IllegalArgumentException malformed) {
      throw new StoreException(file + " is not a result of ep bench.", malformed);
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot read " + file + " (" + AtomicFiles.reason(thrown) + ").", thrown);
    }
  }

  /** All results in a folder, oldest first; files that are none are passed over. */
  public static List<BenchResult> all(Path folder) {
    List<BenchResult> results = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.toString().endsWith(".json"))
            .map(BenchResult::readOrNull)
            .flatMap(result -> Optional.ofNullable(result).stream())
            .forEach(results::add);
      } catch (IOException thrown) {
        throw new StoreException(
            "Cannot read the folder " + folder + " (" + AtomicFiles.reason(thrown) + ").", thrown);
      }
    }
    results.sort(Comparator.comparing(result -> result.machine().time()));
    return results;
  }

  /**
   * The newest result in a folder that was measured on such a machine; without one the newest of
   * all; empty if there is none at all.
   */
  public static Optional<BenchResult> newestFor(BenchMachine machine, Path folder) {
    List<BenchResult> all = all(folder);
    List<BenchResult> alike =
        all.stream().filter(result -> result.machine().isLike(machine)).toList();
    List<BenchResult> candidates = alike.isEmpty() ? all : alike;
    return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.getLast());
  }

  private static @Nullable BenchResult readOrNull(Path file) {
    try {
      return read(file);
    } catch (StoreException none) {
      return null;
    }
  }

  /** The benchmark of that name. */
  public Optional<BenchRow> row(String name) {
    return rows.stream().filter(row -> row.name().equals(name)).findFirst();
  }
}
