package org.eqprop.examples.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eqprop.core.DataException;
import org.jspecify.annotations.Nullable;

/** Finds and reads data sets by name, or from a folder of IDX files. */
public final class Datasets {

  /** What is said about data that is EMNIST by its name. */
  public static final String TRANSPOSE_HINT =
      "EMNIST's images are published with rows and columns exchanged; --transpose turns them"
          + " upright.";

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
   * @param nameOrFolder as in {@link #find}
   * @return both parts
   * @throws DataException as in {@link #find}
   */
  public TrainTest load(String nameOrFolder) {
    return find(nameOrFolder, null).parts();
  }

  /**
   * Reads a data set, a known one from the folder given.
   *
   * @param nameOrFolder as in {@link #find}
   * @param folder where the files of a known set are, directly or in a folder of the set's name;
   *     null to search for them in {@link DataFolders#searched}
   * @return both parts
   * @throws DataException as in {@link #find}, or if {@code folder} holds no file of the set, or if
   *     it is given though the set is embedded or itself a folder
   */
  public TrainTest load(String nameOrFolder, @Nullable Path folder) {
    return find(nameOrFolder, folder).parts();
  }

  /**
   * Finds and reads a data set, and says what was found.
   *
   * @param nameOrFolder the name of a {@link KnownDataset}, or else a folder that holds four IDX
   *     files, which may be followed by what the names of its files begin with
   * @param folder as in {@link #load(String, Path)}
   * @return the data
   * @throws DataException if there is no such set or folder, if the set is not on this machine, or
   *     if its files are not sound
   */
  public FoundData find(String nameOrFolder, @Nullable Path folder) {
    return find(nameOrFolder, folder, ReadOptions.USUAL);
  }

  /**
   * Finds and reads a data set, and says what was found.
   *
   * @param nameOrFolder as in {@link #find(String, Path)}
   * @param folder as in {@link #load(String, Path)}
   * @param options how data is read that does not say it itself
   * @return the data
   * @throws DataException as in {@link #find(String, Path)}
   */
  public FoundData find(String nameOrFolder, @Nullable Path folder, ReadOptions options) {
    Optional<KnownDataset> known = KnownDataset.named(nameOrFolder);
    if (folder != null && (known.isEmpty() || known.get().isEmbedded())) {
      throw new DataException(
          folder,
          "a folder is of no use for the data set '" + nameOrFolder + "'",
          "leave the folder out");
    }
    if (known.isEmpty()) {
      return readFolder(nameOrFolder, options);
    }
    requireNoOptions(nameOrFolder, options);
    return known.get().isEmbedded() ? EmbeddedDigits.find() : read(known.get(), folder);
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
    return firstWithFiles(set, folders.searched(set)).map(IdxFolder::folder);
  }

  private FoundData read(KnownDataset set, @Nullable Path given) {
    IdxFolder folder =
        given == null
            ? firstWithFiles(set, folders.searched(set)).orElseThrow(() -> notHere(set))
            : firstWithFiles(set, DataFolders.within(given, set))
                .orElseThrow(() -> empty(given, set));
    FoundData found =
        IdxReader.readFolder(set.id(), folder, ClassLabels.upTo(KnownDataset.CLASSES));
    String place = folder.folder().toAbsolutePath().normalize().toString();
    DataIdentity identity = new DataIdentity(place, found.identity().parts());
    String differences = identity.differences(set.published());
    if (differences.isEmpty()) {
      return new FoundData(found.parts(), identity, true, found.remarks());
    }
    Optional<KnownDataset> recognized = KnownDataset.recognize(found.parts().train());
    if (recognized.isPresent() && recognized.get() != set) {
      String what = "the files there are those of " + recognized.get().id() + ", not " + set.id();
      throw new DataException(folder.folder(), what, "keep each set in a folder of its own name");
    }
    List<String> remarks = new ArrayList<>(found.remarks());
    remarks.add(
        "The files in "
            + folder.folder()
            + " are not "
            + set.id()
            + " as it was published, but other data ("
            + differences
            + "); it is used as it is.");
    return new FoundData(found.parts(), identity, false, remarks);
  }

  private static void requireNoOptions(String name, ReadOptions options) {
    if (options.insistsOnShare()) {
      throw new DataException(
          "The data set " + name + " has a test part of its own; leave --test-share out.");
    }
    if (options.insistsOnColumn()) {
      throw new DataException(
          "The data set " + name + " is no table with columns; leave --label-column out.");
    }
  }

  /** What is said where samples for testing are chosen without being asked for. */
  static String noTestPart(Path place, double share) {
    return place
        + " has no test part, so "
        + Math.round(100 * share)
        + " % of each class are for testing (--test-share, --split-seed).";
  }

  private static FoundData readFolder(String name, ReadOptions options) {
    Path path = DataFolders.path(name);
    IdxFolder folder = IdxFolder.of(path);
    FoundData other = folder.holdsAny() ? null : OtherData.read(name, path, options);
    if (other != null) {
      return other;
    }
    requireNoOptions(name, options);
    if (!Files.isDirectory(path) && !folder.holdsAny()) {
      throw new DataException(
          "There is no data set and no folder '"
              + name
              + "'; choose one of "
              + KnownDataset.names()
              + ", a folder with four IDX files, a folder of pictures by class, a CSV file or an"
              + " .npz file.");
    }
    FoundData found = IdxReader.readFolder(name, folder, null);
    if (!folder.isNamedEmnist()) {
      return found;
    }
    List<String> remarks = new ArrayList<>(found.remarks());
    remarks.add(TRANSPOSE_HINT);
    return new FoundData(found.parts(), found.identity(), false, remarks);
  }

  private static Optional<IdxFolder> firstWithFiles(KnownDataset set, List<Path> candidates) {
    return candidates.stream()
        .map(candidate -> IdxFolder.of(set, candidate))
        .filter(IdxFolder::holdsAny)
        .findFirst();
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
