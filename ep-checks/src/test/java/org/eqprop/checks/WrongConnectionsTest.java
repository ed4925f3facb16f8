package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.tensor.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are right in an easy case and wrong in another: the checks refuse each. */
final class WrongConnectionsTest {
  private static void assertRefused(Connection wrong, String what) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> ConnectionChecks.check(wrong))
        .withMessageContaining(what);
  }

  @ParameterizedTest
  @CsvSource({
    "bottomUp, bottom-up input",
    "topDown, top-down input",
    "bottomUpFrozen, bottom-up input at the positions found",
    "bottomUpAdjoint, adjoint of bottom-up",
    "topDownAdjoint, adjoint of top-down",
  })
  void aBaseThatIsIgnored(String name, String what) {
    Wrong.Instead zeros =
        (sound, arguments) -> {
          Rows base = (Rows) arguments[2];
          arguments[2] = Rows.allocate(base.count(), base.size());
          return sound.call(arguments);
        };
    assertRefused(Wrong.connection(name, zeros), what);
  }

  @ParameterizedTest
  @CsvSource({
    "bottomUp, bottom-up input",
    "topDown, top-down input",
    "bottomUpFrozen, bottom-up input at the positions found",
    "bottomUpAdjoint, adjoint of bottom-up",
    "topDownAdjoint, adjoint of top-down",
  })
  void aBaseThatIsTakenForTheResult(String name, String what) {
    Wrong.Instead confused =
        (sound, arguments) -> {
          arguments[2] = arguments[3];
          return sound.call(arguments);
        };
    assertRefused(Wrong.connection(name, confused), what + " on another base");
    Wrong.Instead spoilt =
        (sound, arguments) -> {
          Object result = sound.call(arguments);
          ((Rows) arguments[2]).copy((Rows) arguments[3], 0, 1);
          return result;
        };
    assertRefused(Wrong.connection(name, spoilt), "base of the " + what);
  }

  @Test
  void aBiasThatReplacesTheDrive() {
    Wrong.Instead replaces =
        (sound, arguments) -> {
          ((Rows) arguments[0]).clear((int) arguments[1], (int) arguments[2]);
          return sound.call(arguments);
        };
    assertRefused(Wrong.connection("addBias", replaces), "bottom-up input on its own base");
  }

  @ParameterizedTest
  @CsvSource({"biasGradient, 2, bias", "bottomUpGradient, 4, weight", "topDownGradient, 4, weight"})
  void aGradientOverAllRowsThereAre(String name, int count, String what) {
    Wrong.Instead all =
        (sound, arguments) -> {
          arguments[count] = ((Rows) arguments[1]).count();
          return sound.call(arguments);
        };
    assertRefused(Wrong.connection(name, all), "gradient of " + what + ".0 over the first 5 of 8");
  }

  @ParameterizedTest
  @CsvSource({"biasGradient, 5, bias", "bottomUpGradient, 7, weight"})
  void aGradientThatIsNotAdded(String name, int sink, String what) {
    Wrong.Instead stored =
        (sound, arguments) -> {
          if (arguments[sink] == Sink.ADD) {
            arguments[sink] = Sink.STORE;
          }
          return sound.call(arguments);
        };
    assertRefused(Wrong.connection(name, stored), "gradient of " + what + ".0, added");
  }

  @Test
  void aTopDownGradientThatIsNotAdded() {
    Connection dense = Wrong.dense();
    Wrong.Instead stored =
        (sound, a) -> {
          Sink sink = a[7] == Sink.ADD ? Sink.STORE : Sink.ADD;
          dense.bottomUpGradient(
              (Kernels) a[0],
              (Rows) a[1],
              (Rows) a[2],
              (Memory) a[3],
              (int) a[4],
              (int) a[5],
              (int) a[6],
              sink);
          return null;
        };
    assertRefused(
        Wrong.part(Connection.class, dense, "topDownGradient", stored),
        "gradient of weight.0, added");
  }

  /** States above 1 as if they were 1. */
  @Test
  void statesThatAreClipped() {
    Wrong.Instead clips =
        (sound, arguments) -> {
          Rows states = (Rows) arguments[1];
          Rows clipped = Rows.allocate(states.count(), states.size());
          for (int r = (int) arguments[5]; r < (int) arguments[6]; r++) {
            for (int i = 0; i < states.size(); i++) {
              clipped.set(r, i, Math.clamp(states.get(r, i), -1f, 1f));
            }
          }
          arguments[1] = clipped;
          return sound.call(arguments);
        };
    assertRefused(Wrong.connection("bottomUp", clips), "bottom-up input");
    assertRefused(Wrong.connection("topDown", clips), "top-down input");
  }

  @ParameterizedTest
  @CsvSource({"bottomUp, bottom-up input", "topDown, top-down input"})
  void aNumberMadeOfNaN(String name, String what) {
    Wrong.Instead hides =
        (sound, arguments) -> {
          Object result = sound.call(arguments);
          Rows out = (Rows) arguments[3];
          for (int r = (int) arguments[5]; r < (int) arguments[6]; r++) {
            for (int i = 0; i < out.size(); i++) {
              out.set(r, i, Float.isNaN(out.get(r, i)) ? 0f : out.get(r, i));
            }
          }
          return result;
        };
    assertRefused(Wrong.connection(name, hides), "NaN");
  }

  /** Each row goes through one place in memory, whichever thread it belongs to. */
  @ParameterizedTest
  @ValueSource(strings = {"bottomUp", "topDown"})
  void aRowThatThreadsShare(String name) {
    Connection dense = Wrong.dense();
    int most = Math.max(dense.target().size(), dense.source().size());
    float[] shared = new float[most];
    Wrong.Instead through =
        (sound, arguments) -> {
          Rows states = (Rows) arguments[1];
          Rows copied = Rows.allocate(states.count(), states.size());
          for (int r = (int) arguments[5]; r < (int) arguments[6]; r++) {
            System.arraycopy(states.data(), states.index(r, 0), shared, 0, states.size());
            Wrong.dawdle();
            System.arraycopy(shared, 0, copied.data(), copied.index(r, 0), states.size());
          }
          arguments[1] = copied;
          return sound.call(arguments);
        };
    assertRefused(
        Wrong.part(Connection.class, dense, name, through),
        "inputs of a connection differed on several threads");
  }

  /** Which tiles are asked for is kept where all threads see it. */
  @ParameterizedTest
  @CsvSource({"biasGradient, 3", "bottomUpGradient, 5"})
  void tilesThatThreadsShare(String name, int first) {
    int[] shared = new int[2];
    Wrong.Instead through =
        (sound, arguments) -> {
          shared[0] = (int) arguments[first];
          shared[1] = (int) arguments[first + 1];
          Wrong.dawdle();
          arguments[first] = shared[0];
          arguments[first + 1] = Math.max(shared[0], shared[1]);
          return sound.call(arguments);
        };
    assertRefused(
        Wrong.connection(name, through), "gradients of a connection differed on several threads");
  }

  @Test
  void aFanInOfZero() {
    assertRefused(Wrong.connection("fanIn", (sound, arguments) -> 0), "fanIn of 0");
  }

  /** An example whose factor is not among its options. */
  @Test
  void aFactorThatIsLost() {
    Wrong.Instead doubles =
        (sound, arguments) -> {
          Rows states = (Rows) arguments[1];
          Rows twice = Rows.allocate(states.count(), states.size());
          for (int r = (int) arguments[5]; r < (int) arguments[6]; r++) {
            for (int i = 0; i < states.size(); i++) {
              twice.set(r, i, 2 * states.get(r, i));
            }
          }
          arguments[1] = twice;
          return sound.call(arguments);
        };
    Connection.Provider provider =
        new Connection.Provider() {
          @Override
          public String type() {
            return Dense.TYPE;
          }

          @Override
          public Connection create(
              String name, Layer target, Layer source, Map<String, String> options) {
            return new Dense(name, target, source);
          }

          @Override
          public List<Connection> examples() {
            return List.of(Wrong.connection("bottomUp", doubles));
          }
        };
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> ConnectionChecks.check(provider))
        .withMessageContaining("bottom-up input of a connection made again from its options");
  }

  @Test
  void aThreadThatFails() {
    Threads.Part part =
        (worker, threads) -> {
          if (worker == 1) {
            throw new IllegalStateException("Worker 1 fails.");
          }
          return true;
        };
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> Threads.assertRight("work", part))
        .withMessageContaining("work on several threads at once failed")
        .satisfies(e -> assertThat(e).hasCauseInstanceOf(IllegalStateException.class));
  }
}
