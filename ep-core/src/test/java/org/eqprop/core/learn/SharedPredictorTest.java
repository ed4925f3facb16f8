package org.eqprop.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Algebra;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.network.SquaredError;
import org.eqprop.core.network.Trainable;
import org.eqprop.core.settle.Settling;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A second call while the first one is under way, as another thread would make it. */
class SharedPredictorTest {
  private final float[] input = {0.1f, 0.9f, 0.4f};
  private Runnable meanwhile = () -> {};

  private PredictorBuilder predictors() {
    Network network =
        Network.chain(
            new Prototypical(1, Prototypical.Nudge.OUTSIDE),
            Activation.SIGMOID4,
            layer -> new Interrupting(layer),
            4,
            3);
    network.initialise(1);
    return new PredictorBuilder(network, 5, Settling.EXACT);
  }

  private static void refused(Runnable call) {
    assertThatIllegalStateException()
        .isThrownBy(call::run)
        .withMessage(
            "Two threads use one predictor at once; give each thread its own, or take a"
                + " PredictorPool.");
  }

  @Test
  void aSecondCallIsRefusedAndTheFirstOneGoesOn() {
    Predictor predictor = predictors().build();
    int best = predictor.predict(input);
    int[] refused = new int[1];
    meanwhile =
        () -> {
          meanwhile = () -> {};
          refused(() -> predictor.predict(input));
          refused[0]++;
        };
    assertThat(predictor.predict(input)).isEqualTo(best);
    assertThat(refused[0]).isEqualTo(1);
    assertThat(predictor.predict(input)).isEqualTo(best);
  }

  @Test
  void batchesTakeOneCallAtATimeToo() {
    BatchPredictor predictor = predictors().batch();
    int[] best = new int[1];
    int[] refused = new int[1];
    meanwhile =
        () -> {
          meanwhile = () -> {};
          refused(() -> predictor.predict(input, 1, best));
          refused[0]++;
        };
    predictor.predict(input, 1, best);
    assertThat(refused[0]).isEqualTo(1);
    predictor.predict(input, 1, best);
  }

  /** The squared error; something else happens when it is read. */
  private final class Interrupting implements Cost, Cost.Reading {
    private final SquaredError inner;
    private final Cost.Reading reading;

    Interrupting(Layer output) {
      inner = new SquaredError(output);
      reading = inner.reading(1);
    }

    @Override
    public String type() {
      return inner.type();
    }

    @Override
    public Map<String, String> options() {
      return inner.options();
    }

    @Override
    public int classes() {
      return inner.classes();
    }

    @Override
    public @Nullable Trainable readOut() {
      return inner.readOut();
    }

    @Override
    public <V> V value(Algebra<V> algebra, V s, V y, List<V> parameters) {
      return inner.value(algebra, s, y, parameters);
    }

    @Override
    public Reading reading(int samples) {
      return this;
    }

    @Override
    public Rows scores(Kernels k, Rows s, int from, int to) {
      meanwhile.run();
      return reading.scores(k, s, from, to);
    }

    @Override
    public float loss(Rows scores, Rows y, int row) {
      return reading.loss(scores, y, row);
    }

    @Override
    public void pull(
        Kernels k, float scale, Rows y, Rows s, @Nullable Rows base, Rows out, int from, int to) {
      reading.pull(k, scale, y, s, base, out, from, to);
    }

    @Override
    public void keep(Kernels k, float scale, Rows y, Rows s, int from, int to) {
      reading.keep(k, scale, y, s, from, to);
    }

    @Override
    public void gradient(Kernels k, int count, int firstTile, int endTile, Sink sink) {
      reading.gradient(k, count, firstTile, endTile, sink);
    }
  }
}
