package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.BiFunction;
import org.eqprop.core.learn.EquilibriumPropagation;
import org.eqprop.core.learn.Learner;
import org.eqprop.core.learn.Phases;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.SquaredError;
import org.eqprop.core.tensor.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts with one fault each, made of sound ones: every check notices its own. */
final class BrokenPartsTest {
  /** What happens after a method of the part: it may spoil the result. */
  @FunctionalInterface
  private interface Fault {
    Object after(String method, Object[] arguments, Object result);
  }

  private static <T> T broken(Class<T> type, T sound, Fault fault) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                Object result = method.invoke(sound, arguments);
                return fault.after(method.getName(), arguments, result);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
    return type.cast(proxy);
  }

  private static Connection dense() {
    return new Dense.Provider()
        .examples().stream()
            .filter(c -> !c.source().input() && Math.min(c.source().size(), c.target().size()) > 1)
            .findFirst()
            .orElseThrow();
  }

  private static void spoil(Object rows) {
    Rows out = (Rows) rows;
    out.set(2, 1, out.get(2, 1) + 0.01f);
  }

  @ParameterizedTest
  @CsvSource({
    "bottomUp, 3, bottom-up input",
    "topDown, 3, top-down input",
    "addBias, 0, bottom-up input",
    "bottomUpAdjoint, 3, adjoint of bottom-up",
    "topDownAdjoint, 3, adjoint of top-down",
  })
  void aWrongInputIsNoticed(String name, int out, String what) {
    Connection faulty =
        broken(
            Connection.class,
            dense(),
            (method, arguments, result) -> {
              if (method.equals(name)) {
                spoil(arguments[out]);
              }
              return result;
            });
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> ConnectionChecks.check(faulty))
        .withMessageContaining(what);
  }

  @ParameterizedTest
  @CsvSource({"bottomUpGradient, weight", "topDownGradient, weight", "biasGradient, bias"})
  void aWrongGradientIsNoticed(String name, String what) {
    Connection sound = dense();
    Connection faulty =
        broken(
            Connection.class,
            sound,
            (method, arguments, result) -> {
              if (method.equals(name)) {
                int p = what.equals("bias") ? 1 : 0;
                Parameter parameter = sound.parameters().get(p);
                parameter.gradient()[parameter.start(0)] += 0.1f;
              }
              return result;
            });
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> ConnectionChecks.check(faulty))
        .withMessageContaining(what);
  }

  @Test
  void aConnectionThatAllocatesIsNoticed() {
    Connection faulty = broken(Connection.class, dense(), (method, arguments, result) -> result);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> ConnectionChecks.check(faulty))
        .withMessageContaining("bytes allocated by the inputs of a connection");
  }

  @Test
  void aWrongPullAndAWrongLossAreNoticed() {
    for (String name : List.of("pull", "loss")) {
      Cost sound = new SquaredError.Provider().examples().get(1);
      BiFunction<Object[], Object, Object> spoilt =
          (arguments, result) -> {
            if (name.equals("loss")) {
              return (float) result + 0.01f;
            }
            spoil(arguments[5]);
            return result;
          };
      Cost faulty =
          broken(
              Cost.class,
              sound,
              (method, arguments, result) ->
                  method.equals("reading")
                      ? broken(
                          Cost.Reading.class,
                          (Cost.Reading) result,
                          (inner, given, found) ->
                              inner.equals(name) ? spoilt.apply(given, found) : found)
                      : result);
      assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> CostChecks.check(faulty));
    }
  }

  /** One-sided, with a nudge that is too large to give the gradient. */
  @Test
  void aGradientThatIsNotTheLosssIsNoticed() {
    Learner.Provider ep = new EquilibriumPropagation.Provider();
    Phases coarse = new Phases(200, 150, 0.9, Phases.Estimate.ONE_SIDED, 3);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> LearnerChecks.checkGradient(ep, coarse, 0.01))
        .withMessageContaining("difference of the gradient of");
  }

  @Test
  void aLearnerThatDoesNotLearnIsNoticed() {
    Learner.Provider ep = new EquilibriumPropagation.Provider();
    Phases phases = new Phases(30, 12, 0.5, Phases.Estimate.ONE_SIDED, 3);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> LearnerChecks.check(ep, phases, 1e-6))
        .withMessageContaining("loss after");
  }
}
