package org.eqprop.core.internal.idx;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** A gzip stream that knows whether something else comes after it. */
final class GzipFile extends GZIPInputStream {
  /** Bytes of the check sum and the length at the end. */
  private static final int TRAILER = 8;

  private static final int BUFFER = 1 << 16;

  /**
   * A stream of the file's members, one after the other.
   *
   * @throws IOException if the file does not begin with one
   */
  GzipFile(InputStream file) throws IOException {
    super(file, BUFFER);
  }

  /**
   * Whether the file goes on after its last member. Zeros are padding. To be asked at the end.
   *
   * @throws IOException if the rest of the file cannot be read
   */
  boolean hasMore() throws IOException {
    for (int i = len - inf.getRemaining() + TRAILER; i < len; i++) {
      if (buf[i] != 0) {
        return true;
      }
    }
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next != 0) {
        return true;
      }
    }
    return false;
  }
}
