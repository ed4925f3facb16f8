package org.eqprop.core.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondLevelCacheTest {
  @TempDir Path caches;

  @Test
  void isTheOneOfLevelTwoThatHoldsData() throws IOException {
    cache(0, "1", "Data", "32K");
    cache(1, "1", "Instruction", "32K");
    cache(2, "2", "Instruction", "64K");
    cache(3, "2", "Unified", "1280K");
    cache(4, "3", "Unified", "32768K");
    assertThat(SecondLevelCache.bytes(caches)).isEqualTo(1280 << 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0K", "2M", "K", "-1K", "999999K", "1e3K"})
  void isADefaultWhereTheSizeMakesNoSense(String size) throws IOException {
    cache(0, "2", "Unified", size);
    assertThat(SecondLevelCache.bytes(caches)).isEqualTo(SecondLevelCache.DEFAULT_BYTES);
  }

  @Test
  void isADefaultWhereNothingIsTold() throws IOException {
    assertThat(SecondLevelCache.bytes(caches)).isEqualTo(SecondLevelCache.DEFAULT_BYTES);
    cache(0, "1", "Data", "32K");
    assertThat(SecondLevelCache.bytes(caches)).isEqualTo(SecondLevelCache.DEFAULT_BYTES);
  }

  private void cache(int index, String level, String type, String size) throws IOException {
    Path folder = Files.createDirectories(caches.resolve("index" + index));
    Files.writeString(folder.resolve("level"), level + "\n");
    Files.writeString(folder.resolve("type"), type + "\n");
    Files.writeString(folder.resolve("size"), size + "\n");
  }
}
