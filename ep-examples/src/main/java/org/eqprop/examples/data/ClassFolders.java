package org.eqprop.examples.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eqprop.core.DataException;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a folder that has a sub-folder for each class, as torchvision's ImageFolder has
 * it, or two such folders for training and testing.
 *
 * @param root the folder
 * @param train its pictures to learn from, or all of them, in order of classes and names
 * @param test those to test with; null if there are no two parts
 * @param remarks what the user should know, a sentence each
 */
record ClassFolders(
    Path root, List<Picture> train, @Nullable List<Picture> test, List<String> remarks) {
  /**
   * A picture.
   *
   * @param file where it is
   * @param name its path below the root, with slashes
   * @param className the name of its class
   */
  record Picture(Path file, String name, String className) {}

  private static final List<String> TRAIN = List.of("train", "training");
  private static final List<String> TEST = List.of("test", "testing", "val", "valid", "validation");

  private static final Pattern PICTURE =
      Pattern.compile(".*\\.(png|jpe?g|gif|bmp|tiff?|webp)", Pattern.CASE_INSENSITIVE);

  /** What systems put beside the user's files. */
  private static final Set<String> OF_THE_SYSTEM = Set.of("thumbs.db", "desktop.ini", "__macosx");

  private static final int DEEPEST = 20;

  /** Whether a folder has class sub-folders with pictures, or two parts that do. */
  static boolean areIn(Path root) {
    for (Path sub : folders(root)) {
      if (holdsPictures(sub)) {
        return true;
      }
      boolean part = isNamed(sub, TRAIN) || isNamed(sub, TEST);
      if (part && folders(sub).stream().anyMatch(ClassFolders::holdsPictures)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Lists the pictures.
   *
   * @throws DataException if a folder cannot be read, or a class has no pictures
   */
  static ClassFolders of(Path root) {
    List<String> remarks = new ArrayList<>();
    List<Path> train = parts(root, TRAIN);
    List<Path> test = parts(root, TEST);
    if (train.isEmpty() && test.isEmpty()) {
      return new ClassFolders(root, pictures(root, root, remarks), null, remarks);
    }
    if (train.isEmpty()) {
      throw new DataException(
          root,
          "there is a folder " + test.get(0).getFileName() + ", but no folder train",
          "call the folder with the training pictures train");
    }
    List<Path> unread = new ArrayList<>(folders(root));
    unread.remove(train.get(0));
    if (!test.isEmpty()) {
      unread.remove(test.get(0));
    }
    if (!unread.isEmpty()) {
      remarks.add("The folder " + unread.get(0) + " is not read.");
    }
    return new ClassFolders(
        root,
        pictures(root, train.get(0), remarks),
        test.isEmpty() ? null : pictures(root, test.get(0), remarks),
        remarks);
  }

  /** The sub-folders that are a part: of such a name, and with folders, not pictures, in them. */
  private static List<Path> parts(Path root, List<String> names) {
    return folders(root).stream()
        .filter(sub -> isNamed(sub, names) && !holdsPictures(sub) && !folders(sub).isEmpty())
        .sorted(Comparator.comparingInt(sub -> names.indexOf(lowerName(sub))))
        .toList();
  }

  private static List<Picture> pictures(Path root, Path part, List<String> remarks) {
    List<Picture> pictures = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    for (Path classFolder : folders(part)) {
      int before = pictures.size();
      String className = String.valueOf(classFolder.getFileName());
      for (Path file : filesBelow(classFolder)) {
        if (isPicture(file)) {
          String name = root.relativize(file).toString().replace('\\', '/');
          pictures.add(new Picture(file, name, className));
        } else {
          others.add(file);
        }
      }
      if (pictures.size() == before) {
        throw new DataException(
            classFolder,
            "the folder of a class has no pictures",
            "put PNG or JPEG files there, or remove the folder");
      }
    }
    if (!others.isEmpty()) {
      String more = others.size() > 1 ? " and " + (others.size() - 1) + " more" : "";
      remarks.add("No picture, so not read: " + others.get(0) + more + ".");
    }
    return pictures;
  }

  private static List<Path> filesBelow(Path folder) {
    try (Stream<Path> all = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(file -> Files.isRegularFile(file) && !isHidden(folder, file))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    } catch (IOException refused) {
      throw unreadable(folder, refused);
    } catch (UncheckedIOException refused) {
      throw unreadable(folder, Objects.requireNonNull(refused.getCause()));
    }
  }

  private static boolean isHidden(Path folder, Path file) {
    for (Path name : folder.relativize(file)) {
      if (isHiddenName(name.toString())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHiddenName(String name) {
    return name.startsWith(".") || OF_THE_SYSTEM.contains(name.toLowerCase(Locale.ROOT));
  }

  private static boolean holdsPictures(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.anyMatch(ClassFolders::isPicture);
    } catch (IOException | UncheckedIOException refused) {
      return false;
    }
  }

  private static boolean isPicture(Path file) {
    String name = String.valueOf(file.getFileName());
    return !isHiddenName(name) && PICTURE.matcher(name).matches() && Files.isRegularFile(file);
  }

  /** The sub-folders, without hidden ones, in order of their names. */
  private static List<Path> folders(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .filter(entry -> !isHiddenName(String.valueOf(entry.getFileName())))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    } catch (IOException refused) {
      throw unreadable(folder, refused);
    } catch (UncheckedIOException refused) {
      throw unreadable(folder, Objects.requireNonNull(refused.getCause()));
    }
  }

  private static boolean isNamed(Path folder, List<String> names) {
    return names.contains(lowerName(folder));
  }

  private static String lowerName(Path folder) {
    return String.valueOf(folder.getFileName()).toLowerCase(Locale.ROOT);
  }

  private static DataException unreadable(Path folder, IOException refused) {
    String what = "cannot be read (" + DataException.reason(refused) + ")";
    return new DataException(folder, what, "check the path and its permissions", refused);
  }
}
