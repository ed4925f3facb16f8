package org.eqprop.checks.snippets;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Dense;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.SquaredError;
import org.junit.jupiter.api.Test;

/** The code in the pages of the API does what the pages say. */
class SnippetsTest {
  /** Says that it is another type than its connections are. */
  private static final class Misnamed implements Connection.Provider {
    private final Connection.Provider dense = new Dense.Provider();

    @Override
    public String type() {
      return "another";
    }

    @Override
    public Connection create(String name, Layer target, Layer source, Map<String, String> options) {
      return dense.create(name, target, source, options);
    }

    @Override
    public List<Connection> examples() {
      return dense.examples();
    }
  }

  @Test
  void goodPartsPassAndABadOneDoesNot() {
    Cost.Provider cost = new SquaredError.Provider();
    assertThatCode(() -> Snippets.checks(new Dense.Provider(), cost)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Snippets.checks(new Misnamed(), cost))
        .isInstanceOf(AssertionError.class);
  }
}
