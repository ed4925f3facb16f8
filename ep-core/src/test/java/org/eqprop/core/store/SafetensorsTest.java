package org.eqprop.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eqprop.core.StoreException;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  private static final float[] FLOATS = {0f, -0f, 1.5f, Float.MIN_VALUE, Float.NaN, -3e38f};
  private static final double[] DOUBLES = {Math.PI, -0.0, Double.MIN_VALUE, 1e300};

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("some.safetensors");
  }

  private static Safetensors example() {
    Safetensors container = new Safetensors();
    container.put("weight.0", Shape.of(2, 3), FLOATS);
    container.put("a", Shape.of(4), DOUBLES);
    container.metadata().put("quoted \"key\"\\", "line\nbreak, tab\t, \u03c3′ and \u0001");
    container.metadata().put("empty", "");
    return container;
  }

  /** A file as another program might write it. */
  private void write(String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(text.length).put(text).put(data).array());
  }

  private void assertRefused(String what) {
    assertThatExceptionOfType(StoreException.class)
        .as(what)
        .isThrownBy(() -> Safetensors.read(file))
        .withMessageContaining(file.toString())
        .satisfies(thrown -> assertThat(thrown.getMessage()).endsWith(".").doesNotContain("\n"));
  }

  @Test
  void whatIsWrittenIsRead() {
    example().write(file);
    Safetensors read = Safetensors.read(file);
    assertThat(read.names()).containsExactly("a", "weight.0");
    assertThat(read.shape("weight.0")).isEqualTo(Shape.of(2, 3));
    assertThat(read.floats("weight.0")).isEqualTo(FLOATS);
    assertThat(read.doubles("a")).isEqualTo(DOUBLES);
    assertThat(read.doubles("weight.0")[3]).isEqualTo(Float.MIN_VALUE);
    assertThat(read.floats("a")[0]).isEqualTo((float) Math.PI);
    assertThat(read.metadata())
        .containsEntry("quoted \"key\"\\", "line\nbreak, tab\t, \u03c3′ and \u0001")
        .containsEntry("empty", "")
        .containsKey(Safetensors.CHECKSUM)
        .hasSize(3);
  }

  @Test
  void everyBitPatternOfAFloatSurvives() {
    float[] values = new float[4096];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(i * 1048573);
    }
    Safetensors container = new Safetensors();
    container.put("x", Shape.of(64, 64), values);
    container.write(file);
    assertThat(Safetensors.read(file).floats("x")).isEqualTo(values);
  }

  @Test
  void equalContentIsEqualBytes() throws IOException {
    example().write(file);
    byte[] first = Files.readAllBytes(file);
    Safetensors other = new Safetensors();
    other.metadata().put("empty", "");
    other.put("a", Shape.of(4), DOUBLES);
    other.metadata().put("quoted \"key\"\\", "line\nbreak, tab\t, \u03c3′ and \u0001");
    other.put("weight.0", Shape.of(2, 3), FLOATS);
    other.write(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
    Safetensors.read(file).write(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
    other.write(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
  }

  @Test
  void dataBeginsAtAMultipleOfEight() throws IOException {
    for (String value : List.of("", "a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg")) {
      Safetensors container = example();
      container.metadata().put("key", value);
      container.write(file);
      long header =
          ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getLong();
      assertThat(header % 8).as("header of " + value).isZero();
    }
  }

  @Test
  void aFileOfAnotherProgramIsRead() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(1.25).putDouble(-2).putFloat(0.5f).putFloat(3).putDouble(7).putDouble(8);
    write(
        """
        { "z" : {"data_offsets":[16,24],"dtype":"F32","shape":[1, 2]},
          "__metadata__": {"by": "another \\u0070rogram\\/1"},
          "b":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},
          "c":{"dtype":"F64","shape":[2,1,1],"data_offsets":[24,40]}}
        """,
        data.array());
    Safetensors read = Safetensors.read(file);
    assertThat(read.names()).containsExactly("b", "c", "z");
    assertThat(read.doubles("b")).containsExactly(1.25, -2);
    assertThat(read.floats("z")).containsExactly(0.5f, 3f);
    assertThat(read.doubles("c")).containsExactly(7, 8);
    assertThat(read.shape("c")).isEqualTo(Shape.of(2, 1, 1));
    assertThat(read.metadata()).containsOnlyKeys("by").containsValue("another program/1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}x",
        "[]",
        "{\"a\":1}",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":\"2\",\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[[2]],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[02],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[\u0662],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-9223372036854775808,8]}}",
        "{\"a\":{\"dtype\":\"F\\n32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"__metadata__\":{\"a\":5}}",
        "{\"__metadata__\":{\"a\":[\"b\"]}}",
        "{\"__metadata__\":{\"a\":\"\t\"}}",
        "{\"__metadata__\":[]}",
        "{\"__metadata__\":{\"a\":\"b\"",
        "{\"__metadata__\":{\"a\":\"\\x\"}}",
        "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}",
        "{\"__metadata__\":{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":{}}}}}}}}"
      })
  void aHeaderThatMakesNoSenseIsRefused(String header) throws IOException {
    write(header, new byte[8]);
    assertRefused(header);
  }

  @Test
  void whatIsNoSafetensorsFileIsRefused() throws IOException {
    for (String content :
        List.of("", "1234567", "12345678", "%PDF-1.7 and so on", "{\"__metadata__\":{}}")) {
      Files.writeString(file, content);
      assertRefused(content);
    }
    byte[] negative = new byte[40];
    Arrays.fill(negative, (byte) 0xff);
    Files.write(file, negative);
    assertRefused("negative length");
  }

  /** Only a damaged file is to be restored from a copy. */
  @Test
  void whatIsWrongWithAFileIsSaid() throws IOException {
    String other = "it is not a safetensors file; give another.";
    Map<String, String> reasons =
        Map.of(
            "", "it is empty; restore it from a copy or give another.",
            "abc",
                "it is truncated or not a safetensors file; restore it from a copy or give"
                    + " another.",
            "a text, not a model", other,
            "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR", other,
            "{\"preset\": \"p-1h\"}", other);
    for (Map.Entry<String, String> content : reasons.entrySet()) {
      Files.write(file, content.getKey().getBytes(StandardCharsets.ISO_8859_1));
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> Safetensors.read(file))
          .withMessage("Cannot use " + file + ": " + content.getValue());
    }

    example().write(file);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 60));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Safetensors.read(file))
        .withMessage("Cannot use " + file + ": it is truncated; restore it from a copy.");
  }

  @Test
  void bytesAfterTheLastTensorAreRefused() throws IOException {
    example().write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int more : new int[] {1, 2, 7, 8, 4096}) {
      Files.write(file, Arrays.copyOf(whole, whole.length + more));
      assertRefused(more + " bytes more");
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> Safetensors.read(file))
          .withMessageContaining("it has " + more + " bytes after its last tensor");
    }
  }

  /** Two tensors of eight bytes each, at all places from 0 to 16. */
  @Test
  void tensorsThatOverlapOrLeaveGapsAreRefused() throws IOException {
    String tensor = "{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[%d,%d]}";
    for (int a = 0; a <= 16; a += 4) {
      for (int b = 0; b <= 16; b += 4) {
        String first = String.format(tensor, a, a + 8);
        String second = String.format(tensor, b, b + 8);
        write("{\"a\":" + first + ",\"b\":" + second + "}", new byte[16]);
        if (Math.min(a, b) == 0 && Math.max(a, b) == 8) {
          assertThat(Safetensors.read(file).names()).containsExactly("a", "b");
        } else {
          assertRefused(a + " and " + b);
        }
      }
    }
  }

  /** Sparse, so that it costs no room; what it says is refused before it is read. */
  @ParameterizedTest
  @ValueSource(longs = {3L << 30, Integer.MAX_VALUE, 1L << 40})
  void aFileThatIsTooLargeIsRefusedBeforeItIsRead(long size) throws IOException {
    String header = "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}";
    write(header, new byte[8]);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(size);
    }
    assertRefused("a file of " + size);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(new byte[] {0, 0, 0, 0x40, 0, 0, 0, 0});
    }
    assertRefused("a header of a gigabyte");
  }

  @Test
  void aHeaderThatIsNoUtf8IsRefused() throws IOException {
    write("{\"__metadata__\":{\"a\":\"b\"}}", new byte[0]);
    byte[] bytes = Files.readAllBytes(file);
    bytes[8 + 20] = (byte) 0xc3;
    Files.write(file, bytes);
    assertRefused("a byte that is no UTF-8");
  }

  @Test
  void aMissingFileAndAFolderAreRefused() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Safetensors.read(file))
        .withMessage("Cannot read " + file + ": no such file or folder.");
    file = folder;
    assertRefused("a folder");
  }

  @Test
  void aFileTruncatedAnywhereIsRefused() throws IOException {
    example().write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused("the first " + length + " bytes");
    }
  }

  /** But for a change that makes another entry of the checksum's, which see {@code ModelTest}. */
  @Test
  void everyAlteredByteIsNoticed() throws IOException {
    example().write(file);
    byte[] whole = Files.readAllBytes(file);
    int key = new String(whole, StandardCharsets.ISO_8859_1).indexOf("checksum");
    for (int i = 0; i < whole.length; i++) {
      if (i < key || i >= key + "checksum".length()) {
        for (int mask : new int[] {0x01, 0x04, 0x10, 0x20, 0x80, 0xff}) {
          byte[] altered = whole.clone();
          altered[i] ^= (byte) mask;
          Files.write(file, altered);
          assertRefused("byte " + i + " ^ " + mask);
        }
      }
    }
  }

  @Test
  void anUnknownTensorIsNamed() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> example().floats("b"))
        .withMessage("There is no tensor 'b'; there are [a, weight.0].");
  }
}
