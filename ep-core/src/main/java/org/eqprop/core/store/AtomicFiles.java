package org.eqprop.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes whole files so that at any moment either the old or the new content is there: beside
 * first, forced to disk, then renamed.
 */
public final class AtomicFiles {
  private AtomicFiles() {}

  /**
   * Replaces {@code file} by the given parts, one after the other.
   *
   * @throws StoreException if it cannot be written; an existing file is then as it was
   */
  public static void write(Path file, ByteBuffer... parts) {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        for (ByteBuffer part : parts) {
          while (part.hasRemaining()) {
            channel.write(part);
          }
        }
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException thrown) {
      discard(beside);
      throw new StoreException(
          "Cannot write " + file + " (" + reason(thrown) + "); what was there is unchanged.",
          thrown);
    }
  }

  /** What went wrong in a few words, without the path that the message names anyway. */
  public static String reason(IOException thrown) {
    if (thrown instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (thrown instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    String text =
        thrown instanceof FileSystemException system ? system.getReason() : thrown.getMessage();
    return text == null ? thrown.getClass().getSimpleName() : text;
  }

  private static void discard(Path beside) {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException ignored) {
      // The write's own failure is what the user needs to hear of.
    }
  }
}
