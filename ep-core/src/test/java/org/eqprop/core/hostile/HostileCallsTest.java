package org.eqprop.core.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens when the public methods are given what they must not be given: an exception of the
 * type that the Javadoc states, with one sentence. Everything that was there before is unchanged.
 */
class HostileCallsTest {
  /** Numbers that are no count of anything. */
  static final int[] NO_COUNTS = {0, -1, -20, Integer.MIN_VALUE};

  /** Numbers that are no positive factor. */
  static final double[] NO_FACTORS = {
    0, -0.0, -1e-300, -3, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY
  };

  /** Numbers that are no tolerance and no rate. */
  static final double[] NEGATIVE = {
    -1e-300, -1, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY
  };

  @TempDir private Path folder;

  /**
   * A call that must be refused.
   *
   * @param name what is called with what
   */
  record Attempt(String name, Class<? extends Exception> type, Callable<?> call) {}

  /** Attempts, by what they are made on. */
  static final class Attempts {
    private final List<Attempt> all = new ArrayList<>();

    void add(String name, Class<? extends Exception> type, Callable<?> call) {
      all.add(new Attempt(name, type, call));
    }

    /** A call whose arguments are not those that it takes. */
    void argument(String name, Callable<?> call) {
      add(name, IllegalArgumentException.class, call);
    }

    /** The same for a method that returns nothing. */
    void argument(String name, Runnable call) {
      argument(
          name,
          () -> {
            call.run();
            return null;
          });
    }

    /** A place that does not exist. */
    void index(String name, Callable<?> call) {
      add(name, IndexOutOfBoundsException.class, call);
    }
  }

  private List<Attempt> attempts() {
    Attempts attempts = new Attempts();
    new HostileSettings().addTo(attempts);
    new HostileNetworks().addTo(attempts);
    new HostileData(folder).addTo(attempts);
    return attempts.all;
  }

  @TestFactory
  Stream<DynamicTest> everyCallIsRefusedInOneSentence() {
    return attempts().stream()
        .map(attempt -> DynamicTest.dynamicTest(attempt.name(), () -> refused(attempt)));
  }

  private static void refused(Attempt attempt) {
    Throwable thrown = catchThrowable(attempt.call()::call);
    assertThat(thrown).as(attempt.name()).isInstanceOf(attempt.type());
    String message = thrown.getMessage();
    assertThat(message).as(attempt.name()).hasSizeBetween(15, 300).doesNotContain("\n");
    if (!(thrown instanceof IndexOutOfBoundsException)) {
      assertThat(message).endsWith(".").doesNotContain("Exception", "null");
    }
  }

  @Test
  void thereAreThreeHundredOfThem() {
    List<Attempt> all = attempts();
    assertThat(all).hasSizeGreaterThanOrEqualTo(300);
    assertThat(all.stream().map(Attempt::name)).doesNotHaveDuplicates();
  }

  @Test
  void theStatesAreAsBefore() {
    HostileNetworks networks = new HostileNetworks();
    HostileData data = new HostileData(folder);
    Map<String, Object> before = new TreeMap<>(networks.states());
    before.putAll(data.states());
    Attempts attempts = new Attempts();
    networks.addTo(attempts);
    data.addTo(attempts);
    for (Attempt attempt : attempts.all) {
      assertThat(catchThrowable(attempt.call()::call)).as(attempt.name()).isNotNull();
    }
    Map<String, Object> after = new TreeMap<>(networks.states());
    after.putAll(data.states());
    assertThat(after).isEqualTo(before);
  }
}
