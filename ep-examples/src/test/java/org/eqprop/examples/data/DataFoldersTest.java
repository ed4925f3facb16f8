package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eqprop.core.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFoldersTest {

  private static final Path HOME = Path.of("home").toAbsolutePath();
  private static final Path SHARED = Path.of("shared");

  @Test
  void theCacheIsWhereEachSystemKeepsIt() {
    assertThat(cache(Map.of(), "Linux")).isEqualTo(HOME.resolve(".cache/eqprop/mnist"));
    assertThat(cache(Map.of(), "Mac OS X")).isEqualTo(HOME.resolve("Library/Caches/eqprop/mnist"));
    assertThat(cache(Map.of(), "Windows 11")).isEqualTo(HOME.resolve("AppData/Local/eqprop/mnist"));
  }

  @Test
  void theEnvironmentMovesTheCache() {
    String other = HOME.resolve("other").toString();

    assertThat(cache(Map.of("XDG_CACHE_HOME", other), "Linux"))
        .isEqualTo(HOME.resolve("other/eqprop/mnist"));
    assertThat(cache(Map.of("LOCALAPPDATA", other), "Windows 11"))
        .isEqualTo(HOME.resolve("other/eqprop/mnist"));
    assertThat(cache(Map.of("XDG_CACHE_HOME", "relative"), "Linux"))
        .isEqualTo(HOME.resolve(".cache/eqprop/mnist"));
  }

  @Test
  void theSystemsFolderIsSearchedForFashionMnistOnly() {
    DataFolders folders = new DataFolders(Map.of("EP_DATA", ""), "Linux", HOME, SHARED);

    assertThat(folders.searched(KnownDataset.MNIST))
        .containsExactly(folders.cache(KnownDataset.MNIST));
    assertThat(folders.searched(KnownDataset.FASHION_MNIST))
        .containsExactly(
            folders.cache(KnownDataset.FASHION_MNIST), SHARED.resolve("fashion-mnist"));
  }

  @Test
  void aFileIsNoFolderOfDataSets(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("train"));
    DataFolders folders =
        new DataFolders(Map.of("EP_DATA", file.toString()), "Linux", HOME, SHARED);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> folders.searched(KnownDataset.MNIST))
        .withMessage("EP_DATA is " + file + ", which is a file; name the folder of the data sets.");
  }

  private static Path cache(Map<String, String> environment, String os) {
    return new DataFolders(environment, os, HOME, SHARED).cache(KnownDataset.MNIST);
  }
}
