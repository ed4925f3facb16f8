package org.eqprop.core.internal.idx;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.ZipException;
import org.eqprop.core.DataException;
import org.eqprop.core.internal.file.InputFiles;
import org.jspecify.annotations.Nullable;

/**
 * One IDX file of any type and number of dimensions, plain or gzipped (told by its first bytes, not
 * by its name).
 */
public final class IdxFile {

  /** The largest array that every JVM can make, about. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  /** No deflate stream unpacks to more than this multiple of its own length. */
  private static final long MOST_DEFLATED = 1032;

  /** Up to this size (MNIST has 47 MB) a header is believed before the bytes have come. */
  private static final int FIRST_ALLOCATION = 1 << 26;

  /** Sizes that a message shows. */
  private static final int MOST_SHOWN = 8;

  private static final String FETCH_AGAIN = "fetch it again";

  /** What the file is for. */
  public enum Kind {
    LABELS("labels", "0x00000801"),
    IMAGES("images", "0x00000803");

    private final String plural;
    private final String usualStart;

    Kind(String plural, String usualStart) {
      this.plural = plural;
      this.usualStart = usualStart;
    }
  }

  private final Path path;
  private final IdxType type;
  private final int[] sizes;
  private final byte[] data;
  private final String sha256;

  private IdxFile(Path path, IdxType type, int[] sizes, byte[] data, String sha256) {
    this.path = path;
    this.type = type;
    this.sizes = sizes;
    this.data = data;
    this.sha256 = sha256;
  }

  /**
   * Reads a whole file.
   *
   * @throws DataException if it cannot be read or is not a sound IDX file
   */
  public static IdxFile read(Path file, Kind kind) {
    try (InputStream raw = new BufferedInputStream(InputFiles.open(file))) {
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
      try (GzipFile unpacked = new GzipFile(raw)) {
        IdxFile read = parse(file, kind, unpacked, length, true);
        if (unpacked.hasMore()) {
          throw new DataException(file, "there are more bytes after the gzip data", FETCH_AGAIN);
        }
        return read;
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
      Path file, Kind kind, InputStream plain, long fileLength, boolean gzipped)
      throws IOException {
    MessageDigest digest = newSha256();
    DataInputStream in = new DataInputStream(new DigestInputStream(plain, digest));
    int magic = in.readInt();
    IdxType type = type(file, kind, magic);
    int[] sizes = new int[magic & 0xFF];
    long total = type.size();
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = in.readInt();
      if (sizes[d] == 0 && d == 0) {
        throw new DataException(file, "holds no " + kind.plural, "give a file that has some");
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
    return new IdxFile(file, type, sizes, data, HexFormat.of().formatHex(digest.digest()));
  }

  private static IdxType type(Path file, Kind kind, int magic) {
    @Nullable IdxType type = magic >>> 16 == 0 ? IdxType.of(magic >> 8) : null;
    @Nullable ForeignKind foreign = ForeignKind.of(magic);
    if (foreign != null) {
      String what = foreign.what + ", not an IDX file of " + kind.plural;
      throw new DataException(file, what, foreign.remedy);
    }
    if (type == null || (magic & 0xFF) == 0) {
      String what =
          String.format(
              "not an IDX file of %s, it starts with 0x%08X, not %s",
              kind.plural, magic, kind.usualStart);
      throw new DataException(file, what, FETCH_AGAIN);
    }
    return type;
  }

  private static DataException absurd(Path file, Kind kind, int[] sizes, int last) {
    String what =
        "the header announces impossible sizes ("
            + product(sizes, last + 1)
            + " "
            + kind.plural
            + ")";
    return new DataException(file, what, FETCH_AGAIN);
  }

  private static String product(int[] sizes, int count) {
    StringBuilder product = new StringBuilder();
    for (int d = 0; d < count; d++) {
      if (d == MOST_SHOWN) {
        return product.append(" x …").toString();
      }
      product.append(d == 0 ? "" : " x ").append(Integer.toUnsignedString(sizes[d]));
    }
    return product.toString();
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

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** What its values are. */
  public IdxType type() {
    return type;
  }

  /** The sizes in the header, at least one: number of items, then what an item has. Not a copy. */
  public int[] sizes() {
    return sizes;
  }

  /** The bytes after the header; not a copy. */
  public byte[] data() {
    return data;
  }

  /** SHA-256 of the file, unpacked, in lower-case hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  /** Number of items. */
  public int count() {
    return sizes[0];
  }

  /** Number of values, all items together. */
  public int length() {
    return data.length / type.size();
  }

  /** The values, to be read with {@link IdxType#value}. */
  public ByteBuffer body() {
    return ByteBuffer.wrap(data);
  }

  /**
   * A sound file that is not supported.
   *
   * @param remedy what is
   */
  public DataException unsupported(String remedy) {
    return new DataException(path, "this is " + description(), remedy);
  }

  /** Such as {@code an IDX file of 32-bit integers with 2 dimensions (200 x 8)}. */
  private String description() {
    return String.format(
        "an IDX file of %s with %d dimension%s (%s)",
        type.plural(), sizes.length, sizes.length == 1 ? "" : "s", product(sizes, sizes.length));
  }
}
