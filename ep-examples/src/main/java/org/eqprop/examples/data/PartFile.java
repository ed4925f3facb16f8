package org.eqprop.examples.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that are being downloaded: {@code name.process.part}. They are locked while they are
 * written, so that one of a download that was killed can be told, and removed.
 */
final class PartFile {
  private static final Pattern NAME = Pattern.compile("(.+)\\.([0-9]{1,18})\\.part");

  private PartFile() {}

  /** Where this process writes what is to be {@code target}. */
  static Path of(Path target) {
    String name = target.getFileName() + "." + ProcessHandle.current().pid() + ".part";
    return target.resolveSibling(name);
  }

  /** Opens one for writing, empty, and locked where the file system has locks. */
  static FileChannel open(Path part) throws IOException {
    FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      channel.tryLock();
    } catch (IOException withoutLocks) {
      // The process number alone tells whose it is.
    }
    return channel;
  }

  /** Removes those that are left of {@code file} in a folder by processes that have ended. */
  static void removeRemnants(Path folder, RemoteFile file) throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*.part")) {
      for (Path part : parts) {
        Matcher name = NAME.matcher(part.getFileName().toString());
        if (name.matches()
            && name.group(1).equals(file.name())
            && ProcessHandle.of(Long.parseLong(name.group(2))).isEmpty()
            && isUnlocked(part)) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  /** No other machine writes it. */
  private static boolean isUnlocked(Path part) {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException | OverlappingFileLockException inUse) {
      return false;
    }
  }
}
