package org.eqprop.core.internal.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads files that a user names. A path can lead to a pipe or a device, where reading can wait or
 * go on for ever: those are refused, or read within bounds.
 */
public final class InputFiles {
  private InputFiles() {}

  /**
   * Checks that a path leads to a regular file.
   *
   * @param file the path
   * @throws IOException if it does not
   */
  public static void requireFile(Path file) throws IOException {
    require(file, FileKind.of(file));
  }

  /**
   * Opens a regular file.
   *
   * @param file the path
   * @return the stream, to be closed
   * @throws IOException if it is none, or cannot be opened
   */
  public static InputStream open(Path file) throws IOException {
    require(file, FileKind.of(file));
    return Files.newInputStream(file);
  }

  /**
   * {@return the content of a regular file}
   *
   * @param file the path
   * @param most bytes that it may have, from what it is for
   * @throws IOException if it is none, is longer, or cannot be read
   */
  public static byte[] bytes(Path file, int most) throws IOException {
    require(file, FileKind.of(file));
    return bounded(file, most);
  }

  /**
   * As {@link #bytes}, but also waits up to ten seconds for the end of what comes through a pipe.
   *
   * @param file the path
   * @param most bytes that are read at most
   * @return the content
   * @throws IOException as of {@link #bytes}, or if the end does not come
   */
  public static byte[] bytesOrPipe(Path file, int most) throws IOException {
    return bytesOrPipe(file, most, Duration.ofSeconds(10));
  }

  /**
   * As {@link #bytes}, but also reads what comes through a pipe or from a device.
   *
   * @param file the path
   * @param most bytes that are read at most
   * @param patience how long to wait for the end of a pipe
   * @return the content
   * @throws IOException if the file cannot be read, is longer, or the end does not come
   */
  public static byte[] bytesOrPipe(Path file, int most, Duration patience) throws IOException {
    FileKind kind = FileKind.of(file);
    if (kind != FileKind.PIPE && kind != FileKind.DEVICE) {
      return bytes(file, most);
    }
    FutureTask<byte[]> reading = new FutureTask<>(() -> bounded(file, most));
    // Nothing ends a thread that opens a pipe without a writer, so it must not hold up the JVM.
    Thread.ofPlatform().daemon().name("eqprop-pipe").start(reading);
    try {
      return reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException thrown) {
      throw new IOException(
          kind.words() + ", and its end did not come within " + patience.toSeconds() + " s",
          thrown);
    } catch (ExecutionException thrown) {
      if (thrown.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IOException("it cannot be read", thrown);
    } catch (InterruptedException thrown) {
      Thread.currentThread().interrupt();
      throw new IOException("reading was interrupted", thrown);
    }
  }

  /**
   * {@return whether a path leads to a pipe, named or not; false where the system does not say}
   *
   * @param file the path
   */
  public static boolean isPipe(Path file) {
    try {
      return FileKind.of(file) == FileKind.PIPE;
    } catch (IOException unknown) {
      return false;
    }
  }

  private static byte[] bounded(Path file, int most) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      // Of a file that is too long not more than a byte is read.
      byte[] bytes = Files.size(file) > most ? new byte[0] : in.readNBytes(most);
      if (in.read() >= 0) {
        throw new IOException("it is longer than " + (most >> 20) + " MB, the most that is read");
      }
      return bytes;
    }
  }

  private static void require(Path file, FileKind kind) throws IOException {
    switch (kind) {
      case FILE -> {}
      case NOTHING -> throw new NoSuchFileException(file.toString());
      default -> throw new FileSystemException(file.toString(), null, kind.words());
    }
  }
}
