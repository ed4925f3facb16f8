package org.eqprop.core.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.eqprop.core.StoreException;
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

  /** Older versions wrote to this name, so somebody could plant a link there. */
  @Test
  void aLinkUnderTheOldNameBesideIsNotFollowed() throws IOException {
    Path file = folder.resolve("a");
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Files.createSymbolicLink(folder.resolve("a.part"), victim);
    AtomicFiles.write(file, bytes("new"));
    assertThat(file).hasContent("new");
    assertThat(victim).hasContent("precious");
    assertThat(folder.resolve("a.part")).isSymbolicLink();
  }

  @Test
  void namesBesideDifferAndAreRecognised() {
    for (Path file : List.of(Path.of("a"), folder.resolve("b.json"), Path.of("x".repeat(255)))) {
      Path one = AtomicFiles.beside(file);
      assertThat(AtomicFiles.beside(file)).isNotEqualTo(one);
      assertThat(one.getParent()).isEqualTo(file.getParent());
      assertThat(one.getFileName().toString()).hasSizeLessThan(100);
      assertThat(AtomicFiles.isBeside(one)).isTrue();
      assertThat(AtomicFiles.isBeside(file)).isFalse();
    }
  }

  @Test
  void aLongNameCanBeWritten() throws IOException {
    Path file = folder.resolve("n".repeat(255));
    AtomicFiles.write(file, bytes("new"));
    assertThat(file).hasContent("new");
  }

  @Test
  void onlyRemnantsAreDiscarded() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Path remnant = Files.writeString(AtomicFiles.beside(folder.resolve("a")), "half");
    Path link = Files.createSymbolicLink(AtomicFiles.beside(folder.resolve("b")), victim);
    Path other = Files.writeString(folder.resolve("model.part"), "of somebody else");
    AtomicFiles.discardRemnants(folder);
    assertThat(remnant).doesNotExist();
    assertThat(link).isSymbolicLink();
    assertThat(victim).hasContent("precious");
    assertThat(other).exists();
    AtomicFiles.discardRemnants(folder.resolve("missing"));
  }

  @Test
  void permissionsStay() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    assumeThat(file.getFileSystem().supportedFileAttributeViews()).contains("posix");
    for (String permissions : List.of("rw-------", "rw-rw-r--", "r--r--r--")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      AtomicFiles.write(file, bytes(permissions));
      assertThat(file).hasContent(permissions);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo(permissions);
    }
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
    assertThat(AtomicFiles.reason(new FileAlreadyExistsException("/x")))
        .isEqualTo("a file of that name is in the way");
    for (IOException silent :
        List.of(new IOException(), new IOException(" "), new FileSystemException("/x"))) {
      assertThat(AtomicFiles.reason(silent)).isEqualTo("the system gives no reason");
    }
  }
}
