package org.eqprop.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.core.internal.file.InputFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of thing that a path can lead to, written to and read from. */
@DisabledOnOs(OS.WINDOWS) // has neither such devices nor named pipes
class FileKindsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Bytes that a file may have. */
  private static final int MOST = 1 << 20;

  private static final String OLD = "old content";
  private static final String NEW = "new content";

  @TempDir private Path folder;

  /** What a path leads to, and what is right when it is written to or read from. */
  enum Target {
    NOTHING(true, "no such file or folder"),
    FILE(true, ""),
    LINK(true, ""),
    LINK_TO_LINK(true, ""),
    BROKEN_LINK(false, "it is a link to a file that does not exist"),
    LOOP(false, ""),
    FOLDER(false, "it is a folder, not a file"),
    LINK_TO_FOLDER(false, "it is a folder, not a file"),
    PIPE(false, "it is a pipe, not a file"),
    LINK_TO_PIPE(false, "it is a pipe, not a file"),
    NULL_DEVICE(true, "it is a device, not a file"),
    FULL_DEVICE(false, "it is a device, not a file");

    private final boolean written;
    private final String unread;

    Target(boolean written, String unread) {
      this.written = written;
      this.unread = unread;
    }

    boolean isRead() {
      return this == FILE || this == LINK || this == LINK_TO_LINK;
    }

    Path make(Path folder) throws IOException, InterruptedException {
      Path path = folder.resolve("target");
      Path other = folder.resolve("other");
      switch (this) {
        case NOTHING -> {}
        case FILE -> Files.writeString(path, OLD);
        case LINK -> Files.createSymbolicLink(path, Files.writeString(other, OLD));
        case LINK_TO_LINK -> {
          Path far = Files.createDirectory(folder.resolve("far"));
          Files.writeString(far.resolve("file"), OLD);
          Files.createSymbolicLink(far.resolve("link"), Path.of("file"));
          Files.createSymbolicLink(path, Path.of("far", "link"));
        }
        case BROKEN_LINK -> Files.createSymbolicLink(path, other);
        case LOOP -> Files.createSymbolicLink(path, path);
        case FOLDER -> Files.writeString(Files.createDirectory(path).resolve("inside"), OLD);
        case LINK_TO_FOLDER -> Files.createSymbolicLink(path, Files.createDirectory(other));
        case PIPE -> pipe(path);
        case LINK_TO_PIPE -> Files.createSymbolicLink(path, pipe(other));
        case NULL_DEVICE -> Files.createSymbolicLink(path, Path.of("/dev/null"));
        case FULL_DEVICE -> Files.createSymbolicLink(path, Path.of("/dev/full"));
      }
      return path;
    }
  }

  static Path pipe(Path path) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    return path;
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String kind(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return "nothing";
    }
    return Files.isSymbolicLink(path)
        ? "link to " + Files.readSymbolicLink(path)
        : Files.readAttributes(path, "unix:mode").toString();
  }

  @ParameterizedTest
  @EnumSource
  void aWriteKeepsTheKindOfItsTarget(Target target) throws Exception {
    Path path = target.make(folder);
    String before = kind(path);
    String now =
        assertTimeoutPreemptively(
            LIMIT,
            () -> {
              try {
                AtomicFiles.write(path, bytes(NEW));
                return "written";
              } catch (StoreException refused) {
                return refused.getMessage();
              }
            });
    if (target.written) {
      assertThat(now).isEqualTo("written");
    } else {
      assertThat(now)
          .startsWith("Cannot write " + path + " (")
          .endsWith("); what was there is unchanged.");
    }
    if (target != Target.NOTHING) {
      assertThat(kind(path)).isEqualTo(before);
    }
    if (target.isRead() || target == Target.NOTHING) {
      assertThat(path).hasContent(NEW);
    }
    if (target == Target.FOLDER) {
      assertThat(path.resolve("inside")).hasContent(OLD);
    }
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all).noneMatch(AtomicFiles::isBeside);
    }
  }

  /** A way to read. */
  interface Reading {
    String of(Path path) throws IOException;
  }

  private static Arguments reading(String name, Target target, Reading reading) {
    return Arguments.argumentSet(name + " " + target, target, reading);
  }

  static Stream<Arguments> readings() {
    return Stream.of(Target.values())
        .flatMap(
            target ->
                Stream.of(
                    reading("bytes", target, FileKindsTest::asBytes),
                    reading("open", target, FileKindsTest::opened)));
  }

  private static String asBytes(Path path) throws IOException {
    return new String(InputFiles.bytes(path, MOST), StandardCharsets.UTF_8);
  }

  private static String opened(Path path) throws IOException {
    try (InputStream in = InputFiles.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @MethodSource("readings")
  void onlyFilesAreReadAndNothingHangs(Target target, Reading reading) throws Exception {
    Path path = target.make(folder);
    String now =
        assertTimeoutPreemptively(
            LIMIT,
            () -> {
              try {
                return reading.of(path);
              } catch (IOException refused) {
                return AtomicFiles.reason(refused);
              }
            });
    if (target.isRead()) {
      assertThat(now).isEqualTo(OLD);
    } else if (!target.unread.isEmpty()) {
      assertThat(now).isEqualTo(target.unread);
    }
  }

  @Test
  void aPipeWithAWriterIsReadToItsEnd() throws Exception {
    Path pipe = pipe(folder.resolve("pipe"));
    Thread writer =
        Thread.startVirtualThread(
            () -> {
              try (OutputStream out = Files.newOutputStream(pipe)) {
                out.write(NEW.getBytes(StandardCharsets.UTF_8));
              } catch (IOException thrown) {
                throw new AssertionError(thrown);
              }
            });
    assertThat(InputFiles.bytesOrPipe(pipe, MOST, LIMIT)).asString().isEqualTo(NEW);
    writer.join();
    assertThat(InputFiles.bytesOrPipe(Path.of("/dev/null"), MOST, LIMIT)).isEmpty();
  }

  @Test
  void aPipeWithoutEndIsGivenUp() throws Exception {
    Path pipe = pipe(folder.resolve("pipe"));
    assertThatThrownBy(() -> InputFiles.bytesOrPipe(pipe, MOST, Duration.ofMillis(50)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it is a pipe, not a file, and its end did not come within");
    assertThatThrownBy(() -> InputFiles.bytesOrPipe(Path.of("/dev/zero"), MOST, LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessage("it is longer than 1 MB, the most that is read");
    assertThatThrownBy(() -> InputFiles.bytesOrPipe(folder, MOST, LIMIT))
        .isInstanceOf(IOException.class);
  }

  @Test
  void noMoreIsReadThanTheFileIsFor() throws IOException {
    Path file = folder.resolve("a");
    Files.write(file, new byte[MOST]);
    assertThat(InputFiles.bytes(file, MOST)).hasSize(MOST);
    // a file with a hole takes no room on the disk, and none in memory
    for (long length : new long[] {MOST + 1, 3L << 30}) {
      try (RandomAccessFile longer = new RandomAccessFile(file.toFile(), "rw")) {
        longer.setLength(length);
      }
      assertThatThrownBy(() -> InputFiles.bytes(file, MOST))
          .isInstanceOf(IOException.class)
          .hasMessage("it is longer than 1 MB, the most that is read");
      assertThatThrownBy(() -> InputFiles.bytesOrPipe(file, MOST))
          .isInstanceOf(IOException.class)
          .hasMessage("it is longer than 1 MB, the most that is read");
    }
  }
}
