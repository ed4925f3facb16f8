package org.eqprop.examples.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eqprop.core.cost.CrossEntropy;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.eqprop.core.network.Network;
import org.eqprop.core.network.Parameter;
import org.eqprop.core.network.SquaredError;
import org.eqprop.core.network.Trainable;
import org.eqprop.core.settle.Alternating;
import org.eqprop.core.settle.HeavyBall;
import org.eqprop.core.settle.OverRelaxed;
import org.eqprop.core.settle.Solver;
import org.eqprop.core.settle.Synchronous;
import org.eqprop.core.store.Model;
import org.eqprop.core.tensor.Shape;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * The free phase of a model as an ONNX graph, step by step: T steps from s = 0 for every sample,
 * also where the model has a tolerance and would stop before. The input {@code x} has a row of
 * values for each sample, the output {@code scores} its scores and {@code label} the number of the
 * largest.
 */
public final class OnnxPhase {
  private static final List<String> SOLVERS =
      List.of(Synchronous.NAME, Alternating.NAME, OverRelaxed.NAME, HeavyBall.NAME);

  private static final String INPUT = "x";
  private static final String SCORES = "scores";

  private final OnnxGraph graph = new OnnxGraph();
  private final Network network;
  private final OnnxUnits units;
  private final List<OnnxLink> links = new ArrayList<>();
  private final List<String> drive = new ArrayList<>();
  private final List<String> s = new ArrayList<>();
  private final List<String> u = new ArrayList<>();
  private final List<@Nullable String> before = new ArrayList<>();
  private final double size;
  private final double momentum;

  private OnnxPhase(Network network, Solver solver) {
    this.network = network;
    this.units = new OnnxUnits(graph, network.dynamics());
    this.size = solver.size(network.dynamics().epsilon());
    this.momentum = Double.parseDouble(solver.options().getOrDefault("momentum", "0"));
  }

  /**
   * The file of a model.
   *
   * @param steps T, rounded up to whole rounds of the solver
   * @throws UsageException if the network or its solver has no form in ONNX here
   */
  public static byte[] of(Model model, int steps) {
    Solver solver = model.settling().solver();
    if (!SOLVERS.contains(solver.name())) {
      throw new UsageException(
          "The solver "
              + solver.name()
              + " has no form in ONNX here; there are "
              + String.join(", ", SOLVERS)
              + ".");
    }
    if (model.forward().isPresent()) {
      throw new UsageException(
          "The free phases of this model start where a feed-forward network predicts, which has no"
              + " form in ONNX here; train it with --start zero.");
    }
    OnnxPhase phase = new OnnxPhase(model.network(), solver);
    phase.begin();
    List<List<Layer>> groups = solver.groups(model.network());
    int rounds = Math.ceilDiv(steps, groups.size());
    for (int round = 0; round < rounds; round++) {
      groups.forEach(phase::step);
    }
    phase.end();
    Map<String, String> facts = new TreeMap<>(model.notes());
    facts.put("steps", Integer.toString(rounds * groups.size()));
    return phase.graph.file("free-phase", facts);
  }

  /** The input's part, which is constant, and s = 0. */
  private void begin() {
    graph.input(INPUT, network.input().size());
    network.connections().forEach(connection -> links.add(OnnxLink.of(graph, connection)));
    String fed =
        network.dynamics() instanceof EnergyBased
            ? units.activate(network.input().activation(), INPUT)
            : INPUT;
    String rows = graph.node("Gather", graph.node("Shape", INPUT), graph.list("first", 0));
    for (int n = 0; n < network.depth(); n++) {
      Layer layer = network.layers().get(n);
      String shape =
          graph.node(
              "Concat",
              new OnnxGraph.Settings().put("axis", 0L),
              rows,
              graph.list("units." + layer.name(), layer.size()));
      String zero = graph.node("Expand", graph.number(0), shape);
      s.add(zero);
      u.add(units.feed(layer, zero));
      before.add(null);
      drive.add(drive(layer, fed, shape));
    }
  }

  private String drive(Layer layer, String fed, String shape) {
    @Nullable String sum = null;
    for (OnnxLink link : links) {
      if (link.connection().target().equals(layer)) {
        sum = sum == null ? link.bias() : graph.node("Add", sum, link.bias());
        if (link.connection().source().input()) {
          sum = graph.node("Add", link.bottomUp(graph, fed), sum);
        }
      }
    }
    return graph.node("Expand", sum == null ? graph.number(0) : sum, shape);
  }

  /** One step of some layers, from the state as it is. */
  private void step(List<Layer> layers) {
    List<String> inputs = new ArrayList<>();
    for (Layer layer : layers) {
      inputs.add(input(layer));
    }
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      int n = layer.index();
      String old = s.get(n);
      String next = units.next(layer, size, old, u.get(n), inputs.get(i), drift(n));
      before.set(n, old);
      s.set(n, next);
      u.set(n, units.feed(layer, next));
    }
  }

  /** What momentum adds: a share of the step before. */
  private @Nullable String drift(int n) {
    String last = before.get(n);
    if (momentum == 0 || last == null) {
      return null;
    }
    return graph.node("Mul", graph.number(momentum), graph.node("Sub", s.get(n), last));
  }

  private String input(Layer layer) {
    String sum = drive.get(layer.index());
    for (OnnxLink link : links) {
      Connection connection = link.connection();
      if (connection.source().input()) {
        continue;
      }
      String source = u.get(connection.source().index());
      if (connection.target().equals(layer)) {
        sum = graph.node("Add", sum, link.bottomUp(graph, source));
      }
      if (connection.source().equals(layer)) {
        String target = u.get(connection.target().index());
        sum = graph.node("Add", sum, link.topDown(graph, target, source));
      }
    }
    return sum;
  }

  private void end() {
    String state = s.get(0);
    int classes = network.cost().classes();
    OnnxGraph.Settings rows = new OnnxGraph.Settings();
    if (network.cost() instanceof SquaredError) {
      graph.named(SCORES, "Identity", rows, state);
    } else {
      graph.named(SCORES, "Softmax", rows.put("axis", 1L), readOut(state));
    }
    graph.output(SCORES, classes);
    OnnxGraph.Settings flat = new OnnxGraph.Settings().put("axis", 1L).put("keepdims", 0L);
    graph.named("label", "ArgMax", flat, SCORES);
    graph.wholeOutput("label");
  }

  private String readOut(String state) {
    Trainable readOut = network.cost().readOut();
    if (readOut == null || !network.cost().type().equals(CrossEntropy.TYPE)) {
      throw new UsageException("The cost " + network.cost().type() + " has no form in ONNX here.");
    }
    Parameter weight = readOut.parameters().get(0);
    Parameter bias = readOut.parameters().get(1);
    return graph.node(
        "Gemm",
        new OnnxGraph.Settings().put("transB", 1L),
        state,
        graph.tensor(weight.name(), weight.shape(), weight.write()),
        graph.tensor(bias.name(), Shape.of(bias.shape().size()), bias.write()));
  }
}
