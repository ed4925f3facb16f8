package org.eqprop.examples.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.core.internal.file.Visible;
import org.jspecify.annotations.Nullable;

/**
 * A training run's folder: {@code config.json}, {@code metrics.csv}, {@code metrics.jsonl}, {@code
 * model.safetensors}, {@code checkpoint.safetensors}, {@code curve.svg}, {@code curve.png}. Open in
 * one process at a time.
 */
public final class RunFolder implements AutoCloseable {
  private static final String LOCK = ".lock";

  /** Bytes that a file has at most which describes a run: a thousand times what it needs. */
  static final int MOST_BYTES = 1 << 20;

  /** Bytes that metrics have at most: those of a million epochs. */
  static final int MOST_METRICS = 1 << 29;

  private final Path path;
  private final FileChannel lock;
  private final @Nullable RunFolder parent;
  private @Nullable Config pending;

  private RunFolder(Path path, FileChannel lock, @Nullable RunFolder parent) {
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
      return inside.allMatch(file -> file.endsWith(LOCK));
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
        FileChannel lock = isMade(path) ? tryLock(path) : null;
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
      return files.allMatch(RunFolder::isRemnant);
    } catch (UncheckedIOException thrown) {
      throw thrown.getCause();
    }
  }

  private static boolean isRemnant(Path file) {
    String name = file.getFileName().toString();
    return name.equals(LOCK)
        || name.endsWith(".json.part")
        || (name.startsWith(".ep") && name.endsWith(".part"))
        || (AtomicFiles.isBeside(file) && name.contains(".json."));
  }

  private static FileChannel lock(Path path) {
    Folders.requireWritable(path);
    try {
      FileChannel lock = tryLock(path);
      if (lock != null) {
        return lock;
      }
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot write to the run folder " + path + " (" + AtomicFiles.reason(thrown) + ").");
    }
    throw new UsageException(
        "The run "
            + path
            + " is being trained by another process; wait until it ends, or stop it.");
  }

  /** The folder's lock, or null if somebody else has it. Then removes what killed runs left. */
  private static @Nullable FileChannel tryLock(Path path) throws IOException {
    Path file = path.resolve(LOCK);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("its file " + LOCK + " is not a regular file; delete it");
    }
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try {
      if (channel.tryLock() != null) {
        AtomicFiles.discardRemnants(path);
        return channel;
      }
    } catch (OverlappingFileLockException inThisProcess) {
      // The same answer as when another process holds it.
    } catch (IOException thrown) {
      channel.close();
      throw thrown;
    }
    channel.close();
    return null;
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

  /**
   * Writes the configurations that are to go with the checkpoint, here and in the folders above.
   */
  void writePending() {
    if (parent != null) {
      parent.writePending();
    }
    if (pending != null) {
      writeConfig(pending);
      pending = null;
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
    Path file = file("metrics.jsonl");
    if (!Files.exists(file)) {
      return List.of();
    }
    List<EpochMetrics> metrics;
    try {
      String text = TextFile.read(file, MOST_METRICS);
      metrics = text.lines().limit(epochs).map(this::parse).toList();
    } catch (IOException thrown) {
      throw new StoreException("Cannot read " + file + ": it is missing or damaged.");
    }
    for (int i = 0; i < metrics.size(); i++) {
      if (metrics.get(i).epoch() != i + 1 || !metrics.get(i).isPossible()) {
        throw new StoreException(
            "Line "
                + (i + 1)
                + " of "
                + file
                + " cannot be the metrics of epoch "
                + (i + 1)
                + "; restore it from a copy.");
      }
    }
    return metrics;
  }

  private EpochMetrics parse(String line) {
    try {
      EpochMetrics metrics = Configs.JSON.readValue(line, EpochMetrics.class);
      if (metrics != null) {
        return metrics;
      }
    } catch (JsonProcessingException thrown) {
      // Reported below.
    }
    throw new StoreException(
        "A line of "
            + file("metrics.jsonl")
            + " is damaged ("
            + Visible.brief(line)
            + "); restore it from a copy.");
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException ignored) {
      // Nothing was written through it.
    }
  }
}
