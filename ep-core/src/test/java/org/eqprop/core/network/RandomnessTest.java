package org.eqprop.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.eqprop.core.network.Randomness.Stream;
import org.junit.jupiter.api.Test;

class RandomnessTest {
  @Test
  void streamsWithDifferentKeysStartDifferently() {
    Set<Long> starts = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      for (Stream stream : Stream.values()) {
        for (long index = 0; index < 20; index++) {
          assertThat(starts.add(new Randomness(seed, stream, index).nextLong())).isTrue();
        }
      }
    }
  }

  @Test
  void restartingEqualsStartingAnew() {
    Randomness random = new Randomness(1, Stream.ORDER, 2);
    random.nextLong();
    random.restart(3, Stream.SIGN, 4);
    assertThat(random.nextLong()).isEqualTo(new Randomness(3, Stream.SIGN, 4).nextLong());
  }

  @Test
  void numbersStayTheSameFromVersionToVersion() {
    Randomness random = new Randomness(0, Stream.PARAMETERS, 0);
    // Models are trained from these; a change here changes every published result.
    assertThat(random.nextLong()).isEqualTo(FIRST);
  }

  /** SplitMix64's definition, applied by hand to seed 0, stream 1, index 0. */
  private static final long FIRST = first();

  private static long first() {
    long golden = 0x9E3779B97F4A7C15L;
    long start = mix(mix(mix(golden) + 1));
    return mix(start + golden);
  }

  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }

  @Test
  void numbersAreInRange() {
    Randomness random = new Randomness(5, Stream.CHOICE, 0);
    int[] seen = new int[7];
    for (int i = 0; i < 7000; i++) {
      assertThat(random.nextDouble()).isBetween(0.0, Math.nextDown(1.0));
      seen[random.nextInt(7)]++;
    }
    assertThat(Arrays.stream(seen).min().getAsInt()).isGreaterThan(850);
  }

  @Test
  void permutationsHoldEveryNumberOnceAndDiffer() {
    int[] order = new int[100];
    new Randomness(1, Stream.ORDER, 0).permute(order);
    int[] first = order.clone();
    new Randomness(1, Stream.ORDER, 1).permute(order);
    assertThat(order).isNotEqualTo(first);
    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, 100).toArray());
    new Randomness(1, Stream.ORDER, 0).permute(order);
    assertThat(order).isEqualTo(first);
  }
}
