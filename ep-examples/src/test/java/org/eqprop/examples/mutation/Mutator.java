package org.eqprop.examples.mutation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Makes damaged copies of files, the same ones for the same seed. */
public final class Mutator {
  /** What people and programs write in place of a value. */
  private static final List<String> VALUES =
      List.of(
          "0",
          "-0",
          "1",
          "-1",
          "2",
          "7",
          "255",
          "65536",
          "1000001",
          "2147483647",
          "2147483648",
          "-2147483648",
          "4294967296",
          "9223372036854775807",
          "-9223372036854775808",
          "18446744073709551616",
          "0.5",
          "-0.5",
          "1.5",
          "1e9",
          "1e39",
          "1e400",
          "-1e400",
          "1e-400",
          "NaN",
          "Infinity",
          "-Infinity",
          "null",
          "true",
          "false",
          "\"\"",
          "\"x\"",
          "\"0\"",
          "[]",
          "{}",
          "[1]",
          "[null]",
          "0x10",
          "1_000",
          "0,5",
          "\u0663",
          "''",
          "%s",
          "1 1",
          "\n");

  private static final Pattern VALUE =
      Pattern.compile("-?[0-9][0-9.eE+-]*|\"[^\"\\n]*\"|true|false|null");

  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  private static final int KINDS = 9;

  private final Random random;

  /** A series of mutants. */
  public Mutator(long seed) {
    random = new Random(seed);
  }

  /** A copy with bytes flipped, cut off, put in, left out, repeated, overwritten or exchanged. */
  public byte[] bytes(byte[] original) {
    byte[] copy = original.clone();
    int at = random.nextInt(copy.length);
    int length = Math.min(1 + random.nextInt(16), copy.length - at);
    switch (random.nextInt(KINDS)) {
      case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> copy[at] = (byte) random.nextInt(256);
      case 2 -> copy = Arrays.copyOf(copy, at);
      case 3 -> copy = Arrays.copyOf(copy, copy.length + 1 + random.nextInt(64));
      case 4 -> copy = join(copy, at, randomBytes(length), at);
      case 5 -> copy = join(copy, at, new byte[0], at + length);
      case 6 -> copy = join(copy, at, Arrays.copyOfRange(copy, at, at + length), at);
      case 7 -> Arrays.fill(copy, at, at + length, (byte) (random.nextBoolean() ? 0 : 0xff));
      default -> {
        int other = random.nextInt(copy.length - length + 1);
        byte[] moved = Arrays.copyOfRange(original, other, other + length);
        System.arraycopy(moved, 0, copy, at, length);
      }
    }
    return copy;
  }

  /** A copy of a text with a value or name replaced, or a line left out, repeated or moved. */
  public String text(String original) {
    return switch (random.nextInt(6)) {
      case 0, 1, 2 -> replace(original, VALUE, pick(VALUES));
      case 3 -> replace(original, WORD, pick(List.of("x", "", "name", "N", "\u00e9", "a.b", "[a")));
      case 4 -> {
        List<String> lines = original.lines().toList();
        int at = random.nextInt(lines.size());
        String line = random.nextBoolean() ? "" : lines.get(random.nextInt(lines.size())) + "\n";
        yield String.join("\n", lines.subList(0, at))
            + "\n"
            + line
            + String.join("\n", lines.subList(at + random.nextInt(2), lines.size()));
      }
      default -> new String(bytes(utf8(original)), StandardCharsets.UTF_8);
    };
  }

  /** A copy of a value: another one, or the same with a word replaced. */
  public String value(String original) {
    return random.nextBoolean()
        ? pick(VALUES)
        : replace(original, Pattern.compile("\\S+"), pick(VALUES));
  }

  /** A copy of a safetensors file with an edited header, whose length is right again. */
  public byte[] header(byte[] original) {
    ByteBuffer bytes = ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    byte[] edited = utf8(text(new String(original, 8, length, StandardCharsets.UTF_8)));
    byte[] data = Arrays.copyOfRange(original, 8 + length, original.length);
    return ByteBuffer.allocate(8 + edited.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(edited.length)
        .put(edited)
        .put(data)
        .array();
  }

  /** One of a list. */
  public <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String replace(String text, Pattern pattern, String by) {
    List<MatchResult> found = pattern.matcher(text).results().toList();
    if (found.isEmpty()) {
      return by;
    }
    MatchResult one = pick(found);
    return text.substring(0, one.start()) + by + text.substring(one.end());
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] join(byte[] original, int end, byte[] middle, int start) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(original, 0, end);
    out.writeBytes(middle);
    out.write(original, start, original.length - start);
    return out.toByteArray();
  }
}
