package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eqprop.bptt.tape.Node;
import org.eqprop.bptt.tape.Tape;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.kernel.ScalarKernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.network.Cost;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Trainable;
import org.eqprop.core.tensor.Rows;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a cost does by hand in float32, against what automatic differentiation derives
 * from its value. Random states in [−largest, largest], targets and parameters, in float32 and on
 * the tape.
 */
final class CostCheck {
  private static final int SAMPLES = 7;
  private static final float SCALE = 0.7f;

  private final Cost cost;
  private final float largest;
  private final Kernels kernels = KernelsSelector.kernels();
  private final Random random = new Random(23);
  private final Tape tape = new Tape();
  private final Rows s;
  private final Rows y;
  private final @Nullable Trainable readOut;
  private final List<Node> parameters = new ArrayList<>();
  private final Node state;
  private final Node value;

  CostCheck(Cost cost, float largest) {
    this.cost = cost;
    this.largest = largest;
    this.readOut = cost.readOut();
    int size = cost.classes();
    if (readOut != null) {
      size = readOut.fanIn();
      for (Parameter parameter : readOut.parameters()) {
        float[] values = Values.array(parameter.shape().size(), random);
        for (int i = 0; i < values.length; i++) {
          values[i] /= largest; // so that scores stay as small as with small states
        }
        parameter.read(values);
        int rows = parameter.shape().rank() == 1 ? 1 : parameter.shape().dimension(0);
        parameters.add(tape.leaf(rows, values.length / rows, Values.widen(values)));
      }
      readOut.refresh(kernels, 0, readOut.tiles());
    }
    s = rows(size);
    y = probabilities(cost.classes());
    state = tape.leaf(SAMPLES, size, Values.widen(Values.flat(s)));
    Node target = tape.leaf(SAMPLES, cost.classes(), Values.widen(Values.flat(y)));
    value = cost.value(tape, state, target, parameters);
  }

  void check() {
    Cost.Reading reading = cost.reading(SAMPLES);
    Rows scores = reading.scores(kernels, s, 0, SAMPLES);
    double sum = 0;
    for (int r = 0; r < SAMPLES; r++) {
      sum += reading.loss(scores, y, r);
    }
    assertThat(sum).isCloseTo(value.scalar(), within(bound(value.scalar()) * SAMPLES));
    checkPull(reading);
    checkBits(reading, scores);
    if (readOut != null) {
      checkReadOut(reading, readOut);
    }
  }

  private void checkPull(Cost.Reading reading) {
    double[] derived = tape.gradient(value, List.of(state)).get(0).value();
    Rows base = rows(s.size());
    double[] expected = new double[derived.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = base.get(i / s.size(), i % s.size()) - (double) SCALE * derived[i];
    }
    Rows out = rows(s.size());
    reading.pull(kernels, SCALE, y, s, base, out, 0, SAMPLES);
    assertThat(Values.widen(Values.flat(out))).containsExactly(expected, within(bound(expected)));
    reading.pull(kernels, SCALE, y, s, base, base, 0, SAMPLES);
    assertThat(Values.flat(base)).containsExactly(Values.flat(out));
    reading.pull(kernels, SCALE, y, s, null, out, 0, SAMPLES);
    for (int i = 0; i < expected.length; i++) {
      expected[i] = -(double) SCALE * derived[i];
    }
    assertThat(Values.widen(Values.flat(out))).containsExactly(expected, within(bound(expected)));
  }

  /** The same bits on other kernels, and row by row; other rows stay. */
  private void checkBits(Cost.Reading reading, Rows scores) {
    float[] whole = Values.flat(scores);
    Rows out = rows(s.size());
    reading.pull(kernels, SCALE, y, s, null, out, 0, SAMPLES);
    Cost.Reading other = cost.reading(SAMPLES);
    Rows rowwise = rows(s.size());
    float[] untouched = Values.flat(rowwise);
    for (int r = 1; r < SAMPLES; r++) {
      Rows found = other.scores(new ScalarKernels(), s, r, r + 1);
      other.pull(new ScalarKernels(), SCALE, y, s, null, rowwise, r, r + 1);
      for (int c = 0; c < cost.classes(); c++) {
        assertThat(found.get(r, c)).isEqualTo(whole[r * cost.classes() + c]);
      }
      for (int c = 0; c < s.size(); c++) {
        assertThat(rowwise.get(r, c)).isEqualTo(out.get(r, c));
      }
    }
    for (int c = 0; c < s.size(); c++) {
      assertThat(rowwise.get(0, c)).isEqualTo(untouched[c]);
    }
  }

  private void checkReadOut(Cost.Reading reading, Trainable trained) {
    reading.keep(kernels, SCALE, y, s, 0, 3);
    reading.keep(kernels, SCALE, y, s, 3, SAMPLES);
    reading.gradient(kernels, SAMPLES, 0, trained.tiles(), Sink.STORE);
    Sink.Axpy sink = new Sink.Axpy(-0.3f);
    for (int p = 0; p < parameters.size(); p++) {
      Parameter parameter = trained.parameters().get(p);
      double[] derived = tape.gradient(value, List.of(parameters.get(p))).get(0).value();
      for (int i = 0; i < derived.length; i++) {
        derived[i] *= -(double) SCALE;
      }
      float[] gradient = parameter.writeGradient();
      assertThat(Values.widen(gradient)).containsExactly(derived, within(bound(derived)));
    }
    List<float[]> before = trained.parameters().stream().map(Parameter::write).toList();
    List<float[]> step = trained.parameters().stream().map(Parameter::writeGradient).toList();
    reading.gradient(kernels, SAMPLES, 0, trained.tiles(), sink);
    for (int p = 0; p < before.size(); p++) {
      float[] expected = before.get(p);
      for (int i = 0; i < expected.length; i++) {
        expected[i] = Math.fma(sink.rate(), step.get(p)[i], expected[i]);
      }
      assertThat(trained.parameters().get(p).write()).containsExactly(expected);
    }
  }

  /**
   * Sums of n products of values in [−1, 1] and what the exponential makes of their error; with
   * larger states, by their size or that of the results.
   */
  private double bound(double... expected) {
    double terms = 4 + Math.max(SAMPLES, Math.max(s.size(), cost.classes()));
    double unit = largest;
    for (int i = 0; i < expected.length && largest > 1; i++) {
      unit = Math.max(unit, Math.abs(expected[i]));
    }
    return terms * terms * 0x1p-23 * unit;
  }

  private Rows rows(int size) {
    return Values.rows(SAMPLES, size, largest, random);
  }

  /** Rows with the sum 1, the first ones one-hot. */
  private Rows probabilities(int size) {
    Rows rows = Rows.allocate(SAMPLES, size);
    for (int r = 0; r < SAMPLES; r++) {
      rows.set(r, random.nextInt(size), r < 3 ? 1f : 0.25f);
      if (r >= 3) {
        int c = random.nextInt(size);
        rows.set(r, c, rows.get(r, c) + 0.75f);
      }
    }
    return rows;
  }
}
