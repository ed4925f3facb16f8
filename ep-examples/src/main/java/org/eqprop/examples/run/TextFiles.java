package org.eqprop.examples.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads text files whose length is bounded by what they are for. */
public final class TextFiles {
  private TextFiles() {}

  /**
   * The whole text of a file.
   *
   * @param most bytes that it may have
   * @throws IOException if it cannot be read, is longer, or is no UTF-8 text; its message is a few
   *     words for the user
   */
  public static String read(Path file, long most) throws IOException {
    long size = Files.size(file);
    if (size > most) {
      throw new IOException("it has " + size + " bytes, more than the " + most + " that are read");
    }
    try {
      return TextFile.read(file);
    } catch (CharacterCodingException thrown) {
      throw new IOException("it is no UTF-8 text", thrown);
    }
  }
}
