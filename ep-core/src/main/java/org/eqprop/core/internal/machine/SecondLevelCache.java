package org.eqprop.core.internal.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of the second-level cache, for which large products are cut into blocks and work is
 * divided. Linux tells it; elsewhere it is taken to be a megabyte. It shows in the speed only,
 * never in a result.
 */
public final class SecondLevelCache {
  /** What is assumed where the system does not tell. */
  static final int DEFAULT_BYTES = 1 << 20;

  private static final Path LINUX = Path.of("/sys/devices/system/cpu/cpu0/cache");

  /** More than any core has for itself: a larger figure is another core's or an error. */
  private static final int MOST_KILOBYTES = 16 * 1024;

  private static final int MOST_CACHES = 8;
  private static final Pattern KILOBYTES = Pattern.compile("([1-9][0-9]{0,5})K");

  private SecondLevelCache() {}

  /** {@return bytes of this machine's, by its first processor} */
  public static int bytes() {
    return bytes(LINUX);
  }

  /**
   * Bytes by a folder like Linux's, with {@code index0}, {@code index1} and so on for the caches.
   */
  static int bytes(Path caches) {
    try {
      for (int i = 0; i < MOST_CACHES; i++) {
        Path cache = caches.resolve("index" + i);
        if (read(cache, "level").equals("2") && !read(cache, "type").equals("Instruction")) {
          Matcher size = KILOBYTES.matcher(read(cache, "size"));
          int kilobytes = size.matches() ? Integer.parseInt(size.group(1)) : 0;
          return kilobytes >= 1 && kilobytes <= MOST_KILOBYTES ? kilobytes << 10 : DEFAULT_BYTES;
        }
      }
    } catch (IOException | SecurityException notTold) {
      return DEFAULT_BYTES;
    }
    return DEFAULT_BYTES;
  }

  private static String read(Path cache, String file) throws IOException {
    return Files.readString(cache.resolve(file)).strip();
  }
}
