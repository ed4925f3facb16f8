package org.eqprop.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture that is larger than the JVM's memory. */
class LargePictureTest {
  /** 192 MB of colours. */
  private static final int SIDE = 8000;

  private static final int CELLS = 8;

  @TempDir Path root;

  @Test
  void eightThousandPixelsSquareAreReadIn256Megabytes() throws Exception {
    Path set = IdxSet.write(root.resolve("set"), CELLS);
    Path run = root.resolve("run");
    Cli.ok("train", "--data", set, "--epochs", "30", "--batch", "4", "--out", run);
    Path large = root.resolve("large.png");
    writePng(large, 6);

    List<String> command =
        ChildJvm.command(List.of("-Xmx256m", "-XX:+UseParallelGC"), "predict", run, large);
    try (ChildJvm child = ChildJvm.start(root, command)) {
      Cli predict = child.result();

      assertThat(predict.err()).isEmpty();
      assertThat(predict.out()).startsWith(large + "\t6\t");
    }
  }

  /** Row {@code bright} of eight is white, the others are black. */
  private static void writePng(Path file, int bright) throws IOException {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(pixels, fast, 1 << 16)) {
      for (int y = 0; y < SIDE; y++) {
        byte[] row = new byte[1 + 3 * SIDE];
        if (y * CELLS / SIDE == bright) {
          Arrays.fill(row, 1, row.length, (byte) 255);
        }
        deflated.write(row);
      }
    }
    fast.end();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(head);
    fields.writeInt(SIDE);
    fields.writeInt(SIDE);
    fields.write(new byte[] {8, 2, 0, 0, 0});
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeLong(0x89504E47_0D0A1A0AL);
      chunk(out, "IHDR", head.toByteArray());
      chunk(out, "IDAT", pixels.toByteArray());
      chunk(out, "IEND", new byte[0]);
    }
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(content);
    out.writeInt((int) sum.getValue());
  }
}
