package org.eqprop.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
  /** The longest text that comes through a pipe: 16 MB. */
  private static final int MOST_BYTES = 1 << 24;

  private InputFiles() {}

  /**
   * Checks that a path leads to a regular file.
   *
   * @throws IOException if it does not
   */
  static void requireFile(Path file) throws IOException {
    require(file, FileKind.of(file));
  }

  /**
   * Opens a regular file.
   *
   * @throws IOException if it is none, or cannot be opened
   */
  public static InputStream open(Path file) throws IOException {
    require(file, FileKind.of(file));
    return Files.newInputStream(file);
  }

  /**
   * The content of a regular file.
   *
   * @throws IOException if it is none, or cannot be read
   */
  public static byte[] bytes(Path file) throws IOException {
    require(file, FileKind.of(file));
    return Files.readAllBytes(file);
  }

  /**
   * The content of a regular file as UTF-8 text.
   *
   * @throws CharacterCodingException if it is no such text
   * @throws IOException if it is no regular file, or cannot be read
   */
  public static String text(Path file) throws IOException {
    return decode(bytes(file));
  }

  /**
   * As {@link #bytes}, but also waits up to ten seconds for the end of what comes through a pipe,
   * and takes up to 16 MB of it.
   *
   * @throws IOException as of {@link #bytes}, or if the end does not come
   */
  public static byte[] bytesOrPipe(Path file) throws IOException {
    return bytesOrPipe(file, Duration.ofSeconds(10));
  }

  /**
   * As {@link #bytes}, but also reads what comes through a pipe or from a device, up to 16 MB.
   *
   * @param patience how long to wait for the end of a pipe
   * @throws IOException if the file cannot be read, or the end does not come
   */
  static byte[] bytesOrPipe(Path file, Duration patience) throws IOException {
    FileKind kind = FileKind.of(file);
    if (kind != FileKind.PIPE && kind != FileKind.DEVICE) {
      return bytes(file);
    }
    FutureTask<byte[]> reading = new FutureTask<>(() -> bounded(file));
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

  /** Whether a path leads to a pipe, named or not; false where the system does not say. */
  public static boolean isPipe(Path file) {
    try {
      return FileKind.of(file) == FileKind.PIPE;
    } catch (IOException unknown) {
      return false;
    }
  }

  private static byte[] bounded(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES);
      if (in.read() >= 0) {
        throw new IOException("more than " + (MOST_BYTES >> 20) + " MB came");
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

  private static String decode(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
