package org.eqprop.examples.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eqprop.core.DataException;
import org.jspecify.annotations.Nullable;

/** Finds out what a file or folder holds that are no IDX files, and reads it. */
final class OtherData {
  private static final Pattern TABLE = Pattern.compile(".*\\.(csv|tsv|txt|data)(\\.gz)?");
  private static final List<String> TABLES =
      List.of(".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".txt.gz", ".data");

  private OtherData() {}

  /**
   * Reads data.
   *
   * @param name what it is called in messages
   * @return null if it is of no kind that is read here
   * @throws DataException if it is of such a kind, but not sound
   */
  static @Nullable FoundData read(String name, Path path, ReadOptions options) {
    FoundData found =
        Files.isDirectory(path) ? folder(name, path, options) : file(name, path, options);
    if (found != null && options.insistsOnColumn() && !isTable(path)) {
      throw new DataException(path, "only tables have columns", "leave --label-column out");
    }
    return found;
  }

  /** Whether a path is that of a table, or of a folder with tables. */
  static boolean isTable(Path path) {
    return Files.isDirectory(path)
        ? table(path, "train") != null
        : TABLE.matcher(lower(path)).matches();
  }

  /** Whether a path is that of a NumPy array. */
  static boolean isArray(Path path) {
    return lower(path).endsWith(".npy");
  }

  private static @Nullable FoundData file(String name, Path path, ReadOptions options) {
    if (!Files.exists(path)) {
      return null;
    }
    String lower = lower(path);
    if (lower.endsWith(".npz")) {
      return NpySet.read(name, path, NpyArrays.ofArchive(path), options);
    }
    if (lower.endsWith(".npy")) {
      throw new DataException(
          path, "one array has no labels", "name the folder that has x.npy and y.npy");
    }
    return TABLE.matcher(lower).matches()
        ? CsvTable.read(path, "table", options.labelColumn()).split(name, path, options)
        : null;
  }

  private static @Nullable FoundData folder(String name, Path path, ReadOptions options) {
    for (CifarFiles kind : CifarFiles.values()) {
      if (kind.areIn(path)) {
        return kind.read(name, path, options);
      }
    }
    if (NpyArrays.areIn(path)) {
      return NpySet.read(name, path, NpyArrays.ofFolder(path), options);
    }
    Path train = table(path, "train");
    if (train != null) {
      LabelledPart training = CsvTable.read(train, "training table", options.labelColumn());
      Path test =
          Stream.of("test", "val", "validation")
              .map(part -> table(path, part))
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null);
      return test == null
          ? training.split(name, path, options)
          : training.with(
              CsvTable.read(test, "test table", options.labelColumn()), name, path, options);
    }
    return ClassFolders.areIn(path) ? PictureFolder.read(name, path, options) : null;
  }

  private static @Nullable Path table(Path folder, String part) {
    return TABLES.stream()
        .map(end -> folder.resolve(part + end))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(null);
  }

  private static String lower(Path path) {
    return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
  }
}
