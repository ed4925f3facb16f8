package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.eqprop.core.cost.CrossEntropy;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.SquaredError;
import org.eqprop.core.network.Trainable;
import org.eqprop.core.tensor.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Costs that are right in an easy case and wrong in another: the checks refuse each. */
final class WrongCostsTest {
  private static Cost cost(Cost sound, String names, Wrong.Instead instead) {
    return Wrong.part(
        Cost.class,
        sound,
        "reading",
        (real, arguments) ->
            Wrong.part(Cost.Reading.class, (Cost.Reading) real.call(arguments), names, instead));
  }

  private static Cost squares() {
    return new SquaredError.Provider().examples().get(1);
  }

  private static void assertRefused(Cost wrong, String what) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> CostChecks.check(wrong))
        .withMessageContaining(what);
  }

  @ParameterizedTest
  @ValueSource(strings = {"scores", "loss", "pull", "keep", "gradient"})
  void aReadingThatAllocates(String name) {
    Cost sound = new CrossEntropy.Provider().examples().get(0);
    Cost wrong =
        Wrong.part(
            Cost.class,
            sound,
            "reading",
            (real, arguments) -> new Wasteful((Cost.Reading) real.call(arguments), name));
    assertRefused(wrong, "bytes allocated by " + name + " of a cost");
  }

  /** States above 1 as if they were 1. */
  @Test
  void statesThatAreClipped() {
    Wrong.Instead clips =
        (sound, arguments) -> {
          Rows states = (Rows) arguments[3];
          Rows clipped = Rows.allocate(states.count(), states.size());
          for (int r = 0; r < states.count(); r++) {
            for (int i = 0; i < states.size(); i++) {
              clipped.set(r, i, Math.clamp(states.get(r, i), -1f, 1f));
            }
          }
          arguments[3] = clipped;
          return sound.call(arguments);
        };
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> CostChecks.check(cost(squares(), "pull", clips)));
  }

  @Test
  void aNumberMadeOfNaN() {
    Wrong.Instead zero =
        (sound, arguments) ->
            Float.isNaN((float) sound.call(arguments)) ? 0f : sound.call(arguments);
    assertRefused(cost(squares(), "loss", zero), "loss of states that are NaN");
    Wrong.Instead hides =
        (sound, arguments) -> {
          Object result = sound.call(arguments);
          Rows out = (Rows) arguments[5];
          for (int r = (int) arguments[6]; r < (int) arguments[7]; r++) {
            for (int i = 0; i < out.size(); i++) {
              out.set(r, i, Float.isNaN(out.get(r, i)) ? 0f : out.get(r, i));
            }
          }
          return result;
        };
    assertRefused(cost(squares(), "pull", hides), "pull 0 of states that are NaN");
  }

  @Test
  void aRowThatThreadsShare() {
    float[] shared = new float[1];
    Wrong.Instead through =
        (sound, arguments) -> {
          shared[0] = (float) sound.call(arguments);
          Wrong.dawdle();
          return shared[0];
        };
    assertRefused(
        cost(squares(), "loss", through), "loss and pull of a cost differed on several threads");
  }

  @Test
  void aFactorThatIsLost() {
    Wrong.Instead twice = (sound, arguments) -> 2 * (float) sound.call(arguments);
    Cost.Provider provider =
        new Cost.Provider() {
          @Override
          public String type() {
            return SquaredError.TYPE;
          }

          @Override
          public Cost create(Layer output, Map<String, String> options) {
            return new SquaredError(output);
          }

          @Override
          public List<Cost> examples() {
            return List.of(cost(squares(), "loss", twice));
          }
        };
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> CostChecks.check(provider))
        .withMessageContaining("loss of a cost made again from its options");
  }

  @Test
  void aFanInOfZero() {
    Cost sound = new CrossEntropy.Provider().examples().get(0);
    Wrong.Instead none =
        (real, arguments) ->
            Wrong.part(Trainable.class, (Trainable) real.call(arguments), "fanIn", (r, a) -> 0);
    assertRefused(Wrong.part(Cost.class, sound, "readOut", none), "fanIn of readout");
  }
}
