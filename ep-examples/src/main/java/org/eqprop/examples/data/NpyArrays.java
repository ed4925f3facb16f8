package org.eqprop.examples.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.eqprop.core.DataException;
import org.eqprop.core.internal.file.InputFiles;
import org.eqprop.core.internal.file.Visible;

/** The bytes of NumPy arrays by their names, from an {@code .npz} archive or a folder. */
final class NpyArrays {
  private static final int MOST = Integer.MAX_VALUE - 8;
  private static final String SUFFIX = ".npy";
  private static final String AGAIN = "save it again with numpy.savez";

  private final Path place;
  private final Map<String, byte[]> files;

  private NpyArrays(Path place, Map<String, byte[]> files) {
    this.place = place;
    this.files = files;
  }

  /** Whether a folder has NumPy files. */
  static boolean areIn(Path folder) {
    return !listed(folder).isEmpty();
  }

  private static List<Path> listed(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> lower(entry).endsWith(SUFFIX) && Files.isRegularFile(entry))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException unreadable) {
      return List.of();
    }
  }

  private static String lower(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }

  /** Reads all NumPy files of a folder. */
  static NpyArrays ofFolder(Path folder) {
    Map<String, byte[]> files = new TreeMap<>();
    for (Path file : listed(folder)) {
      String name = lower(file);
      put(folder, files, name, FileContent.of(file).bytes());
    }
    return new NpyArrays(folder, files);
  }

  /**
   * Reads an archive.
   *
   * @throws DataException if it cannot be read, or is damaged
   */
  static NpyArrays ofArchive(Path file) {
    Map<String, byte[]> files = new TreeMap<>();
    try {
      InputFiles.requireFile(file);
      try (ZipFile archive = new ZipFile(file.toFile())) {
        Enumeration<? extends ZipEntry> entries = archive.entries();
        while (entries.hasMoreElements()) {
          ZipEntry entry = entries.nextElement();
          if (entry.getName().toLowerCase(Locale.ROOT).endsWith(SUFFIX)) {
            put(file, files, entry.getName().toLowerCase(Locale.ROOT), content(archive, entry));
          }
        }
      }
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw new DataException(file, "the archive is damaged", AGAIN, e);
    } catch (IOException e) {
      String what = "cannot be read (" + DataException.reason(e) + ")";
      throw new DataException(file, what, "check the path and its permissions", e);
    }
    return new NpyArrays(file, files);
  }

  private static void put(Path place, Map<String, byte[]> files, String name, byte[] bytes) {
    String plain = name.substring(0, name.length() - SUFFIX.length());
    if (files.put(plain, bytes) != null) {
      throw new DataException(
          place, "there are two arrays " + Visible.brief(plain), "leave one out");
    }
  }

  private static byte[] content(ZipFile archive, ZipEntry entry) throws IOException {
    try (InputStream in = archive.getInputStream(entry)) {
      // the size that the archive announces; a byte more would be noticed
      byte[] bytes = in.readNBytes(Math.clamp(entry.getSize() + 1, 0, MOST));
      CRC32 crc = new CRC32();
      crc.update(bytes);
      if (bytes.length != entry.getSize() || crc.getValue() != entry.getCrc()) {
        throw new ZipException("a wrong checksum");
      }
      return bytes;
    }
  }

  /** Whether there is an array of this name, in small letters. */
  boolean has(String name) {
    return files.containsKey(name);
  }

  /** The names of all arrays, for messages. */
  String names() {
    return files.isEmpty()
        ? "no arrays"
        : "the arrays " + Visible.brief(String.join(", ", files.keySet()));
  }

  /** The SHA-256 of an array's file. */
  String sha256(String name) {
    return Checksum.sha256(bytes(name));
  }

  /**
   * An array.
   *
   * @throws DataException if it is not sound
   */
  NpyArray array(String name) {
    return NpyArray.of(place.resolve(name + SUFFIX), bytes(name));
  }

  private byte[] bytes(String name) {
    byte[] found = files.get(name);
    if (found == null) {
      throw new DataException(place, "there is no array " + name, "save it there");
    }
    return found;
  }
}
