package org.eqprop.examples.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.AtomicFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFolderTest {
  @TempDir Path root;

  private String next() {
    try (RunFolder folder = RunFolder.createNext(root.resolve("runs"), "p-1h-digits")) {
      return folder.path().getFileName().toString();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".lock"})
  void aRunThatWasStoppedBeforeItBeganIsSaidToBe(String left) throws IOException {
    Path run = Files.createDirectory(root.resolve("run"));
    if (!left.isEmpty()) {
      Files.createFile(run.resolve(left));
    }
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> RunFolder.open(run))
        .withMessageEndingWith(
            "was stopped before it began, so nothing is there to go on with; give the first command"
                + " again, with --out "
                + run
                + ".");
    Files.createFile(run.resolve("other"));
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> RunFolder.open(run))
        .withMessageContaining("is no run folder");
  }

  @Test
  void namesAreNumbered() throws IOException {
    assertThat(next()).isEqualTo("p-1h-digits-1");
    Files.createDirectories(root.resolve("runs/p-1h-digits-2"));
    assertThat(next()).isEqualTo("p-1h-digits-3");
  }

  /** A file, an empty folder, and something that a look does not find but a making does. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatAppearsMeanwhileIsPassedOver() throws IOException {
    Path runs = Files.createDirectory(root.resolve("runs"));
    Files.createFile(runs.resolve("p-1h-digits-1"));
    Files.createDirectory(runs.resolve("p-1h-digits-2"));
    Files.createSymbolicLink(runs.resolve("p-1h-digits-3"), root.resolve("not there yet"));
    assertThat(Files.exists(runs.resolve("p-1h-digits-3"))).isFalse();
    assertThat(next()).isEqualTo("p-1h-digits-4");
  }

  @Test
  void manyAtOnceGetAFolderEach() throws Exception {
    int count = 24;
    List<Callable<RunFolder>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(() -> RunFolder.createNext(root.resolve("runs"), "a"));
    }
    List<String> names = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      for (Future<RunFolder> made : pool.invokeAll(tasks)) {
        names.add(made.get().path().getFileName().toString());
        made.get().close();
      }
    }
    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, count).mapToObj(i -> "a-" + i).toList());
  }

  @Test
  void aPlaceThatIsNoFolderIsNamed() throws IOException {
    Files.createFile(root.resolve("runs"));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(this::next)
        .withMessageStartingWith("Cannot create a run folder in " + root.resolve("runs") + " (")
        .withMessageEndingWith("); choose another place with --out.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"link", "pipe", "folder"})
  @DisabledOnOs(OS.WINDOWS)
  void aLockThatIsNoFileIsRefused(String kind) throws Exception {
    Path run = Files.createDirectory(root.resolve("run"));
    Path victim = Files.writeString(root.resolve("victim"), "precious");
    Path lock = run.resolve(".lock");
    switch (kind) {
      case "link" -> Files.createSymbolicLink(lock, victim);
      case "pipe" -> new ProcessBuilder("mkfifo", lock.toString()).start().waitFor();
      default -> Files.createDirectory(lock);
    }
    Object before = Files.readAttributes(lock, "unix:mode", LinkOption.NOFOLLOW_LINKS);

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> RunFolder.create(run))
                .withMessage(
                    "Cannot write to the run folder "
                        + run
                        + " (its file .lock is not a regular file; delete it)."));
    assertThat(Files.readAttributes(lock, "unix:mode", LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(before);
    assertThat(victim).hasContent("precious");
  }

  @Test
  void whatAKilledWriteLeftIsRemovedWhenTheRunIsOpened() throws IOException {
    Path run = root.resolve("run");
    RunFolder.create(run).close();
    Files.writeString(run.resolve("config.json"), "{}");
    Path remnant = AtomicFiles.beside(run.resolve("checkpoint.safetensors"));
    Files.writeString(remnant, "half");
    RunFolder.open(run).close();
    assertThat(remnant).doesNotExist();
    assertThat(run.resolve("config.json")).exists();
  }
}
