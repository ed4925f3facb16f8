package org.eqprop.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How much of the machine others used while something ran here: all busy time of all processors
 * less that of this process and of its children that have ended. Only Linux tells both.
 */
final class OtherLoad {
  /** Above this many processors a measurement is of no use. */
  static final double TOLERATED = 0.15;

  private static final Path SYSTEM = Path.of("/proc/stat");
  private static final Path PROCESS = Path.of("/proc/self/stat");

  /** Fields of the first line of /proc/stat that count: all but idle, waiting, and guests. */
  private static final int[] BUSY = {1, 2, 3, 6, 7, 8};

  /** Fields after the command's name in /proc/self/stat: user and system, own and children's. */
  private static final int FIRST_OWN = 11;

  private static final int LAST_OWN = 14;
  private static final double TICKS_PER_SECOND = 100;

  private final Optional<Long> before = others();
  private final long start = System.nanoTime();

  /** Processors that others have used since this was made, or 0 where the system does not tell. */
  double processors() {
    double seconds = (System.nanoTime() - start) / 1e9;
    Optional<Long> after = others();
    return before.isEmpty() || after.isEmpty()
        ? 0
        : Math.max(0, (after.get() - before.get()) / TICKS_PER_SECOND / seconds);
  }

  /** Ticks that others have used since the machine's start. */
  private static Optional<Long> others() {
    try {
      return Optional.of(others(Files.readString(SYSTEM), Files.readString(PROCESS)));
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }

  static long others(String system, String process) {
    String[] total = system.lines().findFirst().orElse("").split(" +", -1);
    long busy = 0;
    for (int field : BUSY) {
      busy += Long.parseLong(total[field]);
    }
    String[] own = process.substring(process.lastIndexOf(')') + 2).split(" ", -1);
    for (int field = FIRST_OWN; field <= LAST_OWN; field++) {
      busy -= Long.parseLong(own[field]);
    }
    return busy;
  }
}
