package org.eqprop.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir private Path folder;

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void allPartsAreWrittenAndNothingElseStays() throws IOException {
    Path file = folder.resolve("a");
    AtomicFiles.write(file, bytes("old content"));
    AtomicFiles.write(file, bytes("one, "), bytes(""), bytes("two"));
    assertThat(file).hasContent("one, two");
    assertThat(files()).containsExactly("a");
  }

  @Test
  void whatAnInterruptedRunLeftBesideIsOverwritten() throws IOException {
    Path file = folder.resolve("a");
    Files.writeString(folder.resolve("a.part"), "a longer text, cut off in the mid");
    AtomicFiles.write(file, bytes("new"));
    assertThat(file).hasContent("new");
    assertThat(files()).containsExactly("a");
  }

  @Test
  void theOldFileSurvivesAFailureToOpen() throws IOException {
    Path file = folder.resolve("a");
    Files.writeString(file, "old");
    Files.createDirectories(folder.resolve("a.part").resolve("in the way"));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> AtomicFiles.write(file, bytes("new")))
        .withMessageStartingWith("Cannot write " + file + " (")
        .withMessageEndingWith("); what was there is unchanged.");
    assertThat(file).hasContent("old");
  }

  @Test
  void theOldFileSurvivesAFullDisk() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    Path file = folder.resolve("a");
    Files.writeString(file, "old");
    Files.createSymbolicLink(folder.resolve("a.part"), full);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> AtomicFiles.write(file, bytes("new")))
        .withMessageStartingWith("Cannot write " + file + " (");
    assertThat(file).hasContent("old");
    assertThat(files()).containsExactly("a");
  }

  @Test
  void aFolderInThePlaceOfTheFileIsLeftAlone() throws IOException {
    Path file = folder.resolve("a");
    Files.createDirectories(file.resolve("b"));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> AtomicFiles.write(file, bytes("new")));
    assertThat(file.resolve("b")).isDirectory();
    assertThat(files()).containsExactly("a");
  }

  @Test
  void aMissingFolderIsNamed() {
    Path file = folder.resolve("missing").resolve("a");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> AtomicFiles.write(file, bytes("new")))
        .withMessage(
            "Cannot write " + file + " (no such file or folder); what was there is unchanged.");
  }

  @Test
  void aFolderWithoutPermissionIsNamed() throws IOException {
    Path file = folder.resolve("a");
    Files.writeString(file, "old");
    assumeThat(folder.toFile().setWritable(false)).isTrue();
    try {
      assumeThat(Files.isWritable(folder)).isFalse();
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> AtomicFiles.write(file, bytes("new")))
          .withMessageContaining("permission denied");
    } finally {
      assertThat(folder.toFile().setWritable(true)).isTrue();
    }
    assertThat(file).hasContent("old");
  }

  @Test
  void reasonsLeaveOutThePath() {
    assertThat(AtomicFiles.reason(new AccessDeniedException("/x"))).isEqualTo("permission denied");
    assertThat(AtomicFiles.reason(new NoSuchFileException("/x")))
        .isEqualTo("no such file or folder");
    assertThat(AtomicFiles.reason(new FileSystemException("/x", null, "No space left")))
        .isEqualTo("No space left");
    assertThat(AtomicFiles.reason(new IOException("broken"))).isEqualTo("broken");
    assertThat(AtomicFiles.reason(new IOException())).isEqualTo("IOException");
  }
}
