package org.eqprop.examples.library;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.learn.DecoupledDecay;
import org.eqprop.core.learn.Predictor;
import org.eqprop.core.learn.Samples;
import org.eqprop.core.learn.Sgd;
import org.eqprop.core.network.Algebra;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Memory;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Prototypical;
import org.eqprop.core.preset.PaperNet;
import org.eqprop.core.store.Model;
import org.eqprop.core.tensor.Rows;
import org.eqprop.core.tensor.Shape;
import org.eqprop.core.train.Training;

/**
 * A connection of one's own: each unit of the target sees the unit of the source that has its
 * number, so that Φ = Σ_i w_i t_i s_i + Σ_i b_i t_i.
 *
 * <p>The program puts it between the input and the first layer, where w_i is how much the network
 * makes of value i. Of eight values two decide the class and six are noise. It prints the error on
 * new samples, and |w_i| of each value: the two are the largest.
 *
 * <pre>
 * java -p ep-examples/target/lib -m org.eqprop.examples/org.eqprop.examples.library.OwnConnection
 * </pre>
 *
 * <p>The connection's {@link Provider} is given to the builder of the network directly. If it is
 * registered with {@link java.util.ServiceLoader}, then the builder finds it by its type, and
 * {@link Model#read(java.nio.file.Path)} reads models that have it: docs/own-parts.md tells how,
 * and how to check a connection with ep-checks.
 */
public final class OwnConnection implements Connection {
  /** The name in files. */
  public static final String TYPE = "gains";

  private static final int VALUES = 8;

  private final String name;
  private final Layer target;
  private final Layer source;
  private final float[] weight;
  private final float[] weightGradient;
  private final float[] bias;
  private final float[] biasGradient;
  private final List<Parameter> parameters;

  /**
   * A connection between two layers of one size, its parameters zero.
   *
   * @param name ends the names of its tensors
   * @param target the layer nearer the output
   * @param source the layer nearer the input, or the input
   * @throws IllegalArgumentException if the layers differ in size
   */
  public OwnConnection(String name, Layer target, Layer source) {
    int n = target.size();
    if (source.size() != n) {
      throw new IllegalArgumentException(
          "Layer "
              + target.name()
              + " has "
              + n
              + " units, but layer "
              + source.name()
              + " has "
              + source.size()
              + ".");
    }
    this.name = name;
    this.target = target;
    this.source = source;
    weight = new float[n];
    weightGradient = new float[n];
    bias = new float[n];
    biasGradient = new float[n];
    parameters =
        List.of(
            parameter(Parameter.Role.WEIGHT, "weight.", weight, weightGradient),
            parameter(Parameter.Role.BIAS, "bias.", bias, biasGradient));
  }

  private Parameter parameter(Parameter.Role role, String kind, float[] data, float[] gradient) {
    int[] oneTile = {0, data.length};
    Shape shape = Shape.of(data.length);
    return new Parameter(role, kind + name, shape, data, gradient, i -> i, oneTile);
  }

  /**
   * Runs the example.
   *
   * @param args nothing
   */
  public static void main(String[] args) {
    Network network =
        new Network.Builder(new Prototypical(1, Prototypical.Nudge.OUTSIDE))
            .layer("s0", Shape.of(2), Activation.SIGMOID4)
            .layer("s1", Shape.of(VALUES), Activation.SIGMOID4)
            .input("x", Shape.of(VALUES), Activation.IDENTITY)
            .connect("0", 0, 1, "dense", Map.of())
            .connect("1", 1, 2, new Provider(), Map.of())
            .build();
    network.initialise(1);
    Model model =
        Training.of(PaperNet.P_1H)
            .network(network)
            .optimizer(new DecoupledDecay(new Sgd(0.05, 0.2), 1e-3))
            .epochs(100)
            .fit(draw(1000, 1));

    Samples test = draw(500, 2);
    Predictor predictor = model.predictor();
    float[] input = new float[VALUES];
    int wrong = 0;
    for (int i = 0; i < test.size(); i++) {
      test.copyInput(i, input, 0);
      wrong += predictor.predict(input) == test.label(i) ? 0 : 1;
    }
    System.out.printf(Locale.ROOT, "error: %.1f %%%n", 100.0 * wrong / test.size());
    float[] gains = network.connections().get(1).parameters().get(0).write();
    for (int i = 0; i < VALUES; i++) {
      System.out.printf(Locale.ROOT, "value %d: %.2f%n", i, Math.abs(gains[i]));
    }
  }

