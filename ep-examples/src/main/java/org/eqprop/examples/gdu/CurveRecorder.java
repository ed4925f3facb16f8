package org.eqprop.examples.gdu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.eqprop.bptt.gdu.Gdu;
import org.eqprop.bptt.reference.Problem;
import org.eqprop.bptt.reference.StepwiseGradient;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.Randomness;
import org.eqprop.core.tensor.Shape;

/**
 * Keeps both processes of five randomly chosen neurons of each layer and five synapses of each
 * weight, of one sample. Synapses that only see an input that is zero are not chosen: nothing moves
 * there. Of others that hardly move, as many are chosen as are needed for five: in a figure they
 * could not be told apart.
 */
final class CurveRecorder implements Gdu.StepListener {
  private static final int CHOSEN = 5;

  /** How many of a layer or weight are looked at. */
  private static final int CANDIDATES = 50;

  /** What moves less than this share of the most is hardly seen. */
  private static final double LEAST_SEEN = 0.02;

  private final List<Chosen> all = new ArrayList<>();
  private final long seed;
  private int groups;

  private record Chosen(boolean neuron, int number, int index, Curve curve) {
    void keep(int t, StepwiseGradient backprop, StepwiseGradient equilibrium) {
      curve.bptt()[t] = -value(backprop);
      curve.ep()[t] = -value(equilibrium);
    }

    private double value(StepwiseGradient gradient) {
      return (neuron ? gradient.neuron(number) : gradient.parameter(number))[index];
    }
  }

  /**
   * Chooses.
   *
   * @param sample a problem of one sample
   * @param steps K
   */
  CurveRecorder(Problem sample, int steps, long seed) {
    this.seed = seed;
    Network network = sample.network();
    for (Layer layer : network.layers().subList(0, network.depth())) {
      int[] order = permutation(layer.size());
      for (int i = 0; i < Math.min(CANDIDATES, order.length); i++) {
        String element = element(layer.shape(), order[i]);
        add(true, layer.index(), order[i], layer.name(), element, steps);
      }
    }
    Labels labels = new Labels(network);
    int p = 0;
    for (Connection connection : network.connections()) {
      for (Parameter parameter : connection.parameters()) {
        if (parameter.shape().rank() > 1) {
          addSynapses(sample, connection, p, labels.of(p), steps);
        }
        p++;
      }
    }
  }

  private int[] permutation(int size) {
    int[] order = new int[size];
    new Randomness(seed, Randomness.Stream.CHOICE, (long) CHOSEN * groups).permute(order);
    groups++;
    return order;
  }

  private void addSynapses(Problem sample, Connection connection, int p, String label, int steps) {
    Shape shape = connection.parameters().get(0).shape();
    int chosen = 0;
    for (int index : permutation(shape.size())) {
      boolean full = connection.source().input() && shape.rank() == 2;
      boolean dead = full && sample.x()[index % shape.dimension(1)] == 0;
      if (!dead && chosen < CANDIDATES) {
        add(false, p, index, label, element(shape, index), steps);
        chosen++;
      }
    }
  }

  /** The indices of an element: {@code 3,0,2}. */
  private static String element(Shape shape, int index) {
    String text = "";
    int rest = index;
    for (int d = shape.rank() - 1; d >= 0; d--) {
      text = rest % shape.dimension(d) + (text.isEmpty() ? "" : ",") + text;
      rest /= shape.dimension(d);
    }
    return text;
  }

  private void add(boolean neuron, int number, int index, String of, String element, int steps) {
    Curve curve = new Curve(of, element, steps);
    all.add(new Chosen(neuron, number, index, curve));
  }

  @Override
  public void step(int t, StepwiseGradient backprop, StepwiseGradient equilibrium) {
    for (Chosen one : all) {
      one.keep(t, backprop, equilibrium);
    }
  }

  /** What was kept, layer by layer, then weight by weight. */
  List<Curve> curves() {
    Map<String, List<Curve>> groupsByName = new LinkedHashMap<>();
    for (Chosen one : all) {
      groupsByName.computeIfAbsent(one.curve().of(), name -> new ArrayList<>()).add(one.curve());
    }
    return groupsByName.values().stream().flatMap(CurveRecorder::seen).toList();
  }

  /** Five curves that are seen beside the largest one, filled up with others. */
  static Stream<Curve> seen(List<Curve> group) {
    double most = group.stream().mapToDouble(CurveRecorder::size).max().orElse(0);
    Predicate<Curve> moves = curve -> size(curve) > LEAST_SEEN * most;
    return Stream.concat(group.stream().filter(moves), group.stream().filter(Predicate.not(moves)))
        .limit(CHOSEN);
  }

  private static double size(Curve curve) {
    return DoubleStream.concat(Arrays.stream(curve.bptt()), Arrays.stream(curve.ep()))
        .map(Math::abs)
        .max()
        .orElse(0);
  }
}
