package org.eqprop.examples.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eqprop.core.DataException;

/**
 * The four files of a set in IDX format, found by the names they have in the wild: {@code
 * train-images-idx3-ubyte}, {@code train-images.idx3-ubyte}, {@code emnist-letters-test-labels…},
 * {@code qmnist-train-labels-idx2-int.gz}.
 */
final class IdxFolder {
  /** One of the four files. */
  enum Role {
    TRAIN_IMAGES("training images", "train-images-idx3-ubyte"),
    TRAIN_LABELS("training labels", "train-labels-idx1-ubyte"),
    TEST_IMAGES("test images", "t10k-images-idx3-ubyte"),
    TEST_LABELS("test labels", "t10k-labels-idx1-ubyte");

    /** What the file has. */
    final String content;

    /** Its name in MNIST. */
    final String usualName;

    Role(String content, String usualName) {
      this.content = content;
      this.usualName = usualName;
    }
  }

  private static final Pattern NAME =
      Pattern.compile(
          "(?:(?<set>.+)[-_.])?(?<part>train|training|t10k|test)[-_.](?<what>images|labels)"
              + "(?:[-_.]?idx[0-9])?(?:[-_.](?:u?byte|short|int|float|double))?(?:\\.idx)?"
              + "(?:\\.gz)?",
          Pattern.CASE_INSENSITIVE);

  /** What files of data sets end with that are not read here. */
  private static final Pattern OTHER_KIND =
      Pattern.compile(
          ".*\\.(zip|xz|bz2|7z|rar|tar|tgz|tar\\.gz|csv|tsv|npz|npy|mat|parquet|pt|pkl|arff|part|"
              + "crdownload)",
          Pattern.CASE_INSENSITIVE);

  private final Path folder;
  private final String set;
  private final Map<Role, Path> files;

  private final List<String> remarks = new ArrayList<>();

  private IdxFolder(Path folder, String set, Map<Role, Path> files) {
    this.folder = folder;
    this.set = set;
    this.files = files;
  }

  /**
   * Finds the files of a known set, named as MNIST's or beginning with the set's name.
   *
   * @return them, or none at all if there are none
   */
  static IdxFolder of(KnownDataset known, Path folder) {
    Map<String, IdxFolder> sets = sets(folder);
    IdxFolder none = new IdxFolder(folder, "", Map.of());
    return sets.getOrDefault("", sets.getOrDefault(known.id(), none));
  }

  /**
   * Finds the files of a set that a user names by a folder, or by a folder and the beginning of the
   * files' names, as in {@code emnist/emnist-letters}.
   *
   * @throws DataException if the folder holds several sets, and none of them without such a name
   */
  static IdxFolder of(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    if (!Files.isDirectory(path) && parent != null) {
      String set = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
      return sets(parent).getOrDefault(set, new IdxFolder(parent, set, Map.of()));
    }
    Map<String, IdxFolder> sets = sets(path);
    if (sets.size() > 1 && !sets.containsKey("")) {
      throw new DataException(
          path,
          "files of several data sets are there (" + String.join(", ", sets.keySet()) + ")",
          "name one of them, as in " + path.resolve(sets.keySet().iterator().next()));
    }
    IdxFolder none = new IdxFolder(path, "", Map.of());
    return sets.getOrDefault("", sets.values().stream().findFirst().orElse(none));
  }

  private static Map<String, IdxFolder> sets(Path folder) {
    Map<String, IdxFolder> sets = new TreeMap<>();
    for (Path entry : entries(folder)) {
      Matcher name = NAME.matcher(entry.getFileName().toString());
      if (!name.matches()) {
        continue;
      }
      // Some unpackers put a file into a folder of its name.
      Path file = Files.isDirectory(entry) ? entry.resolve(entry.getFileName()) : entry;
      // A pipe or a device of that name is refused when it is opened, not taken for missing.
      if (Files.exists(file) && !Files.isDirectory(file)) {
        String set = name.group("set") == null ? "" : name.group("set").toLowerCase(Locale.ROOT);
        IdxFolder found =
            sets.computeIfAbsent(set, key -> new IdxFolder(folder, key, new EnumMap<>(Role.class)));
        Path first = found.files.putIfAbsent(role(name), file);
        if (first != null) {
          found.remarks.add(
              "Both "
                  + first.getFileName()
                  + " and "
                  + file.getFileName()
                  + " are in "
                  + folder
                  + "; the first is read.");
        }
      }
    }
    return sets;
  }

