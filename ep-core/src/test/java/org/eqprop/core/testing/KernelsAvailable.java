package org.eqprop.core.testing;

import java.util.Optional;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.simd.SimdKernels;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips, with a notice, what needs kernels that this machine cannot run: a vector width that it
 * does not have. Everything else that keeps them from being chosen is left to fail.
 */
public final class KernelsAvailable implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    ConditionEvaluationResult result =
        decide(System.getProperty(KernelsSelector.PROPERTY, ""), simdRefusal());
    if (result.isDisabled()) {
      System.err.println("Skipped " + context.getDisplayName() + ": " + result.getReason().get());
    }
    return result;
  }

  /** Disabled if {@code wanted} is a SIMD width and the SIMD kernels refuse to run. */
  static ConditionEvaluationResult decide(String wanted, Optional<String> simdRefusal) {
    if (wanted.startsWith("simd-") && simdRefusal.isPresent()) {
      return ConditionEvaluationResult.disabled(wanted + " cannot run here: " + simdRefusal.get());
    }
    return ConditionEvaluationResult.enabled("can run here");
  }

  private static Optional<String> simdRefusal() {
    Kernels.Provider simd = new SimdKernels.Provider();
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? simd.refusal()
        : Optional.empty();
  }
}
