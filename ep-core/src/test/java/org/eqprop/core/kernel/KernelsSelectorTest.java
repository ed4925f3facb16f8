package org.eqprop.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Optional;
import org.eqprop.core.kernel.KernelsSelector.Choice;
import org.eqprop.core.testing.Java;
import org.junit.jupiter.api.Test;

class KernelsSelectorTest {
  private static final Kernels.Provider SIMD = new Fake("simd", 100, Optional.empty());
  private static final Kernels.Provider SCALAR = new Fake("scalar", 0, Optional.empty());
  private static final Kernels.Provider REFUSING =
      new Fake("simd", 100, Optional.of("its module is not there"));

  private static final Kernels.Provider SLOW =
      new Fake("simd", 100, Optional.empty(), Optional.of("its vectors are objects"));

  private record Fake(
      String name, int priority, Optional<String> refusal, Optional<String> drawback)
      implements Kernels.Provider {
    Fake(String name, int priority, Optional<String> refusal) {
      this(name, priority, refusal, Optional.empty());
    }

    @Override
    public Kernels create() {
      assertThat(refusal).isEmpty();
      return new ScalarKernels() {
        @Override
        public String name() {
          return Fake.this.name + "-fake";
        }
      };
    }
  }

  /** Run in a JVM of its own. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      for (int attempt = 0; attempt < 2; attempt++) {
        try {
          System.out.println(KernelsSelector.kernels().name());
        } catch (IllegalStateException thrown) {
          System.out.println(thrown.getMessage());
        }
      }
    }
  }

  @Test
  void theFirstProviderThatCanRunIsChosen() {
    Choice choice = KernelsSelector.choose(List.of(SIMD, SCALAR), "");
    assertThat(choice.kernels().name()).isEqualTo("simd-fake");
    assertThat(choice.explanation()).isEqualTo("Kernels: simd-fake, the best that can run here.");
    assertThat(choice.degraded()).isFalse();
  }

  @Test
  void aRefusalIsExplainedAndTheNextOneIsTaken() {
    Choice choice = KernelsSelector.choose(List.of(REFUSING, SCALAR), "");
    assertThat(choice.kernels().name()).isEqualTo("scalar-fake");
    assertThat(choice.explanation())
        .isEqualTo("Kernels: scalar-fake; simd refused: its module is not there.");
    assertThat(choice.degraded()).isTrue();
  }

  @Test
  void aSlowProviderIsOnlyChosenByName() {
    Choice choice = KernelsSelector.choose(List.of(SLOW, SCALAR), "");
    assertThat(choice.explanation())
        .isEqualTo("Kernels: scalar-fake; simd refused: its vectors are objects.");
    assertThat(choice.degraded()).isTrue();
    for (String name : List.of("simd", "simd-256")) {
      Choice named = KernelsSelector.choose(List.of(SLOW, SCALAR), name);
      assertThat(named.explanation())
          .isEqualTo("Kernels: simd-fake, as asked for, though slow: its vectors are objects.");
      assertThat(named.degraded()).isTrue();
    }
  }

  @Test
  void aNameChoosesItsProvider() {
    assertThat(KernelsSelector.choose(List.of(SIMD, SCALAR), "scalar").kernels().name())
        .isEqualTo("scalar-fake");
    assertThat(KernelsSelector.choose(List.of(REFUSING, SCALAR), "scalar").degraded()).isFalse();
    for (String name : List.of("simd", "simd-128", "simd-256", "simd-512")) {
      assertThat(KernelsSelector.choose(List.of(SIMD, SCALAR), name).kernels().name())
          .isEqualTo("simd-fake");
    }
  }

  @Test
  void aNamedProviderThatCannotRunIsAnErrorWithItsReason() {
    assertThatIllegalStateException()
        .isThrownBy(() -> KernelsSelector.choose(List.of(REFUSING, SCALAR), "simd-256"))
        .withMessageContaining("The kernels 'simd-256' cannot run here")
        .withMessageContaining("its module is not there");
  }

  @Test
  void anUnknownNameIsAnErrorThatListsTheKnownOnes() {
    for (String name : List.of("avx", "simd-64", "simd-", "SCALAR")) {
      assertThatIllegalStateException()
          .isThrownBy(() -> KernelsSelector.choose(List.of(SIMD, SCALAR), name))
          .withMessage(
              "There are no kernels '"
                  + name
                  + "' (system property eqprop.kernels); choose one of [simd, scalar], simd-128,"
                  + " simd-256 or simd-512.");
    }
  }

  @Test
  void allProvidersAreFoundBestFirst() {
    assertThat(KernelsSelector.providers())
        .extracting(Kernels.Provider::name)
        .containsExactly("simd", "scalar");
  }

  @Test
  void aWrongNameIsTheSameErrorAtEachUse() {
    assertThat(Java.run(Main.class, "-Deqprop.kernels=avx").lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("There are no kernels 'avx'"));
  }

  @Test
  void withoutTheVectorApiTheScalarKernelsAreChosen() {
    assertThat(Java.runOnClassPath(Main.class).lines()).containsOnly("scalar");
  }

  @Test
  void moreBitsThanTheMachineHasAreRefused() {
    assertThat(Java.run(Main.class, "-Deqprop.kernels=simd-512", "-XX:MaxVectorSize=32").lines())
        .allMatch(
            line ->
                line.startsWith("The kernels 'simd-512' cannot run here")
                    && line.contains("512-bit vectors were asked for"));
  }

  @Test
  void theChoiceIsMadeOnce() {
    assertThat(KernelsSelector.kernels()).isSameAs(KernelsSelector.kernels());
  }
}
