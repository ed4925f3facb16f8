package org.eqprop.examples.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eqprop.core.internal.file.InputFiles;

/**
 * Reads text that begins with an ASCII character, as TOML and JSON do. The encoding is UTF-8,
 * UTF-16 or UTF-32, told by a byte-order mark or by where the first zero bytes are.
 */
public final class TextFile {
  private static final char MARK = '\uFEFF';

  private TextFile() {}

  /**
   * Reads a file.
   *
   * @param most bytes that it may have, from what it is for
   * @return its text, without a byte-order mark
   * @throws Malformed if its bytes are no text in one of these encodings
   * @throws IOException if it cannot be read, or is longer; its message is a few words for the user
   */
  public static String read(Path file, int most) throws IOException {
    return decode(InputFiles.bytes(file, most));
  }

  /**
   * As {@link #read}, but also waits up to ten seconds for the end of a text that comes through a
   * pipe.
   */
  static String readOrPipe(Path file, int most) throws IOException {
    return decode(InputFiles.bytesOrPipe(file, most));
  }

  /** The text that some bytes are. */
  static String decode(byte[] bytes) throws Malformed {
    CharsetDecoder decoder = charset(bytes).newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate((int) (bytes.length * decoder.maxCharsPerByte()) + 1);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      throw new Malformed(1 + (int) text.chars().filter(c -> c == '\n').count());
    }
    return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
  }

  private static Charset charset(byte[] bytes) {
    int a = at(bytes, 0);
    int b = at(bytes, 1);
    int c = at(bytes, 2);
    int d = at(bytes, 3);
    if ((a == 0xFF && b == 0xFE && c == 0 && d == 0) || (a > 0 && b == 0 && c == 0 && d == 0)) {
      return StandardCharsets.UTF_32LE;
    }
    if (a == 0 && b == 0 && ((c == 0xFE && d == 0xFF) || (c == 0 && d > 0))) {
      return StandardCharsets.UTF_32BE;
    }
    if ((a == 0xFF && b == 0xFE) || (a > 0 && b == 0)) {
      return StandardCharsets.UTF_16LE;
    }
    if ((a == 0xFE && b == 0xFF) || (a == 0 && b > 0)) {
      return StandardCharsets.UTF_16BE;
    }
    return StandardCharsets.UTF_8;
  }

  private static int at(byte[] bytes, int i) {
    return i < bytes.length ? bytes[i] & 0xFF : -1;
  }

  /** Bytes that are no text. */
  public static final class Malformed extends CharacterCodingException {
    private static final long serialVersionUID = 1L;

    private final int line;

    private Malformed(int line) {
      this.line = line;
    }

    /** The line of the first such byte, from 1 on. */
    public int line() {
      return line;
    }

    @Override
    public String getMessage() {
      return "line " + line + " has bytes that are no UTF-8 text; save the file as UTF-8";
    }
  }
}
