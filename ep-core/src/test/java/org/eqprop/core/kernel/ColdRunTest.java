package org.eqprop.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.testing.Java;
import org.eqprop.core.testing.KernelsUnderTest;
import org.eqprop.core.testing.Values;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A value does not depend on whether the code that computed it was interpreted or compiled. */
@Tag("kernels")
class ColdRunTest {
  private static final int ITERATIONS = 20_000;

  private final Kernels k = KernelsUnderTest.kernels();

  /** Prints the bits of a first run in a JVM of its own. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      System.out.println(bits(KernelsSelector.kernels()));
    }
  }

  /** A digest of what each operator gives. */
  static String bits(Kernels k) {
    StringBuilder bits = new StringBuilder(k.name());
    for (Activation activation : Activation.values()) {
      Rows x = Values.random(6, 45, 1);
      for (int i = 0; i < x.data().length; i++) {
        x.data()[i] *= 5f;
      }
      Rows s = Values.random(6, 45, 2);
      Rows u = Rows.allocate(6, 45);
      k.activate(activation, x, u, 0, 6);
      append(bits, u.data());
      k.energyStep(activation, true, 0.3f, false, x, s, u, u, 0, 6);
      append(bits, u.data());
      k.prototypicalStep(activation, 0.2f, x, null, s, 0, 6);
      append(bits, s.data());
    }
    Rows a = Values.random(12, 45, 3);
    Panels b = Values.randomPanels(45, 49, 4);
    Rows c = Values.random(12, 49, 5);
    k.multiply(a, b, c, c, 0, 12);
    append(bits, c.data());
    Panels g = Panels.allocate(45, 49);
    k.outer(a, c, 12, g, g, 0, 2, Sink.ADD);
    append(bits, g.data());
    float[] change = new float[12];
    k.largestChange(c, Values.random(12, 49, 6), change, 0, 12);
    append(bits, change);
    k.axpy(0.3f, c.data(), a.data(), 3, 44);
    append(bits, a.data());
    return bits.toString();
  }

  private static void append(StringBuilder bits, float[] values) {
    bits.append(' ').append(Integer.toHexString(Arrays.hashCode(values)));
  }

  @Test
  void interpretedAndCompiledRunsGiveTheSameBits() {
    String early = bits(k);
    String cold = Java.run(Main.class, "-Xint", "-Deqprop.kernels=" + k.name());
    Rows a = Values.random(7, 17, 1);
    Rows u = Rows.allocate(7, 17);
    Rows c = Rows.allocate(7, 33);
    Panels b = Values.randomPanels(17, 33, 2);
    for (int i = 0; i < ITERATIONS; i++) {
      k.activate(i % 2 == 0 ? Activation.TANH : Activation.SIGMOID4, a, u, 0, 7);
      k.multiply(a, b, c, c, 0, 7);
    }
    for (int i = 0; i < 300; i++) {
      assertThat(bits(k)).isEqualTo(early);
    }
    assertThat(cold.strip()).isEqualTo(early);
  }

  @Test
  void otherKernelsDifferInNothingButTheName() {
    String scalar = bits(new ScalarKernels());
    String chosen = bits(k);
    assertThat(chosen.substring(chosen.indexOf(' ')))
        .isEqualTo(scalar.substring("scalar".length()));
  }
}
