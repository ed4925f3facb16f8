package org.eqprop.examples.data;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eqprop.core.DataException;
import org.eqprop.core.internal.file.InputFiles;

/** What is in a file, unpacked if it is gzipped. */
final class FileContent {
  private static final int MOST = Integer.MAX_VALUE - 8;

  private final byte[] bytes;

  private FileContent(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads a file.
   *
   * @throws DataException if it cannot be read, is empty, too long or its gzip data is damaged
   */
  static FileContent of(Path file) {
    byte[] bytes = unpacked(file);
    if (bytes.length == 0) {
      throw new DataException(file, "the file is empty", "fetch it again");
    }
    return new FileContent(bytes);
  }

  /** Its bytes; not a copy. */
  byte[] bytes() {
    return bytes;
  }

  /** Their SHA-256 in lower-case hexadecimal digits. */
  String sha256() {
    return Checksum.sha256(bytes);
  }

  private static byte[] unpacked(Path file) {
    try {
      byte[] bytes = InputFiles.bytes(file, MOST);
      boolean gzip = bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
      return gzip ? unpack(bytes) : bytes;
    } catch (EOFException e) {
      throw new DataException(file, "the gzip data is truncated", "fetch it again", e);
    } catch (ZipException e) {
      String what = "the gzip data is damaged (" + DataException.reason(e) + ")";
      throw new DataException(file, what, "fetch it again", e);
    } catch (IOException e) {
      String what = "cannot be read (" + DataException.reason(e) + ")";
      throw new DataException(file, what, "check the path and its permissions", e);
    }
  }

  private static byte[] unpack(byte[] packed) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] bytes = in.readNBytes(MOST);
      if (in.read() >= 0) {
        throw new IOException("unpacked it is longer than 2 GB");
      }
      return bytes;
    }
  }
}
