package org.eqprop.examples.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds and reads data sets by name, or from a folder of IDX files. */
public final class Datasets {

  private final DataFolders folders;

  /** Looks in the folders of this machine and user. */
  public Datasets() {
    this(DataFolders.ofThisMachine());
  }

  /**
   * Looks in the given folders.
   *
   * @param folders where sets may be
   */
  public Datasets(DataFolders folders) {
    this.folders = folders;
  }

  /**
   * Reads a data set.
   *
   * @param nameOrFolder the name of a {@link KnownDataset}, or else a folder that holds four IDX
   *     files with ten classes (see {@link IdxReader#readFolder})
   * @return both parts
   * @throws DataException if there is no such set or folder, if the set is not on this machine, or
   *     if its files are not sound
   */
  public TrainTest load(String nameOrFolder) {
    return load(nameOrFolder, null);
  }

  /**
   * Reads a data set, a known one from the folder given.
   *
   * @param nameOrFolder as in {@link #load(String)}
   * @param folder where the files of a known set are, directly or in a folder of the set's name;
   *     null to search for them in {@link DataFolders#searched}
   * @return both parts
   * @throws DataException as in {@link #load(String)}, or if {@code folder} holds no file of the
   *     set, or if it is given though the set is embedded or itself a folder
   */
  public TrainTest load(String nameOrFolder, @Nullable Path folder) {
    Optional<KnownDataset> known = KnownDataset.named(nameOrFolder);
    if (folder != null && (known.isEmpty() || known.get().isEmbedded())) {
      throw new DataException(
          folder,
          "a folder is of no use for the data set '" + nameOrFolder + "'",
          "leave the folder out");
    }
    if (known.isEmpty()) {
      return readFolder(nameOrFolder);
    }
    return known.get().isEmbedded() ? EmbeddedDigits.load() : read(known.get(), folder);
  }

  /**
   * Finds where a known set is on this machine.
   *
   * @param set any set
   * @return the first of {@link DataFolders#searched} that holds a file of the set; nothing if
   *     there is none or the set is embedded
   */
  public Optional<Path> locate(KnownDataset set) {
    if (set.isEmbedded()) {
      return Optional.empty();
    }
    return firstWithFiles(folders.searched(set));
  }

  private TrainTest read(KnownDataset set, @Nullable Path given) {
    Path folder =
        given == null
            ? locate(set).orElseThrow(() -> notHere(set))
            : firstWithFiles(DataFolders.within(given, set)).orElseThrow(() -> empty(given, set));
    TrainTest parts = IdxReader.readFolder(set.id(), folder, KnownDataset.CLASSES);
    Optional<KnownDataset> recognized = KnownDataset.recognize(parts.train());
    if (recognized.isPresent() && recognized.get() != set) {
      String what = "the files there are those of " + recognized.get().id() + ", not " + set.id();
      throw new DataException(folder, what, "keep each set in a folder of its own name");
    }
    return parts;
  }

  private static TrainTest readFolder(String folder) {
    Path path = DataFolders.path(folder);
    if (!Files.isDirectory(path)) {
      throw new DataException(
          "There is no data set and no folder '"
              + folder
              + "'; choose one of "
              + KnownDataset.names()
              + ", or a folder with four IDX files.");
    }
    return IdxReader.readFolder(folder, path, KnownDataset.CLASSES);
  }

  private static Optional<Path> firstWithFiles(List<Path> candidates) {
    return candidates.stream().filter(IdxFolder::holdsAny).findFirst();
  }

  private static DataException empty(Path given, KnownDataset set) {
    String remedy = "put its four IDX files there, or leave the folder out";
    return new DataException(given, "no file of " + set.id() + " is there", remedy);
  }

  private DataException notHere(KnownDataset set) {
    String searched =
        folders.searched(set).stream().map(Path::toString).collect(Collectors.joining(", "));
    return new DataException(
        String.format(
            "The data set %s is not on this machine (looked in %s); run 'ep data download %s', or"
                + " put its four IDX files into %s.",
            set.id(), searched, set.id(), folders.cache(set)));
  }
}