  /** Values from 0 to 1; the class says whether value 2 is larger than value 5. */
  private static Samples draw(int count, long seed) {
    Random random = new Random(seed);
    float[][] inputs = new float[count][VALUES];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < VALUES; j++) {
        inputs[i][j] = random.nextFloat();
      }
      labels[i] = inputs[i][2] > inputs[i][5] ? 1 : 0;
    }
    return Samples.of(inputs, labels);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }

  @Override
  public Layer target() {
    return target;
  }

  @Override
  public Layer source() {
    return source;
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public int fanIn() {
    return 1;
  }

  @Override
  public int tiles() {
    return 1;
  }

  @Override
  public <V> V phi(Algebra<V> algebra, V t, V s, List<V> values) {
    V products = algebra.mul(algebra.columnSum(algebra.mul(t, s)), values.get(0));
    V biases = algebra.mul(algebra.columnSum(t), values.get(1));
    return algebra.sum(algebra.add(products, biases));
  }

  @Override
  public Memory newMemory(int samples) {
    return Memory.NONE;
  }

  @Override
  public void addBias(Rows drive, int from, int to) {
    for (int r = from; r < to; r++) {
      for (int i = 0; i < bias.length; i++) {
        drive.set(r, i, drive.get(r, i) + bias[i]);
      }
    }
  }

  @Override
  public void bottomUp(Kernels k, Rows s, Rows base, Rows out, Memory memory, int from, int to) {
    weigh(s, base, out, from, to);
  }

  @Override
  public void topDown(Kernels k, Rows t, Rows base, Rows out, Memory memory, int from, int to) {
    weigh(t, base, out, from, to);
  }

  private void weigh(Rows in, Rows base, Rows out, int from, int to) {
    for (int r = from; r < to; r++) {
      for (int i = 0; i < weight.length; i++) {
        out.set(r, i, Math.fma(weight[i], in.get(r, i), base.get(r, i)));
      }
    }
  }

  @Override
  public void biasGradient(Kernels k, Rows t, int count, int firstTile, int endTile, Sink sink) {
    for (int i = 0; i < bias.length; i++) {
      float sum = sink == Sink.ADD ? biasGradient[i] : 0f;
      for (int r = 0; r < count; r++) {
        sum += t.get(r, i);
      }
      biasGradient[i] = sum;
    }
    parameters.get(1).drain(k, 0, bias.length, sink);
  }

  @Override
  public void bottomUpGradient(
      Kernels k, Rows t, Rows s, Memory memory, int count, int firstTile, int endTile, Sink sink) {
    for (int i = 0; i < weight.length; i++) {
      float sum = sink == Sink.ADD ? weightGradient[i] : 0f;
      for (int r = 0; r < count; r++) {
        sum = Math.fma(t.get(r, i), s.get(r, i), sum);
      }
      weightGradient[i] = sum;
    }
    parameters.get(0).drain(k, 0, weight.length, sink);
  }

  @Override
  public void refresh(Kernels k, int firstTile, int endTile) {} // nothing is derived from w

  /** Makes such connections. */
  public static final class Provider implements Connection.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Connection create(String name, Layer target, Layer source, Map<String, String> options) {
      return new OwnConnection(name, target, source);
    }

    @Override
    public List<Connection> examples() {
      return List.of(example(1, false), example(3, true), example(17, false));
    }

    private static Connection example(int size, boolean ofInput) {
      Shape shape = Shape.of(size);
      Layer target = new Layer(0, "s0", shape, Activation.TANH, false);
      Layer source = new Layer(1, ofInput ? "x" : "s1", shape, Activation.TANH, ofInput);
      return new OwnConnection("0", target, source);
    }
  }
}
