package org.eqprop.core.kernel.simd;

import java.lang.module.ModuleFinder;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.eqprop.core.internal.machine.Fma;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * The kernels on the JDK's Vector API, at the one width of this JVM.
 *
 * <p>What it does not override are loops that the compiler vectorises by itself.
 */
public final class SimdKernels extends ScalarKernels {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int VL = Width.VL;

  private final boolean descending;
  private final boolean exclusive;

  private SimdKernels(boolean descending, boolean exclusive) {
    this.descending = descending;
    this.exclusive = exclusive;
  }

  @Override
  public String name() {
    return "simd-" + S.vectorBitSize();
  }

  @Override
  public int width() {
    return VL;
  }

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
    PanelGemm.multiply(a, b, base, c, from, to, firstPanel, endPanel, descending, exclusive);
  }

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
    if (firstPanel < endPanel
        && !SparseProduct.multiply(a, b, base, c, from, to, firstPanel, endPanel)) {
      super.multiplySparse(a, b, base, c, from, to, firstPanel, endPanel);
    }
  }

  @Override
  public Kernels backward() {
    return new SimdKernels(!descending, exclusive);
  }

  @Override
  public Kernels exclusive() {
    return new SimdKernels(descending, true);
  }

  @Override
  public void dots(Rows a, Rows b, @Nullable Rows base, Rows c, int from, int to) {
    RowDots.dots(a, b, base, c, from, to);
  }

  @Override
  public void outer(
      Rows a, Rows b, int count, Panels g, Panels w, int firstPanel, int endPanel, Sink sink) {
    if (sink instanceof Sink.Axpy axpy) {
      OuterProduct.add(axpy.rate(), a, b, count, w, g, firstPanel, endPanel);
    } else {
      OuterProduct.outer(a, b, count, g, firstPanel, endPanel, sink == Sink.ADD);
    }
  }

  @Override
  public void transpose(Panels source, int firstPanel, int endPanel, Panels transposed) {
    for (int p = firstPanel; p < endPanel; p++) {
      for (int q = 0; q < transposed.count(); q++) {
        if (BlockTranspose.fits(source, p, transposed, q)) {
          BlockTranspose.transpose(source, p, transposed, q);
        } else {
          transposeBlock(source, p, transposed, q);
        }
      }
    }
  }

  @Override
  public void prototypicalStep(
      Activation activation,
      float epsilon,
      Rows a,
      @Nullable Rows drift,
      Rows s,
      int from,
      int to) {
    if (epsilon == 1f) {
      RelaxStep.activate(activation, a, s, from, to);
    } else {
      RelaxStep.activate(activation, a, a, from, to);
      RelaxStep.approach(epsilon, a, s, from, to);
    }
    RelaxStep.add(drift, s, from, to);
  }

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
    RelaxStep.descend(activation, slope, epsilon, a, s, u, from, to);
    RelaxStep.add(drift, s, from, to);
    if (clamp) {
      RelaxStep.activate(Activation.HARD_SIGMOID, s, s, from, to);
    }
    RelaxStep.activate(activation, s, u, from, to);
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
    Activation kind = slope ? activation : Activation.IDENTITY;
    EnergyStepBack.step(kind, epsilon, clamp, a, s, u, gradient, delta, from, to);
  }

  @Override
  public void activateBack(
      Activation activation,
      float scale,
      Rows x,
      Rows u,
      Rows gradient,
      Rows base,
      Rows out,
      int from,
      int to) {
    ActivateBack.activateBack(activation, scale, x, u, gradient, base, out, from, to);
  }

  @Override
  public void activate(Activation activation, Rows x, Rows u, int from, int to) {
    RelaxStep.activate(activation, x, u, from, to);
  }

  @Override
  public void largestChange(Rows before, Rows after, float[] out, int from, int to) {
    for (int r = from; r < to; r++) {
      float largest =
          largest(
              before.data(), before.index(r, 0), after.data(), after.index(r, 0), before.padded());
      out[r] = Math.max(out[r], largest);
    }
  }

  /**
   * A method of its own, called for each row: this is asked for once or twice a batch, and so many
   * calls later C2 still had not compiled a loop over all rows, whose vectors were objects till
   * then.
   */
  private static float largest(float[] x, int xo, float[] y, int yo, int count) {
    FloatVector largest = FloatVector.zero(S);
    for (int i = 0; i < count; i += VL) {
      FloatVector change =
          FloatVector.fromArray(S, y, yo + i).sub(FloatVector.fromArray(S, x, xo + i));
      largest = largest.max(change.abs());
    }
    return largest.reduceLanes(VectorOperators.MAX);
  }

  @Override
  public int chains() {
    return TileSizes.CHAINS;
  }

  @Override
  public float fmaChains(long rounds) {
    return FmaChains.run(rounds);
  }

  /** Offers these kernels where the Vector API is resolved and the width fits the machine. */
  public static final class Provider implements Kernels.Provider {
    private static final String MODULE = "jdk.incubator.vector";

    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String name() {
      return "simd";
    }

    @Override
    public int priority() {
      return 100;
    }

    @Override
    public Optional<String> refusal() {
      if (ModuleLayer.boot().findModule(MODULE).isPresent()) {
        return Fit.refusal();
      }
      return Optional.of(
          ModuleFinder.ofSystem().find(MODULE).isPresent()
              ? "the module " + MODULE + " is not there: add --add-modules " + MODULE
              : "this Java runtime has no module "
                  + MODULE
                  + ": use a JDK 25, or an image that is linked with --add-modules "
                  + MODULE);
    }

    @Override
    public Optional<String> drawback() {
      Optional<String> lack = SecondCompiler.lack();
      return lack.isPresent() || Fma.inHardware()
          ? lack
          : Optional.of(
              "there is no fused multiply-add in hardware, and with vectors it would be calculated"
                  + " in decimal numbers");
    }

    @Override
    public Kernels create() {
      return new SimdKernels(false, false);
    }
  }

  /** Kept apart from {@link Provider}, which must load where the Vector API is missing. */
  private static final class Fit {
    static Optional<String> refusal() {
      int widest = Width.widestBits();
      int asked = Width.requestedBits();
      return asked > widest
          ? Optional.of(
              asked + "-bit vectors were asked for and this machine's widest are " + widest)
          : Optional.empty();
    }
  }
}
