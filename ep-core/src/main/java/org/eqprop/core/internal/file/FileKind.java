package org.eqprop.core.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What a path leads to. Links are followed. */
enum FileKind {
  /** Nothing is there. */
  NOTHING("there is no such file"),
  /** A link whose target is not there. */
  BROKEN_LINK("it is a link to a file that does not exist"),
  /** A regular file. */
  FILE("it is a file"),
  /** A folder. */
  FOLDER("it is a folder, not a file"),
  /** A named or unnamed pipe. Opening one can wait for ever. */
  PIPE("it is a pipe, not a file"),
  /** A character device, such as a terminal or the null device. */
  DEVICE("it is a device, not a file"),
  /** A socket, a disk, or something that this system does not name. */
  OTHER("it is not a regular file");

  private static final int TYPE_BITS = 0xF000;
  private static final int PIPE_BITS = 0x1000;
  private static final int DEVICE_BITS = 0x2000;

  private final String words;

  FileKind(String words) {
    this.words = words;
  }

  /** The kind in a few words, for a sentence about a path that should be a file. */
  String words() {
    return words;
  }

  /**
   * The kind of what is at {@code path}.
   *
   * @throws IOException if the system does not say
   */
  static FileKind of(Path path) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException missing) {
      return Files.isSymbolicLink(path) ? BROKEN_LINK : NOTHING;
    }
    if (attributes.isRegularFile()) {
      return FILE;
    }
    return attributes.isDirectory() ? FOLDER : special(path);
  }

  private static FileKind special(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return OTHER;
    }
    return switch ((Integer) Files.getAttribute(path, "unix:mode") & TYPE_BITS) {
      case PIPE_BITS -> PIPE;
      case DEVICE_BITS -> DEVICE;
      default -> OTHER;
    };
  }
}
