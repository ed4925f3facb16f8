package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Parameter;

/**
 * What every connection must pass: all that it does by hand in float32 follows from its scalar Φ
 * (or the two scalars of a connection without Φ) by automatic differentiation in float64.
 */
public final class ConnectionChecks {
  private ConnectionChecks() {}

  /**
   * Checks a type by its examples, and that each can be made again from its options: then it gives
   * the same bits.
   *
   * @param provider makes connections and examples of them
   * @throws AssertionError in words, if one does not pass
   */
  public static void check(Connection.Provider provider) {
    assertThat(provider.type()).as("name of the type").isNotBlank();
    List<Connection> examples = provider.examples();
    assertThat(examples).as("examples of %s", provider.type()).isNotEmpty();
    for (Connection example : examples) {
      assertThat(example.type()).as("type of an example").isEqualTo(provider.type());
      Connection again =
          provider.create(example.name(), example.target(), example.source(), example.options());
      assertThat(again.options()).as("options of it made again").isEqualTo(example.options());
      assertThat(again.parameters().stream().map(Parameter::name))
          .as("parameters of it made again")
          .containsExactlyElementsOf(example.parameters().stream().map(Parameter::name).toList());
      ConnectionResults.assertSame(again, example);
      check(example);
    }
  }

  /**
   * Checks one connection: both inputs on any base, their adjoints, the gradients of its parameters
   * over as many rows as are asked for, and their sinks; that what is not a number stays so; that
   * rows and tiles may come in any parts, and on several threads at once, with the same bits; and
   * that nothing allocates. Its parameters change.
   *
   * @param connection the connection
   * @throws AssertionError in words, if it does not pass
   */
  public static void check(Connection connection) {
    assertThat(connection.fanIn()).as("fanIn of " + connection.name()).isPositive();
    assertThat(connection.tiles()).as("tiles of " + connection.name()).isPositive();
    new ConnectionCheck(connection, 7, 1).check();
    new ConnectionCheck(connection, 19, 6).check();
    new ConnectionSums(connection).check();
    new ConnectionNaN(connection).check();
    new ConnectionParts(connection).check();
  }
}
