package org.eqprop.core.kernel;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Arrays;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract suite must catch kernels that are wrong in one thing. */
class ContractNegativeControlTest {

  private static void assertCaught(Kernels wrong, Consumer<Kernels> contract) {
    assertThatNoException().isThrownBy(() -> contract.accept(new ScalarKernels()));
    ThrowingCallable check = () -> contract.accept(wrong);
    assertThatExceptionOfType(AssertionError.class).isThrownBy(check);
  }

  @Test
  void aSumInAnotherOrderIsCaught() {
    Kernels wrong =
        new ScalarKernels() {
          @Override
          public void multiply(Rows a, Panels b, @Nullable Rows base, Rows c, int from, int to) {
            for (int i = from; i < to; i++) {
              for (int j = 0; j < b.columns(); j++) {
                float sum = base == null ? 0f : base.get(i, j);
                for (int p = b.rows() - 1; p >= 0; p--) {
                  sum = Math.fma(a.get(i, p), b.get(p, j), sum);
                }
                c.set(i, j, sum);
              }
            }
          }
        };
    assertCaught(wrong, GemmContract::multiplyAtAllSizes);
    assertCaught(wrong, GemmContract::multiplyWithEachBase);
  }

  @Test
  void aProductThatIsRoundedBeforeItIsAddedIsCaught() {
    Kernels wrong =
        new ScalarKernels() {
          @Override
          public void axpy(float alpha, float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
              y[i] += alpha * x[i];
            }
          }
        };
    assertCaught(wrong, ReductionContract::axpy);
  }

  @Test
  void leavingOutWhatIsNotQuiteZeroIsCaught() {
    Kernels wrong =
        new ScalarKernels() {
          @Override
          public void multiplySparse(
              Rows a,
              Panels b,
              @Nullable Rows base,
              Rows c,
              int from,
              int to,
              int firstPanel,
              int endPanel) {
            Rows rounded = Rows.allocate(a.count(), a.size());
            for (int r = from; r < to; r++) {
              for (int p = 0; p < a.size(); p++) {
                rounded.set(r, p, Math.abs(a.get(r, p)) < 1e-3f ? 0f : a.get(r, p));
              }
            }
            multiply(rounded, b, base, c, from, to, firstPanel, endPanel);
          }
        };
    assertCaught(wrong, SparseContract::smallestNumbers);
    assertCaught(wrong, SparseContract::sizesOfImages);
  }

  @Test
  void reachingIntoTheNextRowIsCaught() {
    Kernels wrong =
        new ScalarKernels() {
          @Override
          public void multiply(
              Rows a,
              Panels b,
              @Nullable Rows base,
              Rows c,
              int from,
              int to,
              int firstPanel,
              int endPanel) {
            int end = Math.min(to + 1, c.count());
            super.multiply(a, b, base, c, from, end, firstPanel, endPanel);
          }
        };
    assertCaught(wrong, GemmContract::multiplySlices);
  }

  @Test
  void aPanelOfTheProductTooManyIsCaught() {
    Kernels wrong =
        new ScalarKernels() {
          @Override
          public void multiply(
              Rows a,
              Panels b,
              @Nullable Rows base,
              Rows c,
              int from,
              int to,
              int firstPanel,
              int endPanel) {
            int end = Math.min(endPanel + 1, b.count());
            super.multiply(a, b, base, c, from, to, firstPanel, end);
          }
        };
    assertCaught(wrong, GemmContract::multiplyPanels);
  }

  @Test
  void aPanelTooManyIsCaught() {
    Kernels wrong =
        new ScalarKernels() {
          @Override
          public void outer(
              Rows a, Rows b, int count, Panels g, Panels w, int first, int end, Sink sink) {
            super.outer(a, b, count, g, w, first, g.count(), sink);
          }
        };
    assertCaught(wrong, GemmContract::outerAtAllSizes);
  }

  @Test
  void dotsSummedUpInOrderAreCaught() {
    Kernels wrong =
        new ScalarKernels() {
          @Override
          public void dots(Rows a, Rows b, @Nullable Rows base, Rows c, int from, int to) {
            for (int i = from; i < to; i++) {
              for (int j = 0; j < b.count(); j++) {
                float sum = base == null ? 0f : base.get(i, j);
                for (int p = 0; p < b.size(); p++) {
                  sum = Math.fma(a.get(i, p), b.get(j, p), sum);
                }
                c.set(i, j, sum);
              }
            }
          }
        };
    assertCaught(wrong, GemmContract::dotsAtAllSizes);
  }

  @Test
  void anUpdateThatIsSummedUpInTheWeightIsCaught() {
    Kernels wrong =
        new ScalarKernels() {
          @Override
          public void outer(
              Rows a, Rows b, int count, Panels g, Panels w, int first, int end, Sink sink) {
            if (!(sink instanceof Sink.Axpy axpy)) {
              super.outer(a, b, count, g, w, first, end, sink);
              return;
            }
            Rows scaled = Rows.allocate(Math.max(count, 1), b.size());
            for (int r = 0; r < count; r++) {
              for (int c = 0; c < b.size(); c++) {
                scaled.set(r, c, axpy.rate() * b.get(r, c));
              }
            }
            super.outer(a, scaled, count, w, g, first, end, Sink.ADD);
          }
        };
    assertCaught(wrong, GemmContract::addOuterAtAllSizes);
  }

  @Test
  void readingAnOutputThatIsOnlyWrittenIsCaught() {
    Kernels wrong =
        new ScalarKernels() {
          @Override
          public void outer(
              Rows a, Rows b, int count, Panels g, Panels w, int first, int end, Sink sink) {
            if (sink == Sink.STORE) {
              int start = g.offset(first);
              int last = g.offset(end - 1) + g.rows() * g.width(end - 1);
              for (int i = start; i < last; i++) {
                g.data()[i] *= 0f;
              }
            }
            super.outer(a, b, count, g, w, first, end, Sink.ADD);
          }
        };
    assertCaught(wrong, GemmContract::outerAtAllSizes);
  }

  @Test
  void paddingThatIsNotZeroIsCaught() {
    Kernels wrong =
        new ScalarKernels() {
          @Override
          public void activate(Activation activation, Rows x, Rows u, int from, int to) {
            super.activate(activation, x, u, from, to);
            for (int r = from; r < to; r++) {
              float padding = ScalarActivation.value(activation, 0f);
              Arrays.fill(u.data(), u.index(r, u.size()), u.index(r, u.padded()), padding);
            }
          }
        };
    assertCaught(wrong, k -> StepContract.activateAtAllSizes(k, Activation.SIGMOID4));
  }

  @Test
  void anActivationThatIsSlightlyOffIsCaught() {
    Kernels wrong =
        new ScalarKernels() {
          @Override
          public void activate(Activation activation, Rows x, Rows u, int from, int to) {
            for (int r = from; r < to; r++) {
              for (int c = 0; c < x.size(); c++) {
                u.set(r, c, (float) Math.tanh(x.get(r, c)));
              }
            }
          }
        };
    assertCaught(wrong, k -> StepContract.activateSweep(k, Activation.TANH));
  }

  @Test
  void aForgottenSlopeIsCaught() {
    Kernels wrong =
        new ScalarKernels() {
          @Override
          public void energyStep(
              Activation activation,
              boolean slope,
              float epsilon,
              boolean clamp,
              Rows a,
              @Nullable Rows drift,
              Rows s,
              Rows u,
              int from,
              int to) {
            super.energyStep(activation, false, epsilon, clamp, a, drift, s, u, from, to);
          }
        };
    assertCaught(wrong, k -> StepContract.energySteps(k, Activation.HARD_SIGMOID));
    assertCaught(wrong, k -> StepContract.energySteps(k, Activation.TANH));
  }

  /** A kernel that takes one activation for another, in each of its operators. */
  private static Kernels confusing(Activation one, Activation other) {
    return new ScalarKernels() {
      private Activation taken(Activation asked) {
        return asked == one ? other : asked;
      }

      @Override
      public void activate(Activation activation, Rows x, Rows u, int from, int to) {
        super.activate(taken(activation), x, u, from, to);
      }

      @Override
      public void energyStepBack(
          Activation activation,
          boolean slope,
          float epsilon,
          boolean clamp,
          Rows a,
          Rows s,
          Rows u,
          Rows gradient,
          Rows delta,
          int from,
          int to) {
        super.energyStepBack(
            taken(activation), slope, epsilon, clamp, a, s, u, gradient, delta, from, to);
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "SIGMOID, SIGMOID4",
    "HARD_SIGMOID_HALF, HARD_SIGMOID",
    "RELU6, HARD_SIGMOID",
    "RELU6, IDENTITY"
  })
  void anActivationTakenForAnotherIsCaught(Activation one, Activation other) {
    Kernels wrong = confusing(one, other);
    assertCaught(wrong, k -> StepContract.activateSweep(k, one));
    assertCaught(wrong, k -> StepContract.activateSpecialValues(k, one));
    assertCaught(wrong, k -> StepBackContract.energyStepBack(k, one));
  }

  @Test
  void aForgottenDriftIsCaught() {
    Kernels wrong =
        new ScalarKernels() {
          @Override
          public void prototypicalStep(
              Activation activation,
              float epsilon,
              Rows a,
              @Nullable Rows drift,
              Rows s,
              int from,
              int to) {
            super.prototypicalStep(activation, epsilon, a, null, s, from, to);
          }
        };
    assertCaught(wrong, k -> StepContract.prototypicalSteps(k, Activation.IDENTITY));
  }

  @Test
  void aMaximumThatLosesNaNIsCaught() {
    Kernels wrong =
        new ScalarKernels() {
          @Override
          public void largestChange(Rows before, Rows after, float[] out, int from, int to) {
            for (int r = from; r < to; r++) {
              for (int c = 0; c < before.size(); c++) {
                float change = Math.abs(after.get(r, c) - before.get(r, c));
                out[r] = change > out[r] ? change : out[r];
              }
            }
          }
        };
    assertCaught(wrong, ReductionContract::largestChange);
  }

  @Test
  void chainsThatAreLeftOutAreCaught() {
    Kernels wrong =
        new ScalarKernels() {
          @Override
          public float fmaChains(long rounds) {
            return super.fmaChains(Math.min(rounds, 10));
          }
        };
    assertCaught(wrong, ReductionContract::fmaChainsRunAllRounds);
  }
}
