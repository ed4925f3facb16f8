package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Trainable;

/**
 * What every cost must pass: loss, pull and the gradient of its read-out follow from its value by
 * automatic differentiation in float64.
 */
public final class CostChecks {
  private CostChecks() {}

  /**
   * Checks a type by its examples, and that each can be made again from its options: then it gives
   * the same bits.
   *
   * @param provider makes costs and examples of them
   * @throws AssertionError in words, if one does not pass
   */
  public static void check(Cost.Provider provider) {
    assertThat(provider.type()).as("name of the type").isNotBlank();
    List<Cost> examples = provider.examples();
    assertThat(examples).as("examples of %s", provider.type()).isNotEmpty();
    for (Cost example : examples) {
      assertThat(example.type()).as("type of an example").isEqualTo(provider.type());
      CostResults.assertSame(provider, example);
      check(example);
    }
  }

  /**
   * Checks one cost: its loss, its pull, its read-out; that what is not a number stays so; that
   * rows may come in any parts, and on several threads at once, with the same bits; and that
   * nothing allocates. The parameters of its read-out change.
   *
   * @param cost the cost
   * @throws AssertionError in words, if it does not pass
   */
  public static void check(Cost cost) {
    Trainable readOut = cost.readOut();
    if (readOut != null) {
      assertThat(readOut.fanIn()).as("fanIn of " + readOut.name()).isPositive();
      assertThat(readOut.tiles()).as("tiles of " + readOut.name()).isPositive();
    }
    new CostCheck(cost, 1).check();
    new CostCheck(cost, 6).check();
    new CostParts(cost).check();
  }
}
