package org.eqprop.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eqprop.core.internal.machine.Fma;
import org.eqprop.core.internal.probe.PeakProbe;
import org.eqprop.core.settle.Context;
import org.eqprop.core.testing.Java;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In a JVM without the second compiler, or without fused multiply-add in hardware, the vectors are
 * not chosen, the reason is said, and the bits are those of every other JVM.
 */
class JvmKindsTest {
  private static final String C2 = "-XX:TieredStopAtLevel=4";

  /** Run in a JVM of its own. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      System.out.println(KernelsSelector.explanation());
      ColdRunTest.Main.main(arguments);
    }
  }

  /** Run in a JVM of its own: says how many seconds a measurement of the peak takes. */
  static final class Peak {
    private Peak() {}

    public static void main(String[] arguments) {
      try (Context context = new Context(2)) {
        long start = System.nanoTime();
        double peak = new PeakProbe(context).gigaflops();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        System.out.println(peak > 0 ? seconds : Long.MAX_VALUE);
      }
    }
  }

  private static List<String> run(String options, String... more) {
    List<String> all = new ArrayList<>(List.of(options.split(" ", -1)));
    all.addAll(List.of(more));
    return Java.run(Main.class, all.toArray(String[]::new)).lines().toList();
  }

  private static String bits(String line) {
    return line.substring(line.indexOf(' '));
  }

  @ParameterizedTest
  @CsvSource({
    "-Xint,                                      this JVM only interprets (-Xint)",
    "-XX:TieredStopAtLevel=0,                    without C2 (TieredStopAtLevel=0)",
    "-XX:TieredStopAtLevel=1,                    without C2 (TieredStopAtLevel=1)",
    "-XX:TieredStopAtLevel=2,                    without C2 (TieredStopAtLevel=2)",
    "-XX:TieredStopAtLevel=3,                    without C2 (TieredStopAtLevel=3)",
    "-XX:TieredStopAtLevel=4 -XX:CompilationMode=quick-only, without C2 (CompilationMode)",
    "-XX:TieredStopAtLevel=4 -XX:-UseFMA,        there is no fused multiply-add in hardware"
  })
  void plainJavaIsChosenAndTheReasonSaid(String options, String reason) {
    List<String> lines = run(options);
    assertThat(lines.get(0)).startsWith("Kernels: scalar; simd refused: ").contains(reason);
    assertThat(lines.get(1)).startsWith("scalar ");
    assertThat(bits(lines.get(1))).isEqualTo(bits(expected()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:TieredStopAtLevel=3", C2 + " -XX:-UseFMA"})
  void whoAsksForVectorsHasThemAndIsTold(String options) {
    assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    List<String> lines = run(options, "-Deqprop.kernels=simd-128");
    assertThat(lines.get(0)).startsWith("Kernels: simd-128, as asked for, though slow: ");
    assertThat(bits(lines.get(1))).isEqualTo(bits(expected()));
  }

  /** QEMU's default processor has nothing beyond SSE. */
  @Test
  void anOldProcessor() {
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "UseAVX is of x86");
    List<String> lines = run(C2 + " -XX:UseAVX=0");
    assertThat(lines.get(0)).contains("there is no fused multiply-add in hardware");
    assertThat(bits(lines.get(1))).isEqualTo(bits(expected()));
  }

  @Test
  void withC2AndFusedMultiplyAddTheVectorsAreChosen() {
    assumeTrue(Fma.inHardware(), "no fused multiply-add in hardware");
    for (String more : List.of("-XX:+TieredCompilation", "-XX:-TieredCompilation")) {
      assertThat(run(C2, more).get(0))
          .matches("Kernels: simd-[0-9]+, the best that can run here\\.");
    }
  }

  /** With vectors that are objects of decimal numbers, too. */
  @ParameterizedTest
  @ValueSource(strings = {"simd", "scalar"})
  void thePeakIsMeasuredInBoundedTime(String kernels) {
    String seconds = Java.run(Peak.class, C2, "-XX:-UseFMA", "-Deqprop.kernels=" + kernels).strip();
    assertThat(Long.parseLong(seconds)).isLessThan(20);
  }

  /** The digests of the reference in this JVM. */
  private static String expected() {
    return ColdRunTest.bits(new ScalarKernels());
  }
}
