package org.eqprop.examples.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.jspecify.annotations.Nullable;

/**
 * A training run's folder: {@code config.json}, {@code metrics.csv}, {@code metrics.jsonl}, {@code
 * model.safetensors}, {@code checkpoint.safetensors}, {@code curve.svg}, {@code curve.png}, {@code
 * curve.pdf}, {@code sessions.json}. Open in one process at a time.
 */
public final class RunFolder implements AutoCloseable {
  /** Bytes that a file has at most which describes a run: a thousand times what it needs. */
  static final int MOST_BYTES = 1 << 20;

  /** Bytes that metrics have at most: those of a million epochs. */
  static final int MOST_METRICS = 1 << 29;

  private final Path path;
  private final FolderLock lock;
  private final @Nullable RunFolder parent;
  private @Nullable Config pending;
  private @Nullable RunStart start;

  private RunFolder(Path path, FolderLock lock, @Nullable RunFolder parent) {
    this.path = path;
    this.lock = lock;
    this.parent = parent;
  }

  /**
   * Creates a folder for a new run, or takes an empty one; a run killed before it had {@code
   * config.json} leaves its lock, which does not count.
   *
   * @throws UsageException if there is already something there
   * @throws StoreException if it cannot be written
   */
  public static RunFolder create(Path path) {
    try {
      if (Files.exists(path) && (!Files.isDirectory(path) || !isEmpty(path))) {
        throw new UsageException(
            path
                + " exists already; choose another folder with --out, or continue it with"
                + " --resume "
                + path
                + ".");
      }
      Files.createDirectories(path);
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot create the run folder " + path + " (" + AtomicFiles.reason(thrown) + ").");
    }
    return new RunFolder(path, lock(path), null);
  }

  /** Opens a folder within this one, creating it unless it is there. */
  RunFolder within(String name) {
    Path inner = file(name);
    try {
      Files.createDirectories(inner);
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot create the run folder " + inner + " (" + AtomicFiles.reason(thrown) + ").");
    }
    return new RunFolder(inner, lock(inner), this);
  }

  /** Whether there is a folder that holds nothing, or a lock only. */
  private static boolean isUnbegun(Path path) {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> inside = Files.list(path)) {
      return inside.allMatch(file -> file.endsWith(FolderLock.FILE));
    } catch (IOException | UncheckedIOException unreadable) {
      return false;
    }
  }

  /**
   * Opens the folder of an existing run.
   *
   * @throws UsageException if it is none, or another process has it open
   */
  public static RunFolder open(Path path) {
    if (!Files.isRegularFile(path.resolve("config.json")) && isUnbegun(path)) {
      throw new UsageException(
          "The run in "
              + path
              + " was stopped before it began, so nothing is there to go on with; give the first"
              + " command again, with --out "
              + path
              + ".");
    }
    if (!Files.exists(path)) {
      throw new UsageException(
          "There is no folder "
              + path
              + ", so it is no run folder; give the one that a run printed.");
    }
    if (!Files.isRegularFile(path.resolve("config.json"))) {
      throw new UsageException(
          path + " is no run folder: it has no config.json; give the folder that a run printed.");
    }
    return new RunFolder(path, lock(path), null);
  }

  /**
   * Creates the first of {@code parent/name-1}, {@code parent/name-2}, … that does not exist. A
   * folder that another process makes meanwhile is passed over, also one that this process does not
   * see yet.
   *
   * @throws StoreException if none can be written
   */
  public static RunFolder createNext(Path parent, String name) {
    try {
      Files.createDirectories(parent);
      for (int number = 1; ; number++) {
        Path path = parent.resolve(name + "-" + number);
        FolderLock lock = isMade(path) ? FolderLock.tryTake(path) : null;
        if (lock != null) {
          return new RunFolder(path, lock, null);
        }
      }
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot create a run folder in "
              + parent
              + " ("
              + AtomicFiles.reason(thrown)
              + "); choose another place with --out.");
    }
  }

  private static boolean isMade(Path path) throws IOException {
    try {
      Files.createDirectory(path);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.allMatch(FolderLock::isRemnant);
    } catch (UncheckedIOException thrown) {
      throw thrown.getCause();
    }
  }

  private static FolderLock lock(Path path) {
    return FolderLock.take(
        path,
        "the run folder",
        "The run "
            + path
            + " is being trained by another process; wait until it ends, or stop it.");
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** A file in it. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /** Writes the configuration; from then on the folder is a run, so it comes last. */
  void writeConfig(Config config) {
    writeJson("config.json", config);
  }

  /** Keeps a configuration to be written with the next checkpoint, unless it is there already. */
  void pending(Config config) {
    pending = config.equals(config()) ? null : config;
  }

  /** Keeps a start to be written with the next checkpoint: one that is refused leaves nothing. */
  void pending(RunStart begun) {
    start = begun;
  }

  /**
   * Writes the configurations and the start that are to go with the checkpoint, here and in the
   * folders above.
   */
  void writePending() {
    if (parent != null) {
      parent.writePending();
    }
    if (pending != null) {
      writeConfig(pending);
      pending = null;
    }
    if (start != null) {
      start.addTo(this);
      start = null;
    }
  }

  /** The configuration it was created with. */
  public Config config() {
    return Configs.read(file("config.json"));
  }

  /** Writes a value as JSON, the file as a whole. */
  public void writeJson(String name, Object value) {
    try {
      String text = Configs.JSON.writeValueAsString(value) + "\n";
      AtomicFiles.write(file(name), ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    } catch (JsonProcessingException thrown) {
      throw new IllegalStateException(thrown);
    }
  }

  /**
   * Reads a JSON file.
   *
   * @throws StoreException if it is missing or damaged
   */
  <T> T readJson(String name, Class<T> type) {
    try {
      T value = Configs.JSON.readValue(TextFile.read(file(name), MOST_BYTES), type);
      if (value != null) {
        return value;
      }
    } catch (IOException thrown) {
      // Reported below.
    }
    throw new StoreException("Cannot read " + file(name) + ": it is missing or damaged.");
  }

  /** The metrics of the first {@code epochs} epochs; fewer if there are fewer. */
  public List<EpochMetrics> metrics(int epochs) {
    return MetricsFiles.read(path, epochs);
  }

  @Override
  public void close() {
    lock.close();
  }
}
