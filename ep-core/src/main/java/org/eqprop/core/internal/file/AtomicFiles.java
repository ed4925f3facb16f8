package org.eqprop.core.internal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eqprop.core.StoreException;

/**
 * Writes whole files so that at any moment either the old or the new content is there. The content
 * goes into a new file beside the target first, is forced to disk, and then takes the target's
 * place. Nobody can guess the new file's name, and it is never an existing file or a link.
 *
 * <p>The kind of the target stays. Of a link the file that it leads to is replaced. A device is
 * written to. A pipe, a folder and a link to nothing are refused.
 */
public final class AtomicFiles {
  private static final int LONGEST_NAME = 40;
  private static final Pattern BESIDE = Pattern.compile("\\..+\\.[0-9a-f-]{36}\\.part");

  private AtomicFiles() {}

  /**
   * Replaces {@code file} by the given parts, one after the other. Its permissions stay.
   *
   * @param file the file
   * @param parts its new content
   * @throws StoreException if it cannot be written; an existing file is then as it was
   */
  public static void write(Path file, ByteBuffer... parts) {
    try {
      FileKind kind = FileKind.of(file);
      switch (kind) {
        case NOTHING -> replace(file, parts);
        case FILE -> replace(Files.isSymbolicLink(file) ? file.toRealPath() : file, parts);
        case DEVICE -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            write(channel, parts);
          }
        }
        default -> throw new IOException(kind.words());
      }
    } catch (IOException thrown) {
      throw new StoreException(
          "Cannot write " + file + " (" + reason(thrown) + "); what was there is unchanged.",
          thrown);
    }
  }

  private static void replace(Path target, ByteBuffer[] parts) throws IOException {
    Path beside = beside(target);
    try {
      fill(beside, target, parts);
      Files.move(
          beside, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException | Error thrown) {
      discard(beside);
      throw thrown;
    }
  }

  private static void fill(Path beside, Path target, ByteBuffer[] parts) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      keepPermissions(target, beside);
      write(channel, parts);
      channel.force(true);
    }
  }

  private static void write(FileChannel channel, ByteBuffer[] parts) throws IOException {
    for (ByteBuffer part : parts) {
      while (part.hasRemaining()) {
        channel.write(part);
      }
    }
  }

  private static void keepPermissions(Path target, Path beside) {
    try {
      if (Files.exists(target)) {
        Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(target));
      }
    } catch (IOException | UnsupportedOperationException none) {
      // This file system has no such permissions, so there is nothing to keep.
    }
  }

  /**
   * {@return a name for a new file beside {@code target}, to be moved there when it is whole}
   * Nobody can guess it. Open it with {@link StandardOpenOption#CREATE_NEW}.
   *
   * @param target the file that is to be replaced
   */
  public static Path beside(Path target) {
    String name = String.valueOf(target.getFileName());
    String shown = name.length() > LONGEST_NAME ? "long-name" : name;
    return target.resolveSibling("." + shown + "." + UUID.randomUUID() + ".part");
  }

  /**
   * {@return whether a file has a name that {@link #beside} made}
   *
   * @param file the file
   */
  public static boolean isBeside(Path file) {
    return BESIDE.matcher(String.valueOf(file.getFileName())).matches();
  }

  /**
   * Deletes the files that killed processes left beside their targets in {@code folder}. Call it
   * only while nobody else writes there.
   *
   * @param folder where targets are
   */
  public static void discardRemnants(Path folder) {
    List<Path> remnants;
    try (Stream<Path> files = Files.list(folder)) {
      remnants =
          files
              .filter(AtomicFiles::isBeside)
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .toList();
    } catch (IOException | UncheckedIOException unreadable) {
      return;
    }
    remnants.forEach(AtomicFiles::discard);
  }

  /**
   * {@return what went wrong in a few words, without the path that the message names anyway}
   *
   * @param thrown by an operation on files
   */
  public static String reason(IOException thrown) {
    if (thrown instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (thrown instanceof FileAlreadyExistsException) {
      return "a file of that name is in the way";
    }
    if (thrown instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    String text =
        thrown instanceof FileSystemException system ? system.getReason() : thrown.getMessage();
    return text == null || text.isBlank() ? "the system gives no reason" : text;
  }

  private static void discard(Path beside) {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException ignored) {
      // The write's own failure is what the user needs to hear of.
    }
  }
}
