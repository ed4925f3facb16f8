package org.eqprop.examples.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** One IDX file of unsigned bytes, plain or gzipped (told by its first bytes, not by its name). */
final class IdxFile {

  /** The largest array that every JVM can make, about. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  /** No deflate stream unpacks to more than this multiple of its own length. */
  private static final long MOST_DEFLATED = 1032;

  /** Up to this size (MNIST has 47 MB) a header is believed before the bytes have come. */
  private static final int FIRST_ALLOCATION = 1 << 26;

  private static final String FETCH_AGAIN = "fetch it again";

  /** What the file holds; the magic number says so. */
  enum Kind {
    /** A list of labels: magic 0x801, one size. */
    LABELS(0x801, 1, "labels"),
    /** A list of images: magic 0x803, number of images, rows, columns. */
    IMAGES(0x803, 3, "images");

    private final int magic;
    private final int dimensions;
    private final String plural;

    Kind(int magic, int dimensions, String plural) {
      this.magic = magic;
      this.dimensions = dimensions;
      this.plural = plural;
    }
  }

  /** The sizes in the header: number of items, then their rows and columns if they are images. */
  final int[] sizes;

  /** The unsigned bytes after the header, as many as the product of the sizes. */
  final byte[] data;

  private IdxFile(int[] sizes, byte[] data) {
    this.sizes = sizes;
    this.data = data;
  }

  /**
   * Reads a whole file.
   *
   * @throws DataException if it cannot be read or is not a sound IDX file of that kind
   */
  static IdxFile read(Path file, Kind kind) {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
      long length = Files.size(file);
      raw.mark(2);
      int first = raw.read();
      if (first < 0) {
        throw new DataException(file, "the file is empty", FETCH_AGAIN);
      }
      boolean gzipped = first == 0x1f && raw.read() == 0x8b;
      raw.reset();
      if (!gzipped) {
        return parse(file, kind, raw, length, false);
      }
      try (InputStream unpacked = new GZIPInputStream(raw, 1 << 16)) {
        return parse(file, kind, unpacked, length, true);
      }
    } catch (EOFException e) {
      throw new DataException(file, "the file is truncated", FETCH_AGAIN, e);
    } catch (ZipException e) {
      String what = "the gzip data is damaged (" + DataException.reason(e) + ")";
      throw new DataException(file, what, FETCH_AGAIN, e);
    } catch (IOException e) {
      String what = "cannot be read (" + DataException.reason(e) + ")";
      throw new DataException(file, what, "check the path and its permissions", e);
    }
  }

  private static IdxFile parse(
      Path file, Kind kind, InputStream in, long fileLength, boolean gzipped) throws IOException {
    DataInputStream header = new DataInputStream(in);
    checkMagic(file, kind, header.readInt());
    int[] sizes = new int[kind.dimensions];
    long total = 1;
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = header.readInt();
      if (sizes[d] == 0 && d == 0) {
        throw new DataException(file, "holds no " + kind.plural, FETCH_AGAIN);
      }
      if (sizes[d] <= 0 || sizes[d] > MOST_BYTES / total) {
        throw absurd(file, kind, sizes, d);
      }
      total *= sizes[d];
    }
    long body = fileLength - 4L * (1 + sizes.length);
    if (gzipped && total > MOST_DEFLATED * fileLength) {
      throw absurd(file, kind, sizes, sizes.length - 1);
    }
    if (!gzipped && total > body) {
      String what = "the file is truncated, only " + body + " of " + total + " bytes are there";
      throw new DataException(file, what, FETCH_AGAIN);
    }
    byte[] data = readFully(in, (int) total);
    // At the end of a gzip stream this read also checks the CRC.
    if (in.read() != -1) {
      String what = "there are more bytes than the " + total + " the header announces";
      throw new DataException(file, what, FETCH_AGAIN);
    }
    return new IdxFile(sizes, data);
  }

  private static void checkMagic(Path file, Kind wanted, int magic) {
    if (magic == wanted.magic) {
      return;
    }
    for (Kind other : Kind.values()) {
      if (magic == other.magic) {
        String what = "holds " + other.plural + " where " + wanted.plural + " belong";
        throw new DataException(file, what, "check which file has which name");
      }
    }
    String what =
        String.format(
            "not an IDX file of %s, it starts with 0x%08X, not 0x%08X",
            wanted.plural, magic, wanted.magic);
    throw new DataException(file, what, FETCH_AGAIN);
  }

  private static DataException absurd(Path file, Kind kind, int[] sizes, int last) {
    StringBuilder product = new StringBuilder();
    for (int d = 0; d <= last; d++) {
      product.append(d == 0 ? "" : " x ").append(Integer.toUnsignedString(sizes[d]));
    }
    String what = "the header announces impossible sizes (" + product + " " + kind.plural + ")";
    return new DataException(file, what, FETCH_AGAIN);
  }

  private static byte[] readFully(InputStream in, int total) throws IOException {
    byte[] data = new byte[Math.min(total, FIRST_ALLOCATION)];
    int filled = 0;
    while (true) {
      filled += in.readNBytes(data, filled, data.length - filled);
      if (filled < data.length) {
        throw new EOFException();
      }
      if (filled == total) {
        return data;
      }
      data = Arrays.copyOf(data, (int) Math.min(total, 2L * data.length));
    }
  }
}
