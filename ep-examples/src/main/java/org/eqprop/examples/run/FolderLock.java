package org.eqprop.examples.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.jspecify.annotations.Nullable;

/** The right of one process to work in a folder. The system takes it back when the process ends. */
public final class FolderLock implements AutoCloseable {
  /** The file that is locked. */
  static final String FILE = ".lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder that exists, and removes what killed processes left there.
   *
   * @param what the folder is, for a message: {@code the run folder}
   * @param taken what to say if somebody else has it
   * @throws StoreException if the folder cannot be written to
   * @throws UsageException with {@code taken}
   */
  public static FolderLock take(Path folder, String what, String taken) {
    Folders.requireWritable(folder);
    try {
      FolderLock lock = tryTake(folder);
      if (lock != null) {
        return lock;
      }
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot write to " + what + " " + folder + " (" + AtomicFiles.reason(thrown) + ").");
    }
    throw new UsageException(taken);
  }

  /**
   * The folder's lock, or null if somebody else has it. Then removes what killed processes left.
   */
  static @Nullable FolderLock tryTake(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("its file " + FILE + " is not a regular file; delete it");
    }
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try {
      if (channel.tryLock() != null) {
        AtomicFiles.discardRemnants(folder);
        return new FolderLock(channel);
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

  /** Whether a file is what a process leaves that was killed before it had described its folder. */
  public static boolean isRemnant(Path file) {
    String name = file.getFileName().toString();
    return name.equals(FILE)
        || name.endsWith(".json.part")
        || (name.startsWith(".ep") && name.endsWith(".part"))
        || (AtomicFiles.isBeside(file) && name.contains(".json."));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // Nothing was written through it.
    }
  }
}
