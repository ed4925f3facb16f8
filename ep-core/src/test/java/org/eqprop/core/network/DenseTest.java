package org.eqprop.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.tensor.Panels;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.eqprop.core.testing.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseTest {
  private static final double ERROR = 1e-5;
  private static final int SAMPLES = 7;

  private final Kernels k = KernelsSelector.kernels();

  private static Layer layer(int index, int size, boolean input) {
    return new Layer(index, "s" + index, Shape.of(size), Activation.TANH, input);
  }

  /** A connection of {@code n} units to {@code m} above them, with random parameters. */
  private Dense dense(int n, int m) {
    Dense dense = new Dense("0", layer(0, n, false), layer(1, m, false));
    for (Parameter parameter : dense.parameters()) {
      Rows values = Values.random(1, parameter.shape().size(), parameter.shape().rank());
      float[] flat = new float[parameter.shape().size()];
      System.arraycopy(values.data(), values.index(0, 0), flat, 0, flat.length);
      parameter.read(flat);
    }
    dense.refresh(k, 0, dense.tiles());
    return dense;
  }

  private static float weight(Dense dense, int i, int j) {
    return dense.parameters().get(0).write()[i * dense.source().size() + j];
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1", "10, 33", "32, 16", "33, 70", "70, 5", "1, 256", "10, 300", "16, 257", "17, 256"
  })
  void bottomUpAddsTheWeightedSourceToTheBase(int n, int m) {
    Dense dense = dense(n, m);
    Rows source = Values.random(SAMPLES, m, 3);
    Rows base = Values.random(SAMPLES, n, 4);
    Rows out = Values.filled(SAMPLES, n, Float.NaN);
    dense.bottomUp(k, source, base, out, dense.newMemory(SAMPLES), 1, 6);
    for (int r = 0; r < SAMPLES; r++) {
      for (int i = 0; i < n; i++) {
        double sum = r < 1 || r >= 6 ? Double.NaN : base.get(r, i);
        for (int j = 0; j < m; j++) {
          sum += (double) weight(dense, i, j) * source.get(r, j);
        }
        assertThat(Double.isNaN(sum) == Float.isNaN(out.get(r, i))).isTrue();
        if (!Double.isNaN(sum)) {
          Values.assertWithin("out", out.get(r, i), sum, ERROR);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "10, 33", "32, 16", "33, 70", "70, 5"})
  void topDownUsesTheSameWeightsTransposed(int n, int m) {
    Dense dense = dense(n, m);
    Rows target = Values.random(SAMPLES, n, 5);
    Rows base = Values.random(SAMPLES, m, 6);
    Rows out = Values.filled(SAMPLES, m, Float.NaN);
    dense.topDown(k, target, base, out, dense.newMemory(SAMPLES), 0, SAMPLES);
    for (int r = 0; r < SAMPLES; r++) {
      for (int j = 0; j < m; j++) {
        double sum = base.get(r, j);
        for (int i = 0; i < n; i++) {
          sum += (double) weight(dense, i, j) * target.get(r, i);
        }
        Values.assertWithin("out", out.get(r, j), sum, ERROR);
      }
    }
  }

  @Test
  void afterRefreshingAllTilesTopDownSeesNewWeights() {
    Dense dense = dense(70, 20);
    assertThat(dense.tiles()).isEqualTo(3);
    float[] values = dense.parameters().get(0).write();
    for (int i = 0; i < values.length; i++) {
      values[i] = -2 * values[i];
    }
    Rows target = Values.random(1, 70, 7);
    Rows zero = Rows.allocate(1, 20);
    Rows before = Rows.allocate(1, 20);
    Rows stale = Rows.allocate(1, 20);
    Rows after = Rows.allocate(1, 20);
    dense.topDown(k, target, zero, before, Memory.NONE, 0, 1);
    dense.parameters().get(0).read(values);
    dense.topDown(k, target, zero, stale, Memory.NONE, 0, 1);
    assertThat(stale.data()).isEqualTo(before.data());
    dense.refresh(k, 0, 1);
    dense.refresh(k, 1, 3);
    dense.topDown(k, target, zero, after, Memory.NONE, 0, 1);
    for (int j = 0; j < 20; j++) {
      Values.assertWithin("after", after.get(0, j), -2.0 * before.get(0, j), ERROR);
    }
  }

  /** The copy that few units with long sums read is renewed too. */
  @Test
  void afterRefreshingFewUnitsWithLongSumsSeeNewWeights() {
    Dense dense = dense(10, 300);
    float[] values = dense.parameters().get(0).write();
    for (int i = 0; i < values.length; i++) {
      values[i] = -2 * values[i];
    }
    Rows source = Values.random(1, 300, 7);
    Rows zero = Rows.allocate(1, 10);
    Rows before = Rows.allocate(1, 10);
    Rows after = Rows.allocate(1, 10);
    dense.bottomUp(k, source, zero, before, Memory.NONE, 0, 1);
    dense.parameters().get(0).read(values);
    dense.refresh(k, 0, dense.tiles());
    dense.bottomUp(k, source, zero, after, Memory.NONE, 0, 1);
    for (int i = 0; i < 10; i++) {
      assertThat(after.get(0, i)).isNotZero().isEqualTo(-2 * before.get(0, i));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "10, 33", "33, 70", "70, 5"})
  void gradientsAreSumsOverTheSamples(int n, int m) {
    Dense dense = dense(n, m);
    Rows target = Values.random(SAMPLES, n, 8);
    Rows source = Values.random(SAMPLES, m, 9);
    int count = 5;
    for (int tile = 0; tile < dense.tiles(); tile++) {
      dense.bottomUpGradient(k, target, source, Memory.NONE, 7, tile, tile + 1, Sink.STORE);
      dense.bottomUpGradient(k, target, source, Memory.NONE, count, tile, tile + 1, Sink.STORE);
      dense.topDownGradient(k, target, source, Memory.NONE, count, tile, tile + 1, Sink.STORE);
      dense.biasGradient(k, target, count, tile, tile + 1, Sink.STORE);
    }
    float[] weight = dense.parameters().get(0).writeGradient();
    float[] bias = dense.parameters().get(1).writeGradient();
    for (int i = 0; i < n; i++) {
      double b = 0;
      for (int r = 0; r < count; r++) {
        b += target.get(r, i);
      }
      Values.assertWithin("bias", bias[i], b, ERROR);
      for (int j = 0; j < m; j++) {
        double w = 0;
        for (int r = 0; r < count; r++) {
          w += 2.0 * target.get(r, i) * source.get(r, j);
        }
        Values.assertWithin("weight", weight[i * m + j], w, ERROR);
      }
    }
  }

  @Test
  void addBiasAddsToEachRowOfTheRange() {
    Dense dense = dense(20, 3);
    float[] bias = dense.parameters().get(1).write();
    Rows drive = Values.filled(4, 20, 1f);
    dense.addBias(drive, 1, 3);
    for (int i = 0; i < 20; i++) {
      assertThat(drive.get(0, i)).isEqualTo(1f);
      assertThat(drive.get(1, i)).isEqualTo(1f + bias[i]);
      assertThat(drive.get(2, i)).isEqualTo(1f + bias[i]);
      assertThat(drive.get(3, i)).isEqualTo(1f);
    }
    Values.assertPaddingIsZero("drive", drive);
  }

  @Test
  void parametersAreRowMajorOutsideAndTiledInside() {
    Dense dense = dense(40, 3);
    Parameter weight = dense.parameters().get(0);
    Parameter bias = dense.parameters().get(1);
    assertThat(weight.name()).isEqualTo("weight.0");
    assertThat(bias.name()).isEqualTo("bias.0");
    assertThat(weight.shape()).isEqualTo(Shape.of(40, 3));
    assertThat(bias.shape()).isEqualTo(Shape.of(40));
    float[] values = new float[120];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    weight.read(values);
    assertThat(weight.write()).isEqualTo(values);
    Panels layout = Panels.allocate(3, 40);
    assertThat(weight.data()[layout.index(2, 35)]).isEqualTo(35 * 3 + 2);
    assertThat(weight.start(0)).isEqualTo(layout.offset(0));
    assertThat(weight.start(1)).isEqualTo(layout.offset(1));
    assertThat(weight.start(2)).isEqualTo(weight.data().length);
    assertThat(new int[] {bias.start(0), bias.start(1), bias.start(2)}).containsExactly(0, 32, 40);
    assertThat(weight.gradient()).hasSameSizeAs(weight.data());
  }

  @Test
  void theInputHearsNothing() {
    Dense dense = new Dense("0", layer(0, 2, false), layer(1, 3, true));
    Rows rows = Rows.allocate(1, 3);
    assertThatIllegalStateException()
        .isThrownBy(() -> dense.topDown(k, rows, rows, rows, Memory.NONE, 0, 1))
        .withMessage("Connection 0 has nothing to say to the input.");
  }

  @Test
  void optionsAreRefused() {
    Dense.Provider provider = new Dense.Provider();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> provider.create("7", layer(0, 2, false), layer(1, 3, true), Map.of("a", "b")))
        .withMessage("A dense connection has no options, but 7 was given {a=b}.");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "33, 70", "10, 300"})
  void aReplicaComputesTheSameFromWeightsOfItsOwn(int n, int m) {
    Dense original = dense(n, m);
    Dense replica = original.replica();
    replica.copyWeights(original);
    Rows source = Values.random(SAMPLES, m, 3);
    Rows target = Values.random(SAMPLES, n, 4);
    Rows[] expected = products(original, source, target);
    original.parameters().forEach(p -> p.read(new float[p.shape().size()]));
    original.refresh(k, 0, original.tiles());
    Rows[] actual = products(replica, source, target);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i].data()).isEqualTo(expected[i].data());
    }
    assertThat(products(original, source, target)[0].data()).isNotEqualTo(expected[0].data());
  }

  private Rows[] products(Dense dense, Rows source, Rows target) {
    Rows down = Rows.allocate(SAMPLES, dense.target().size());
    Rows up = Rows.allocate(SAMPLES, dense.source().size());
    Memory memory = dense.newMemory(SAMPLES);
    dense.addBias(down, 0, SAMPLES);
    dense.bottomUp(k, source, down, down, memory, 0, SAMPLES);
    dense.topDown(k, target, up, up, memory, 0, SAMPLES);
    return new Rows[] {down, up};
  }

  @Test
  void onlyAReplicaTakesWeightsOver() {
    Dense replica = dense(5, 7).replica();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> replica.copyWeights(dense(5, 8)))
        .withMessage("Connection 0 is no replica of connection 0.");
  }
}
