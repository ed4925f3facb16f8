package org.eqprop.examples.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.CRC32;
import org.eqprop.core.internal.file.InputFiles;

/**
 * Checks the checksums of the chunks of a PNG file that decide its pixels. The JDK's decoder does
 * not look at them, so a flipped bit would change a picture without a word. What is wrong in other
 * chunks (texts, times, colour profiles) does not matter here.
 */
final class PngChunks {

  private static final long SIGNATURE = 0x89504E47_0D0A1A0AL;
  private static final String END = "IEND";
  private static final Set<String> DECISIVE = Set.of("IHDR", "PLTE", "tRNS", "IDAT", END);

  private PngChunks() {}

  /**
   * Checks a file.
   *
   * @return false if a decisive chunk is damaged or the file ends early; true if it is sound or no
   *     PNG file
   * @throws IOException if it cannot be read
   */
  static boolean areSound(Path file) throws IOException {
    try (InputStream plain = InputFiles.open(file);
        DataInputStream in = new DataInputStream(new BufferedInputStream(plain, 1 << 16))) {
      if (Files.size(file) < Long.BYTES || in.readLong() != SIGNATURE) {
        return true;
      }
      byte[] buffer = new byte[1 << 13];
      String type;
      do {
        long length = in.readInt() & 0xFFFF_FFFFL;
        CRC32 sum = new CRC32();
        byte[] name = in.readNBytes(4);
        sum.update(name);
        type = new String(name, StandardCharsets.ISO_8859_1);
        while (length > 0) {
          int read = in.read(buffer, 0, (int) Math.min(buffer.length, length));
          if (read < 0) {
            return false;
          }
          sum.update(buffer, 0, read);
          length -= read;
        }
        if (in.readInt() != (int) sum.getValue() && DECISIVE.contains(type)) {
          return false;
        }
      } while (!type.equals(END));
      return true;
    } catch (EOFException cut) {
      return false;
    }
  }
}
