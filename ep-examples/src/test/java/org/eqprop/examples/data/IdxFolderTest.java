package org.eqprop.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eqprop.core.DataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sets under the names that their files have in the wild. */
class IdxFolderTest {
  @TempDir Path root;
  private Path set;
  private Datasets datasets;

  @BeforeEach
  void nameTheFolder() {
    set = root.resolve("set");
    datasets = new Datasets(new DataFolders(Map.of(), "Linux", root, root));
  }

  /** The names of training and test files, with IMAGES in the images' place. */
  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte,"
        + " t10k-labels-idx1-ubyte",
    "train-images.idx3-ubyte, train-labels.idx1-ubyte, t10k-images.idx3-ubyte,"
        + " t10k-labels.idx1-ubyte",
    "train-images-idx3-ubyte.gz, train-labels.idx1-ubyte, t10k-images.idx3-ubyte.gz,"
        + " t10k-labels-idx1-ubyte.gz",
    "emnist-letters-train-images-idx3-ubyte.gz, emnist-letters-train-labels-idx1-ubyte.gz,"
        + " emnist-letters-test-images-idx3-ubyte.gz, emnist-letters-test-labels-idx1-ubyte.gz",
    "qmnist-train-images-idx3-ubyte.gz, qmnist-train-labels-idx2-int.gz,"
        + " qmnist-test-images-idx3-ubyte.gz, qmnist-test-labels-idx2-int",
    "Train-Images-idx3-ubyte, Train-Labels-idx1-ubyte, Test-Images-idx3-ubyte,"
        + " Test-Labels-idx1-ubyte",
    "train_images.idx, train_labels.idx, test_images.idx, test_labels.idx",
    "train-images.idx3.gz, train-labels.idx1.gz, test-images.idx3.gz, test-labels.idx1.gz",
    "my_set-train-images-idx4-float, my_set-train-labels-idx1-int, my_set-test-images-idx4-float,"
        + " my_set-test-labels-idx1-int"
  })
  void filesAreFoundByTheirNamesInTheWild(
      String trainImages, String trainLabels, String testImages, String testLabels)
      throws IOException {
    write(trainImages, trainLabels, testImages, testLabels);

    TrainTest parts = datasets.load(set.toString());

    assertThat(IdxBytes.label(parts.train(), 0)).isEqualTo(4);
    assertThat(parts.train().size()).isEqualTo(2);
    assertThat(IdxBytes.label(parts.test(), 0)).isEqualTo(7);
  }

  @Test
  void aFileMayBeInAFolderOfItsName() throws IOException {
    write("train-images.d", "train-labels.d", "t10k-images.d", "t10k-labels.d");
    for (String part : List.of("train", "t10k")) {
      for (String file : List.of(part + "-images-idx3-ubyte", part + "-labels-idx1-ubyte")) {
        Path inner = Files.createDirectory(set.resolve(file));
        Files.move(set.resolve(file.replaceFirst("-idx.*", ".d")), inner.resolve(file));
      }
    }

    assertThat(datasets.load(set.toString()).train().size()).isEqualTo(2);
  }

  @Test
  void ofSeveralSetsOneIsNamedByTheBeginningOfItsFiles() throws IOException {
    for (String name : List.of("emnist-letters", "emnist-digits")) {
      write(
          name + "-train-images-idx3-ubyte",
          name + "-train-labels-idx1-ubyte",
          name + "-test-images-idx3-ubyte",
          name + "-test-labels-idx1-ubyte");
    }

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> datasets.load(set.toString()))
        .withMessage(
            set
                + ": files of several data sets are there (emnist-digits, emnist-letters); name one"
                + " of them, as in "
                + set.resolve("emnist-digits")
                + ".");
    FoundData letters = datasets.find(set.resolve("emnist-letters").toString(), null);
    assertThat(letters.parts().train().size()).isEqualTo(2);
    assertThat(letters.identity().path()).isEqualTo(set.resolve("emnist-letters").toString());
    assertThat(letters.remarks()).containsExactly(Datasets.TRANSPOSE_HINT);

    Files.delete(set.resolve("emnist-letters-test-labels-idx1-ubyte"));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> datasets.load(set.resolve("emnist-letters").toString()))
        .withMessageContaining("the file emnist-letters-t10k-labels-idx1-ubyte or");
  }

  @Test
  void namesWithoutASetComeFirst() throws IOException {
    IdxBytes.writeSet(set, 1, 2);
    Files.write(set.resolve("emnist-mnist-train-labels-idx1-ubyte"), IdxBytes.labels(3));

    assertThat(datasets.load(set.toString()).train().size()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"emnist", "EMNIST/gzip", "my-emnist-letters/raw"})
  void aFolderNamedEmnistGetsTheHint(String name) throws IOException {
    Path folder = IdxBytes.writeSet(root.resolve(name), 1, 2, 7);

    assertThat(datasets.find(folder.toString(), null).remarks())
        .containsExactly(Datasets.TRANSPOSE_HINT);
  }

  @ParameterizedTest
  @CsvSource({
    "train-labels-idx1-ubyte.zip, unpack or convert it",
    "train-labels-idx1-ubyte.xz, unpack or convert it",
    "train_labels.csv, unpack or convert it",
    "emnist-letters.npz, unpack or convert it",
    "train-labels-idx1-ubyte.gz.part, unpack or convert it",
    "train-labels-idx1-ubyte (1), 'if that is it, rename it'",
    "trainlabels, 'if that is it, rename it'"
  })
  void aLookAlikeIsNamed(String name, String remedy) throws IOException {
    IdxBytes.writeSet(set, 1, 2);
    Files.move(set.resolve("train-labels-idx1-ubyte"), set.resolve(name));

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> datasets.load(set.toString()))
        .withMessageStartingWith(
            set
                + ": the file train-labels-idx1-ubyte or train-labels-idx1-ubyte.gz is missing, but"
                + " there is "
                + name
                + "; ")
        .withMessageContaining(remedy);
  }

  @Test
  void labelsOfClassesThatAreNotTrainedAreRemarkedUpon() throws IOException {
    IdxBytes.writeSet(set, 1, 2);

    assertThat(datasets.find(set.toString(), null).remarks())
        .containsExactly(
            "The test labels of " + set + " have the classes 7, the training labels only 1..2.");
  }

  @Test
  void theSecondFileOfANameIsRemarkedUpon() throws IOException {
    IdxBytes.writeSet(set, 1, 2);
    Path one = set.resolve("train-labels-idx1-ubyte");
    Path other = set.resolve("train-labels-idx1-ubyte.gz");
    if (Files.exists(other)) {
      Files.write(one, IdxBytes.labels(1, 2));
    } else {
      Files.write(other, IdxBytes.gzip(IdxBytes.labels(1, 2)));
    }

    assertThat(datasets.find(set.toString(), null).remarks())
        .contains(
            "Both "
                + one.getFileName()
                + " and "
                + other.getFileName()
                + " are in "
                + set
                + "; the first is read.");
  }

  @Test
  void labelsOfOneClassAreRemarkedUpon() throws IOException {
    IdxBytes.writeSet(set, 7);

    assertThat(datasets.find(set.toString(), null).remarks())
        .contains(
            "All labels of "
                + set
                + " are 7, so every prediction is right and nothing is learned; are they the right"
                + " files?");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFolderOrABrokenLinkIsNotCalledMissing() throws IOException {
    IdxBytes.writeSet(set, 1, 2);
    String name = "train-images-idx3-ubyte";
    Files.deleteIfExists(set.resolve(name));
    Files.deleteIfExists(set.resolve(name + ".gz"));
    Path link = Files.createSymbolicLink(set.resolve(name), set.resolve("nowhere"));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> datasets.load(set.toString()))
        .withMessage(
            set + ": " + name + " is a link to a file that does not exist; repair the link.");
    Files.delete(link);
    Files.createDirectory(link);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> datasets.load(set.toString()))
        .withMessage(set + ": " + name + " is a folder, not a file; put the file there.");
  }

  private void write(String trainImages, String trainLabels, String testImages, String testLabels)
      throws IOException {
    Files.createDirectories(set);
    Files.write(set.resolve(trainImages), IdxBytes.gzip(IdxBytes.images(2)));
    Files.write(set.resolve(trainLabels), IdxBytes.labels(4, 7));
    Files.write(set.resolve(testImages), IdxBytes.images(1));
    Files.write(set.resolve(testLabels), IdxBytes.labels(7));
  }
}