  private static Role role(Matcher name) {
    boolean train = name.group("part").toLowerCase(Locale.ROOT).startsWith("train");
    boolean images = name.group("what").equalsIgnoreCase("images");
    if (train) {
      return images ? Role.TRAIN_IMAGES : Role.TRAIN_LABELS;
    }
    return images ? Role.TEST_IMAGES : Role.TEST_LABELS;
  }

  /** What is in a folder: files before folders, the usual names first, and plain before packed. */
  private static List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .sorted(
              Comparator.<Path, Boolean>comparing(Files::isDirectory)
                  .thenComparing(entry -> !entry.getFileName().toString().contains("-idx"))
                  .thenComparing(entry -> entry.getFileName().toString()))
          .toList();
    } catch (IOException refused) {
      throw unreadable(folder, refused);
    } catch (UncheckedIOException refused) {
      throw unreadable(folder, Objects.requireNonNull(refused.getCause()));
    }
  }

  private static DataException unreadable(Path folder, IOException refused) {
    String what = "cannot be read (" + DataException.reason(refused) + ")";
    return new DataException(folder, what, "check the path and its permissions", refused);
  }

  /** Whether there is at least one of the four files. */
  boolean holdsAny() {
    return !files.isEmpty();
  }

  /** What the user should know about the files, a sentence each. */
  List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** Where the files are. */
  Path folder() {
    return folder;
  }

  /** The absolute path that names the set: its folder, with the beginning of the files' names. */
  Path path() {
    Path absolute = folder.toAbsolutePath().normalize();
    return set.isEmpty() ? absolute : absolute.resolve(set);
  }

  /** Whether a name says that this is EMNIST, whose images have rows and columns exchanged. */
  boolean isNamedEmnist() {
    Path absolute = folder.toAbsolutePath().normalize();
    Path names =
        absolute.subpath(Math.max(0, absolute.getNameCount() - 2), absolute.getNameCount());
    return (set + " " + names).toLowerCase(Locale.ROOT).contains("emnist");
  }

  /**
   * Returns where a file is.
   *
   * @throws DataException if it is not there
   */
  Path require(Role role) {
    Path file = files.get(role);
    if (file != null) {
      return file;
    }
    String name = set.isEmpty() ? role.usualName : set + "-" + role.usualName;
    String missing = "the file " + name + " or " + name + ".gz is missing";
    for (String there : List.of(name, name + ".gz")) {
      Path place = folder.resolve(there);
      if (Files.isSymbolicLink(place) && !Files.exists(place)) {
        throw new DataException(
            folder, there + " is a link to a file that does not exist", "repair the link");
      }
      if (Files.isDirectory(place)) {
        throw new DataException(folder, there + " is a folder, not a file", "put the file there");
      }
    }
    String alike = lookAlike(role);
    if (alike.isEmpty()) {
      throw new DataException(folder, missing, "put all four IDX files of the data set there");
    }
    throw new DataException(
        folder,
        missing + ", but there is " + alike,
        OTHER_KIND.matcher(alike).matches()
            ? "only IDX files are read, plain or gzipped, so unpack or convert it"
            : "if that is it, rename it");
  }

  /** A file that may be the one but has a name, or is of a kind, that is not read; or empty. */
  private String lookAlike(Role role) {
    List<String> names =
        entries(folder).stream()
            .filter(Files::isRegularFile)
            .map(entry -> entry.getFileName().toString())
            .filter(name -> !NAME.matcher(name).matches())
            .toList();
    boolean train = role == Role.TRAIN_IMAGES || role == Role.TRAIN_LABELS;
    boolean images = role == Role.TRAIN_IMAGES || role == Role.TEST_IMAGES;
    Pattern alike =
        Pattern.compile(
            (train ? ".*train.*" : ".*(t10k|test|val).*") + (images ? "im(age|g).*" : "(lab|lb).*"),
            Pattern.CASE_INSENSITIVE);
    return names.stream()
        .filter(name -> alike.matcher(name).matches())
        .findFirst()
        .or(() -> names.stream().filter(name -> OTHER_KIND.matcher(name).matches()).findFirst())
        .orElse("");
  }
}
