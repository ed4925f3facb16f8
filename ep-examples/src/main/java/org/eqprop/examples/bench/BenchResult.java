package org.eqprop.examples.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.core.settle.Steps;
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

  /** A result has half a megabyte. */
  private static final int MOST_BYTES = 64 << 20;

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
   * @throws StoreException if there is none at {@code file}, or a figure in it is missing or out of
   *     range
   */
  public static BenchResult read(Path file) {
    try {
      Figures root = new Figures(Configs.JSON.readTree(TextFile.read(file, MOST_BYTES)), "");
      if (root.node().path("format").asInt() != FORMAT) {
        throw new StoreException(
            file + " is not a result of ep bench, or it is from another version; measure again.");
      }
      List<BenchRow> rows = RowReader.read(root.at("results"));
      List<Footprint> memory = new ArrayList<>();
      for (Figures one : root.at("memory").items()) {
        memory.add(
            new Footprint(
                one.at("method").text(true),
                one.at("k").whole(Steps.MOST),
                one.at("bytes").count()));
      }
      if (rows.isEmpty()) {
        throw new StoreException(file + " has no results; measure again with ep bench.");
      }
      String suite = root.at("suite").text(true);
      return new BenchResult(file, suite, BenchMachine.of(root.at("machine")), rows, memory);
    } catch (JsonProcessingException malformed) {
      throw new StoreException(file + " is not a result of ep bench: it is no JSON.", malformed);
    } catch (IllegalArgumentException refused) {
      throw new StoreException(
          file + " is not a sound result of ep bench: " + refused.getMessage() + ".", refused);
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot read " + file + " (" + AtomicFiles.reason(thrown) + ").", thrown);
    }
  }

  /**
   * All results in a folder, oldest first. Files that are none are passed over.
   *
   * @param complaint is told in a sentence of each file that is passed over
   */
  public static List<BenchResult> all(Path folder, Consumer<String> complaint) {
    List<BenchResult> results = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.toString().endsWith(".json"))
            .map(file -> readOrNull(file, complaint))
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
   * The newest result in a folder that was measured on such a machine; without one the newest with
   * the same kernels; without that the newest of all; empty if there is none at all.
   *
   * @param complaint is told in a sentence of each file that is passed over
   */
  public static Optional<BenchResult> newestFor(
      BenchMachine machine, Path folder, Consumer<String> complaint) {
    List<BenchResult> all = all(folder, complaint);
    return newest(
            all,
            result -> result.machine().isLike(machine) && result.machine().hasKernelsOf(machine))
        .or(() -> newest(all, result -> result.machine().hasKernelsOf(machine)))
        .or(() -> newest(all, result -> true));
  }

  private static Optional<BenchResult> newest(List<BenchResult> all, Predicate<BenchResult> which) {
    return all.reversed().stream().filter(which).findFirst();
  }

  private static @Nullable BenchResult readOrNull(Path file, Consumer<String> complaint) {
    try {
      return read(file);
    } catch (StoreException none) {
      complaint.accept(none.getMessage() + " It is passed over.");
      return null;
    }
  }

  /** The benchmark of that name. */
  public Optional<BenchRow> row(String name) {
    return rows.stream().filter(row -> row.name().equals(name)).findFirst();
  }
}
