package org.eqprop.examples.data;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eqprop.core.internal.file.InputFiles;

/** Finds WebP files that end early: the decoder fills up what is missing without a word. */
final class RiffFile {

  private static final int HEAD = 8;
  private static final int MARK = 0x52494646; // "RIFF"

  private RiffFile() {}

  /**
   * Compares a file's length with the one in its head.
   *
   * @return false if bytes are missing; true if they are all there, or it is no RIFF file
   * @throws IOException if it cannot be read
   */
  static boolean isWhole(Path file) throws IOException {
    long length = Files.size(file);
    try (InputStream plain = InputFiles.open(file);
        DataInputStream in = new DataInputStream(plain)) {
      if (length < HEAD || in.readInt() != MARK) {
        return true;
      }
      return HEAD + (Integer.reverseBytes(in.readInt()) & 0xFFFF_FFFFL) <= length;
    }
  }
}
