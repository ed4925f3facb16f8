package org.eqprop.examples.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The four files of a set in IDX format, as they are named everywhere. */
final class IdxFolder {

  static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  private static final List<String> ALL =
      List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);

  private IdxFolder() {}

  /** Says whether the folder holds at least one of the four. */
  static boolean holdsAny(Path folder) {
    return ALL.stream().anyMatch(name -> find(folder, name).isPresent());
  }

  /**
   * Returns where a file is.
   *
   * @throws DataException if it is not there
   */
  static Path require(Path folder, String name) {
    return find(folder, name)
        .orElseThrow(
            () ->
                new DataException(
                    folder,
                    "the file " + name + " or " + name + ".gz is missing",
                    "put all four IDX files of the data set there"));
  }

  private static Optional<Path> find(Path folder, String name) {
    return List.of(name, name + ".gz").stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
