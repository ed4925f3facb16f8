package org.eqprop.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.testing.Java;
import org.eqprop.core.testing.KernelsUnderTest;
import org.eqprop.core.testing.Values;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * HotSpot's first compiler gives up on methods with too many vectors, and in some runs what it gave
 * up on never comes to the second one: two hundred times slower. With profiling, as in the tier
 * before the second compiler, it has to take every tile of the products.
 */
@Tag("kernels")
class FirstCompilerTest {
  private final Kernels k = KernelsUnderTest.kernels();

  /** Products of all tiles' heights and widths, until the first compiler has them. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      Kernels k = KernelsSelector.kernels();
      Kernels alone = k.exclusive();
      for (int n : new int[] {16, 48}) {
        for (int depth : new int[] {10, 67}) {
          Rows a = Values.random(20, depth, 1);
          Panels b = Values.randomPanels(depth, n, 2);
          Rows c = Rows.allocate(20, n);
          for (int i = 0; i < 250; i++) {
            for (int rows : new int[] {1, 2, 4, 5, 20}) {
              k.multiply(a, b, null, c, 0, rows);
              alone.multiply(a, b, c, c, 0, rows);
            }
          }
        }
      }
      System.out.println("done with " + k.name());
    }
  }

  @Test
  void takesEveryTile() {
    List<String> lines =
        Java.run(
                Main.class,
                "-XX:TieredStopAtLevel=3",
                "-XX:-BackgroundCompilation",
                "-XX:+PrintCompilation",
                "-Deqprop.kernels=" + k.name())
            .lines()
            .toList();

    assertThat(lines).contains("done with " + k.name());
    if (k.name().equals("simd-512")) {
      assertThat(lines).anyMatch(line -> line.contains("TallTile::fours"));
    }
    assertThat(lines)
        .noneMatch(line -> line.contains("org.eqprop") && line.contains("COMPILE SKIPPED"));
  }
}
