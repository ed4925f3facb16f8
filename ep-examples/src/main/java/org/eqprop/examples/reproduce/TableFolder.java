package org.eqprop.examples.reproduce;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.DataException;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.examples.data.DataIdentity;
import org.eqprop.examples.gdu.GduFigure;
import org.eqprop.examples.run.Configs;
import org.eqprop.examples.run.FolderLock;
import org.eqprop.examples.run.Session;
import org.eqprop.examples.run.TextFile;
import org.eqprop.examples.run.UsageException;

/** The folder of a table, open in one process at a time. */
final class TableFolder implements AutoCloseable {
  private static final String PLAN = "reproduce.json";
  private static final String SESSIONS = "sessions.json";
  private static final int MOST_BYTES = 1 << 20;

  /**
   * What a folder is for.
   *
   * @param plan what is to be trained
   * @param dataSha256 the digest of the data
   */
  record Purpose(Plan plan, String dataSha256) {}

  private final Path path;
  private final FolderLock lock;
  private final Plan plan;

  private TableFolder(Path path, FolderLock lock, Plan plan) {
    this.path = path;
    this.lock = lock;
    this.plan = plan;
  }

  /**
   * Opens a folder for a plan, and makes it if it is not there.
   *
   * @throws UsageException if it is for something else, or another process works in it
   * @throws StoreException if it cannot be written, or is damaged
   */
  static TableFolder open(Path path, Plan plan, DataIdentity data) {
    Path file = path.resolve(PLAN);
    boolean begun = Files.exists(file);
    if (!begun) {
      make(path);
    }
    FolderLock lock = lock(path);
    try {
      if (Files.exists(file)) {
        Purpose purpose = purpose(file);
        requireSame(path, purpose.plan(), plan);
        requireData(path, purpose, data);
      } else {
        write(file, new Purpose(plan, data.sha256()));
      }
      return new TableFolder(path, lock, plan);
    } catch (RuntimeException thrown) {
      lock.close();
      throw thrown;
    }
  }

  /**
   * The plan of a folder.
   *
   * @throws UsageException if it is no folder of a table
   * @throws StoreException if it is damaged
   */
  static Plan plan(Path path) {
    if (!Files.exists(path.resolve(PLAN))) {
      throw new UsageException(
          path
              + " is no folder of ep reproduce: it has no "
              + PLAN
              + "; give the one that the command printed.");
    }
    return purpose(path.resolve(PLAN)).plan();
  }

  private static void make(Path path) {
    try {
      if (Files.exists(path) && (!Files.isDirectory(path) || !isFree(path))) {
        throw new UsageException(
            path
                + " exists already and is no folder of ep reproduce; choose another one with"
                + " --out.");
      }
      Files.createDirectories(path);
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot create the folder "
              + path
              + " ("
              + AtomicFiles.reason(thrown)
              + "); choose another one with --out.");
    }
  }

  /** Whether there is nothing but figures of the paper, or what a killed process left. */
  private static boolean isFree(Path path) throws IOException {
    try (var files = Files.list(path)) {
      return files.allMatch(file -> FolderLock.isRemnant(file) || isFigure(file));
    } catch (UncheckedIOException thrown) {
      throw thrown.getCause();
    }
  }

  private static boolean isFigure(Path file) {
    String name = file.getFileName().toString();
    return GduFigure.names().stream().anyMatch(name::startsWith);
  }

  private static FolderLock lock(Path path) {
    return FolderLock.take(
        path,
        "the folder",
        "The folder "
            + path
            + " is in use by another process; wait until it ends, stop it, or choose another one"
            + " with --out.");
  }

  private static void requireSame(Path path, Plan there, Plan wanted) {
    if (!there.equals(wanted)) {
      throw new UsageException(
          "The folder "
              + path
              + " was begun with other settings, by '"
              + there.command()
              + "'; go on with that by --resume "
              + path
              + ", or choose another folder with --out.");
    }
  }

  private static void requireData(Path path, Purpose purpose, DataIdentity data) {
    if (!purpose.dataSha256().equals(data.sha256())) {
      throw new DataException(
          "The data "
              + purpose.plan().data()
              + " is not what the folder "
              + path
              + " was begun with; put the right data back, or choose another folder with --out.");
    }
  }

  private static Purpose purpose(Path file) {
    try {
      Purpose purpose = Configs.JSON.readValue(TextFile.read(file, MOST_BYTES), Purpose.class);
      if (purpose != null && purpose.plan() != null && purpose.dataSha256() != null) {
        return purpose;
      }
    } catch (JacksonException damaged) {
      // Reported below.
    } catch (IOException thrown) {
      throw new StoreException("Cannot read " + file + " (" + AtomicFiles.reason(thrown) + ").");
    }
    throw new StoreException("The file " + file + " is damaged; restore it from a copy.");
  }

  /** Remembers by what trials are trained from now on. */
  void note(Session session) {
    List<Session> all = new ArrayList<>(sessions());
    if (!all.contains(session)) {
      all.add(session);
      write(path.resolve(SESSIONS), all);
    }
  }

  /**
   * By what trials were trained, in the order of time, each once.
   *
   * @throws StoreException if the file is damaged
   */
  List<Session> sessions() {
    Path file = path.resolve(SESSIONS);
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      Session[] sessions = Configs.JSON.readValue(TextFile.read(file, MOST_BYTES), Session[].class);
      if (sessions != null) {
        return List.of(sessions);
      }
    } catch (IOException | RuntimeException damaged) {
      // Reported below.
    }
    throw new StoreException(
        "The file "
            + file
            + " is damaged; restore it from a copy, or delete it: it says only what trained so"
            + " far.");
  }

  private static void write(Path file, Object value) {
    try {
      text(file, Configs.JSON.writeValueAsString(value) + "\n");
    } catch (JsonProcessingException thrown) {
      throw new IllegalStateException(thrown);
    }
  }

  /** Writes a text as a whole. */
  static void text(Path file, String text) {
    AtomicFiles.write(file, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Where it is. */
  Path path() {
    return path;
  }

  /** What it is for. */
  Plan plan() {
    return plan;
  }

  @Override
  public void close() {
    lock.close();
  }
}
