package org.eqprop.examples.exchange;

import org.eqprop.core.kernel.Activation;
import org.eqprop.core.network.Dynamics;
import org.eqprop.core.network.EnergyBased;
import org.eqprop.core.network.Layer;
import org.jspecify.annotations.Nullable;

/** A layer's step and what it feeds, as nodes of a graph. */
final class OnnxUnits {
  private final OnnxGraph graph;
  private final Dynamics dynamics;

  OnnxUnits(OnnxGraph graph, Dynamics dynamics) {
    this.graph = graph;
    this.dynamics = dynamics;
  }

  /** What a layer feeds: σ(s) in the energy-based setting, s in the prototypical one. */
  String feed(Layer layer, String s) {
    return dynamics instanceof EnergyBased ? activate(layer.activation(), s) : s;
  }

  /**
   * The next state: s + size·(σ(a) − s), or s + size·(σ′(s)·a − s), plus a drift if there is one.
   */
  String next(Layer layer, double size, String s, String u, String a, @Nullable String drift) {
    boolean energy = dynamics instanceof EnergyBased;
    String goal = energy ? forced(layer, s, u, a) : activate(layer.activation(), a);
    String next = size == 1 ? goal : moved(size, s, goal);
    if (drift != null) {
      next = graph.node("Add", next, drift);
    }
    return dynamics instanceof EnergyBased clamped && clamped.clamp() ? clip(next, 1) : next;
  }

  private String moved(double size, String s, String goal) {
    String way = graph.node("Sub", goal, s);
    return graph.node("Add", s, graph.node("Mul", graph.number(size), way));
  }

  private String forced(Layer layer, String s, String u, String a) {
    boolean slope = ((EnergyBased) dynamics).slope(layer);
    return slope && layer.activation() != Activation.IDENTITY
        ? graph.node("Mul", slope(layer.activation(), s, u), a)
        : a;
  }

  /** σ. */
  String activate(Activation activation, String x) {
    return switch (activation) {
      case SIGMOID4 ->
          graph.node(
              "Sigmoid", graph.node("Sub", graph.node("Mul", graph.number(4), x), graph.number(2)));
      case SIGMOID -> graph.node("Sigmoid", x);
      case TANH -> graph.node("Tanh", x);
      case HARD_SIGMOID -> clip(x, 1);
      case HARD_SIGMOID_HALF -> clip(graph.node("Mul", graph.number(0.5), x), 1);
      case RELU6 -> clip(x, activation.high());
      case IDENTITY -> x;
    };
  }

  private String clip(String x, double high) {
    return graph.node("Clip", x, graph.number(0), graph.number(high));
  }

  private String slope(Activation activation, String s, String u) {
    return switch (activation) {
      case SIGMOID4 -> graph.node("Mul", graph.number(4), logistic(u));
      case SIGMOID -> logistic(u);
      case TANH -> graph.node("Sub", graph.number(1), graph.node("Mul", u, u));
      case HARD_SIGMOID -> between(s, 1, 1);
      case HARD_SIGMOID_HALF -> between(s, 2, 0.5);
      case RELU6 -> between(s, activation.high(), 1);
      case IDENTITY -> graph.number(1);
    };
  }

  private String logistic(String u) {
    return graph.node("Mul", u, graph.node("Sub", graph.number(1), u));
  }

  /** A slope from 0 to {@code end}, both inclusive, and 0 elsewhere. */
  private String between(String s, double end, double slope) {
    String above = graph.node("GreaterOrEqual", s, graph.number(0));
    String below = graph.node("LessOrEqual", s, graph.number(end));
    String inside = graph.node("And", above, below);
    return graph.node("Where", inside, graph.number(slope), graph.number(0));
  }
}
