package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Trainable;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;

/** All that a cost computes from some random parameters and states. */
final class CostResults {
  private static final int SAMPLES = 5;
  private static final float SCALE = 0.7f;

  private CostResults() {}

  /** Fails unless the cost, made again from its options, computes the same bits. */
  static void assertSame(Cost.Provider provider, Cost example) {
    Layer output = new Layer(0, "s0", Shape.of(size(example)), Activation.TANH, false);
    Cost again = provider.create(output, example.options());
    assertThat(again.options()).as("options of it made again").isEqualTo(example.options());
    assertThat(again.classes()).as("classes of it made again").isEqualTo(example.classes());
    Map<String, float[]> expected = of(example);
    Map<String, float[]> found = of(again);
    assertThat(found.keySet()).as("results of it made again").isEqualTo(expected.keySet());
    expected.forEach(
        (what, bits) ->
            assertThat(found.get(what))
                .as("%s of a cost made again from its options", what)
                .isEqualTo(bits));
  }

  private static int size(Cost cost) {
    Trainable readOut = cost.readOut();
    return readOut == null ? cost.classes() : readOut.fanIn();
  }

  private static Map<String, float[]> of(Cost cost) {
    Kernels kernels = KernelsSelector.kernels();
    Random random = new Random(59);
    Trainable readOut = cost.readOut();
    if (readOut != null) {
      for (Parameter parameter : readOut.parameters()) {
        parameter.read(Values.array(parameter.shape().size(), random));
      }
      readOut.refresh(kernels, 0, readOut.tiles());
    }
    Rows s = Values.rows(SAMPLES, size(cost), random);
    Rows y = Rows.allocate(SAMPLES, cost.classes());
    for (int r = 0; r < SAMPLES; r++) {
      y.set(r, random.nextInt(cost.classes()), 1);
    }
    Map<String, float[]> results = new LinkedHashMap<>();
    Cost.Reading reading = cost.reading(SAMPLES);
    Rows scores = reading.scores(kernels, s, 0, SAMPLES);
    results.put("scores", Values.flat(scores));
    float[] losses = new float[SAMPLES];
    for (int r = 0; r < SAMPLES; r++) {
      losses[r] = reading.loss(scores, y, r);
    }
    results.put("loss", losses);
    Rows pull = Rows.allocate(SAMPLES, s.size());
    reading.pull(kernels, SCALE, y, s, null, pull, 0, SAMPLES);
    results.put("pull", Values.flat(pull));
    if (readOut != null) {
      reading.keep(kernels, SCALE, y, s, 0, SAMPLES);
      reading.gradient(kernels, SAMPLES, 0, readOut.tiles(), Sink.STORE);
      for (Parameter parameter : readOut.parameters()) {
        results.put("gradient of " + parameter.name(), parameter.writeGradient());
      }
    }
    return results;
  }
}
