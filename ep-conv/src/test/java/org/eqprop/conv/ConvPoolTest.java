package org.eqprop.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConvPoolTest {
  private static final int SAMPLES = 5;
  private static final ConvPool.Provider PROVIDER = new ConvPool.Provider();

  private final Kernels k = KernelsSelector.kernels();
  private final Random random = new Random(3);

  static List<Connection> examples() {
    return PROVIDER.examples();
  }

  private static Layer layer(int index, Shape shape) {
    return new Layer(index, "s" + index, shape, Activation.HARD_SIGMOID, false);
  }

  private static Connection connect(Shape target, Shape source, String... options) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      map.put(options[i], options[i + 1]);
    }
    return PROVIDER.create("1", layer(0, target), layer(1, source), map);
  }

  /** kernel 1 and the identity: the connection is the pooling alone. */
  private Connection pooling(int channels, int height, int width) {
    Shape pooled = Shape.of(channels, height / 2, width / 2);
    Connection c = connect(pooled, Shape.of(channels, height, width), "kernel", "1", "pool", "2");
    float[] identity = new float[channels * channels];
    for (int i = 0; i < channels; i++) {
      identity[i * channels + i] = 1f;
    }
    c.parameters().get(0).read(identity);
    c.refresh(k, 0, c.tiles());
    return c;
  }

  private Rows rows(int size) {
    Rows rows = Rows.allocate(SAMPLES, size);
    for (int r = 0; r < SAMPLES; r++) {
      for (int i = 0; i < size; i++) {
        rows.set(r, i, 2 * random.nextFloat() - 1);
      }
    }
    return rows;
  }

  private void randomise(Connection connection) {
    for (Parameter parameter : connection.parameters()) {
      float[] values = new float[parameter.shape().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = 2 * random.nextFloat() - 1;
      }
      parameter.read(values);
      assertThat(parameter.write()).containsExactly(values);
    }
    connection.refresh(k, 0, connection.tiles());
  }

  @Test
  void inversePoolingPlacesAtTheArgMaxOfTheSameStepAndZeroElsewhere() {
    Connection c = pooling(3, 6, 8);
    Memory memory = c.newMemory(SAMPLES);
    for (int step = 0; step < 2; step++) {
      Rows x = rows(c.source().size());
      Rows up = Rows.allocate(SAMPLES, c.target().size());
      c.bottomUp(k, x, up, up, memory, 0, SAMPLES);
      Rows h = rows(c.target().size());
      Rows down = Rows.allocate(SAMPLES, c.source().size());
      c.topDown(k, h, down, down, memory, 0, SAMPLES);
      for (int r = 0; r < SAMPLES; r++) {
        int placed = 0;
        for (int i = 0; i < c.source().size(); i++) {
          int cell = i / 48 * 12 + i / 16 % 3 * 4 + i % 8 / 2;
          boolean winner = x.get(r, i) == up.get(r, cell);
          assertThat(down.get(r, i)).isEqualTo(winner ? h.get(r, cell) : 0f);
          placed += winner ? 1 : 0;
        }
        assertThat(placed).isEqualTo(c.target().size());
      }
    }
  }

  @Test
  void poolingAnInverselyPooledMapGivesItBack() {
    Connection c = pooling(5, 9, 6);
    Memory memory = c.newMemory(SAMPLES);
    Rows up = Rows.allocate(SAMPLES, c.target().size());
    c.bottomUp(k, rows(c.source().size()), up, up, memory, 0, SAMPLES);
    Rows h = rows(c.target().size());
    k.activate(Activation.SIGMOID4, h, h, 0, SAMPLES); // above the zeros around it
    Rows down = Rows.allocate(SAMPLES, c.source().size());
    c.topDown(k, h, down, down, memory, 0, SAMPLES);
    Rows again = Rows.allocate(SAMPLES, c.target().size());
    c.bottomUp(k, down, again, again, memory, 0, SAMPLES);
    assertThat(again.data()).containsExactly(h.data());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void aCopiedMemoryGivesTheSameTopDownInput(Connection c) {
    randomise(c);
    Memory memory = c.newMemory(SAMPLES);
    Rows up = Rows.allocate(SAMPLES, c.target().size());
    c.bottomUp(k, rows(c.source().size()), up, up, memory, 0, SAMPLES);
    Memory copy = c.newMemory(SAMPLES);
    copy.copy(memory, 1, 4);
    Rows h = rows(c.target().size());
    Rows expected = Rows.allocate(SAMPLES, c.source().size());
    Rows actual = Rows.allocate(SAMPLES, c.source().size());
    c.topDown(k, h, expected, expected, memory, 1, 4);
    c.topDown(k, h, actual, actual, copy, 1, 4);
    assertThat(actual.data()).containsExactly(expected.data());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void neitherRangesOfSamplesNorOfTilesShow(Connection c) {
    randomise(c);
    Rows x = rows(c.source().size());
    Rows h = rows(c.target().size());
    Rows base = rows(c.target().size());
    Rows[] up = new Rows[2];
    Rows[] down = new Rows[2];
    float[][] gradients = new float[2][];
    for (int parts = 0; parts < 2; parts++) {
      Memory memory = c.newMemory(SAMPLES);
      up[parts] = Rows.allocate(SAMPLES, c.target().size());
      down[parts] = Rows.allocate(SAMPLES, c.source().size());
      int middle = parts * 2;
      int[] ends = {0, middle, SAMPLES};
      for (int i = 0; i < 2; i++) {
        c.bottomUp(k, x, base, up[parts], memory, ends[i], ends[i + 1]);
        c.topDown(k, h, x, down[parts], memory, ends[i], ends[i + 1]);
      }
      for (int tile = 0; tile < c.tiles(); tile += parts == 0 ? c.tiles() : 1) {
        int end = parts == 0 ? c.tiles() : tile + 1;
        c.bottomUpGradient(k, h, x, memory, SAMPLES, tile, end, Sink.STORE);
        c.topDownGradient(k, base, x, memory, 3, tile, end, Sink.STORE);
      }
      gradients[parts] = c.parameters().get(0).gradient().clone();
    }
    assertThat(up[1].data()).containsExactly(up[0].data());
    assertThat(down[1].data()).containsExactly(down[0].data());
    assertThat(gradients[1]).containsExactly(gradients[0]);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void optionsMakeTheSameConnection(Connection c) {
    Connection again = PROVIDER.create("0", c.target(), c.source(), c.options());
    assertThat(again.options()).isEqualTo(c.options());
    assertThat(((ConvPool) again).convolution()).isEqualTo(((ConvPool) c).convolution());
    assertThat(((ConvPool) again).pooling()).isEqualTo(((ConvPool) c).pooling());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2x1x1 | 1x3x4 | kernel=5 |"
            + " The kernel of 5x5 is larger than the map of 3x4 with padding 0.",
        "2x1x1 | 1x3x4 | kernel=3 pool=2 |"
            + " The pooling window of 2x2 is larger than the map of 1x2.",
        "2x2x2 | 1x4x4 | kernel=2 |"
            + " Connection 1 gives maps of 2x3x3, but its target is s0 (2x2x2).",
        "8 | 1x3x3 | kernel=2 |"
            + " Connection 1 links maps of channels x height x width, but layer s0 (8) is none.",
        "2x2x2 | 9 | kernel=2 |"
            + " Connection 1 links maps of channels x height x width, but layer s1 (9) is none.",
        "2x2x2 | 1x3x3 | pool=2 | Connection 1 needs the option kernel.",
        "2x2x2 | 1x3x3 | kernel=two | The option kernel of connection 1 is 'two'~ no whole number.",
        "2x2x2 | 1x3x3 | kernel=2 stride=0 | A convolution needs a kernel and a stride of at"
            + " least 1 and a padding of at least 0~ got kernel 2~ stride 0~ padding 0.",
        "2x2x2 | 1x3x3 | kernel=2 pool=0 |"
            + " Pooling needs a window and a stride of at least 1~ got window 0 and stride 0.",
        "2x2x2 | 1x3x3 | kernel=2 pooling=min |"
            + " The pooling of connection 1 is 'min'; it must be max or average.",
        "2x2x2 | 1x3x3 | kernel=2 algorithm=fft |"
            + " The algorithm of connection 1 is 'fft'; it must be direct or winograd.",
        "2x2x2 | 1x3x3 | kernel=2 size=3 | Connection 1 was given the unknown options [size];"
            + " there are [algorithm~ kernel~ padding~ pool~ pool-stride~ pooling~ stride]."
      })
  void badInputGetsOneSentence(String target, String source, String options, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connect(shape(target), shape(source), options.split("[ =]", -1)))
        .withMessage(message.replace('~', ','));
  }

  private static Shape shape(String text) {
    String[] words = text.split("x", -1);
    int[] sizes = new int[words.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Integer.parseInt(words[i]);
    }
    return Shape.of(sizes);
  }
}
