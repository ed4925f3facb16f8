package org.eqprop.examples.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eqprop.core.DataException;

/**
 * The folders where data sets are looked for on this machine. In order: {@code $EP_DATA/<set>},
 * {@code $EP_DATA}, the user's cache, and for Fashion-MNIST the folder of Debian's package {@code
 * dataset-fashion-mnist}.
 */
public final class DataFolders {

  /** The environment variable that names the user's own folder of data sets. */
  public static final String VARIABLE = "EP_DATA";

  private final Map<String, String> environment;
  private final String os;
  private final Path home;
  private final Path shared;

  /**
   * Makes the folders of some machine; {@link #ofThisMachine} gives those of this one.
   *
   * @param environment the environment variables
   * @param os the system's name, as in the system property {@code os.name}
   * @param home the user's home folder
   * @param shared the folder of data sets that come with the system
   */
  public DataFolders(Map<String, String> environment, String os, Path home, Path shared) {
    this.environment = Map.copyOf(environment);
    this.os = os.toLowerCase(Locale.ROOT);
    this.home = home;
    this.shared = shared;
  }

  /**
   * Returns the folders of this machine and user.
   *
   * @return folders by the real environment
   */
  public static DataFolders ofThisMachine() {
    return new DataFolders(
        System.getenv(),
        System.getProperty("os.name", ""),
        Path.of(System.getProperty("user.home", "")),
        Path.of("/usr/share/datasets"));
  }

  /**
   * Returns where a set is looked for.
   *
   * @param set a set that is not embedded
   * @return at least the cache; the first folder that holds a file of the set is taken
   * @throws DataException if {@code EP_DATA} is no path, or that of a file
   */
  public List<Path> searched(KnownDataset set) {
    List<Path> folders = new ArrayList<>();
    String own = environment.getOrDefault(VARIABLE, "");
    if (!own.isEmpty()) {
      Path named = path(own);
      if (Files.exists(named) && !Files.isDirectory(named)) {
        throw new DataException(
            VARIABLE + " is " + own + ", which is a file; name the folder of the data sets.");
      }
      folders.addAll(within(named, set));
    }
    folders.add(cache(set));
    if (set == KnownDataset.FASHION_MNIST) {
      folders.add(shared.resolve(set.id()));
    }
    return folders;
  }

  /**
   * Returns the user's cache folder for a set, where downloads go: {@code
   * $XDG_CACHE_HOME/eqprop/<set>}, else {@code ~/.cache}, on macOS {@code ~/Library/Caches}, on
   * Windows {@code %LOCALAPPDATA%}.
   *
   * @param set any set
   * @return the folder, which need not exist
   */
  public Path cache(KnownDataset set) {
    return caches().resolve("eqprop").resolve(set.id());
  }

  /** Returns the places for a set in a folder of the user's: one a set, or the set itself. */
  static List<Path> within(Path folder, KnownDataset set) {
    return List.of(folder.resolve(set.id()), folder);
  }

  /**
   * Turns what a user has typed into a path.
   *
   * @throws DataException if the system cannot have such a path
   */
  public static Path path(String typed) {
    try {
      return Path.of(typed);
    } catch (InvalidPathException e) {
      throw new DataException(
          "'"
              + typed
              + "' is not a path; name data or a folder that exists, with --data or data in the"
              + " configuration.");
    }
  }

  private Path caches() {
    boolean windows = os.startsWith("windows");
    String variable = environment.getOrDefault(windows ? "LOCALAPPDATA" : "XDG_CACHE_HOME", "");
    // A relative path in these variables is invalid by their specification and to be ignored.
    if (!variable.isEmpty() && path(variable).isAbsolute()) {
      return path(variable);
    }
    if (windows) {
      return home.resolve("AppData").resolve("Local");
    }
    return os.startsWith("mac")
        ? home.resolve("Library").resolve("Caches")
        : home.resolve(".cache");
  }
}
