package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eqprop.core.DataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {

  @TempDir Path root;
  private Path own;
  private Path cache;
  private Path shared;
  private Datasets datasets;

  @BeforeEach
  void injectAnEnvironment() {
    own = root.resolve("own");
    cache = root.resolve("cache");
    shared = root.resolve("shared");
    datasets = datasets(Map.of("EP_DATA", own.toString(), "XDG_CACHE_HOME", cache.toString()));
  }

  @Test
  void theFolderGivenComesBeforeAllOthers() throws IOException {
    fillFrom(2);
    Path given = IdxBytes.writeSet(root.resolve("given"), 1);

    assertThat(datasets.load("mnist", given).train().label(0)).isEqualTo(1);
  }

  @Test
  void theFolderGivenMayHoldAFolderOfTheSetsName() throws IOException {
    Path given = root.resolve("given");
    IdxBytes.writeSet(given.resolve("mnist"), 1);
    IdxBytes.writeSet(given, 2);

    assertThat(datasets.load("mnist", given).train().label(0)).isEqualTo(1);
  }

  @Test
  void placesAreSearchedInTheirOrder() throws IOException {
    fillFrom(2);
    Path[] order = {
      own.resolve("fashion-mnist"),
      own,
      cache.resolve("eqprop/fashion-mnist"),
      shared.resolve("fashion-mnist")
    };
    for (int i = 0; i < order.length; i++) {
      assertThat(datasets.load("fashion-mnist").train().label(0)).isEqualTo(2 + i);
      assertThat(datasets.locate(KnownDataset.FASHION_MNIST)).contains(order[i]);
      deleteFiles(order[i]);
    }
    assertThat(datasets.locate(KnownDataset.FASHION_MNIST)).isEmpty();
  }

  @Test
  void aSetThatIsNowhereSaysWhereToPutItAndHowToDownloadIt() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> datasets.load("mnist"))
        .withMessageStartingWith("The data set mnist is not on this machine")
        .withMessageContaining(own.resolve("mnist") + ", " + own + ", ")
        .withMessageContaining("'ep data download mnist'")
        .withMessageEndingWith("into " + cache.resolve("eqprop/mnist") + ".");
  }

  @Test
  void aFolderGivenWithoutTheSetIsNotPassedOver() throws IOException {
    fillFrom(2);
    Path given = Files.createDirectory(root.resolve("given"));

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> datasets.load("mnist", given))
        .withMessageStartingWith(given + ": no file of mnist is there");
  }

  @Test
  void aSetThatIsThereInPartIsNotPassedOver() throws IOException {
    fillFrom(2);
    Files.delete(own.resolve("mnist/train-labels-idx1-ubyte"));

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> datasets.load("mnist"))
        .withMessageStartingWith(own.resolve("mnist") + ": the file train-labels-idx1-ubyte");
  }

  @Test
  void aSetThatIsReallyItsRelativeIsRefused() throws IOException {
    IdxBytes.writeSet(own, 9, 0, 0, 3, 0, 2, 7, 2, 5, 5);

    assertThat(datasets.load("fashion-mnist").train().name()).isEqualTo("fashion-mnist");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> datasets.load("mnist"))
        .withMessageStartingWith(own + ": the files there are those of fashion-mnist, not mnist");
  }

  @Test
  void aPathIsReadAsAFolderOfIdxFiles() throws IOException {
    Path folder = IdxBytes.writeSet(root.resolve("letters"), 4, 5);

    assertThat(IdxBytes.label(datasets.load(folder.toString()).train(), 1)).isEqualTo(5);
  }

  @Test
  void filesOfAKnownSetsNameThatAreNotThePublishedOnesAreSaidSo() throws IOException {
    IdxBytes.writeSet(own, 9, 8, 7);

    FoundData found = datasets.find("mnist", null);

    assertThat(found.published()).isFalse();
    assertThat(found.remarks())
        .containsExactly(
            "The files in "
                + own
                + " are not mnist as it was published, but other data (test images, test labels,"
                + " training images, training labels); it is used as it is.");
    assertThat(found.parts().train().classLabels()).hasToString("0..9");
    assertThat(found.identity().path()).isEqualTo(own.toString());
  }

  @Test
  void theIdentityIsOfTheUnpackedContentAndNamesWhatDiffers() throws IOException {
    Path one = IdxBytes.writeSet(root.resolve("one"), 4, 5);
    Path other = IdxBytes.writeSet(root.resolve("other"), 4, 5);
    Path labels = other.resolve("train-labels-idx1-ubyte");
    Files.write(other.resolve("train-labels-idx1-ubyte.gz"), IdxBytes.gzip(IdxBytes.labels(4, 5)));
    Files.delete(labels);
    DataIdentity identity = datasets.find(one.toString(), null).identity();
    DataIdentity packed = datasets.find(other.toString(), null).identity();

    assertThat(packed.sha256()).isEqualTo(identity.sha256()).matches("[0-9a-f]{64}");
    assertThat(packed.path()).isEqualTo(other.toString());
    assertThat(packed.differences(identity.parts())).isEmpty();

    Files.write(labels, IdxBytes.labels(4, 6));
    DataIdentity changed = datasets.find(other.toString(), null).identity();
    assertThat(changed.sha256()).isNotEqualTo(identity.sha256());
    assertThat(changed.differences(identity.parts())).isEqualTo("training labels");
  }

  @Test
  void theEmbeddedDigitsAreAsPublished() {
    FoundData digits = datasets.find("digits", null);

    assertThat(digits.published()).isTrue();
    assertThat(digits.identity().differences(KnownDataset.DIGITS.published())).isEmpty();
    assertThat(digits.identity().path()).isEmpty();
    assertThat(digits.remarks()).isEmpty();
  }

  @Test
  void namesAreKnownInAnyCase() {
    assertThat(datasets.load("Digits").test().size()).isEqualTo(360);
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> datasets.load("minst"))
        .withMessageContaining("'minst'")
        .withMessageContaining("digits, mnist, fashion-mnist");
  }

  @Test
  void aPathThatNoSystemHasIsRefusedInOneSentence() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> datasets.load("a\0b"))
        .withMessageContaining("is not a path");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> datasets(Map.of("EP_DATA", "a\0b")).load("mnist"))
        .withMessageContaining("is not a path");
  }

  @Test
  void aFolderIsRefusedWhereItIsOfNoUse() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> datasets.load("digits", root))
        .withMessageStartingWith(root + ": a folder is of no use for the data set 'digits'");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> datasets.load(root.toString(), root));
  }

  private Datasets datasets(Map<String, String> environment) {
    return new Datasets(new DataFolders(environment, "Linux", root.resolve("home"), shared));
  }

  /** Fills every place with sets whose first label is the given one, then one more each. */
  private void fillFrom(int label) throws IOException {
    IdxBytes.writeSet(own.resolve("mnist"), label);
    IdxBytes.writeSet(own.resolve("fashion-mnist"), label);
    IdxBytes.writeSet(own, label + 1);
    IdxBytes.writeSet(cache.resolve("eqprop").resolve("fashion-mnist"), label + 2);
    IdxBytes.writeSet(shared.resolve("fashion-mnist"), label + 3);
  }

  private static void deleteFiles(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
