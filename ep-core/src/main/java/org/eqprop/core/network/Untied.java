package org.eqprop.core.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.Sink;
import org.eqprop.core.tensor.Rows;

/**
 * A connection whose two directions have weights of their own (Scellier et al. 2018): bottom-up
 * W·u_source + b, top-down Bᵀ·u_target. There is no Φ then; the dynamics follow a vector field.
 *
 * <p>It is made of two connections of another type, which the option {@value #OF} names. They share
 * the bias and the positions that the bottom-up pass found. A connection from the input has no
 * feedback, and so nothing is untied there.
 */
public final class Untied implements Connection {
  /** The type's name in model files. */
  public static final String TYPE = "untied";

  /** The option that names the type of both directions. */
  public static final String OF = "of";

  /** The option that names the {@link Rule}. */
  public static final String RULE = "rule";

  static final String FEEDBACK = ".feedback";

  private final String name;
  private final Connection forward;
  private final Connection feedback;
  private final Rule rule;
  private final List<Parameter> feedbackWeights;
  private final List<Parameter> parameters;

  /** How the two weights learn. */
  public enum Rule {
    /**
     * Each from its own force: ΔW ~ (u_target^β − u_target*)·u_source* and ΔB ~ u_target* ·
     * (u_source^β − u_source*) (Scellier et al. 2018).
     */
    VECTOR_FIELD("vector-field"),

    /**
     * Both by the update of tied weights (Kolen and Pollack 1994). With weight decay W and B come
     * together; from equal weights on they stay equal.
     */
    KOLEN_POLLACK("kolen-pollack");

    private final String id;

    Rule(String id) {
      this.id = id;
    }

    /** {@return the name in options and files} */
    public String id() {
      return id;
    }

    /**
     * {@return the rule named {@code id}}
     *
     * @param id the name in options and files
     * @throws IllegalArgumentException if there is none
     */
    public static Rule of(String id) {
      for (Rule rule : values()) {
        if (rule.id.equals(id)) {
          return rule;
        }
      }
      throw new IllegalArgumentException(
          "There is no rule '"
              + id
              + "' for untied weights; choose vector-field or kolen-pollack.");
    }
  }

  /**
   * An untied connection.
   *
   * @param forward the bottom-up direction and the bias
   * @param feedback the top-down direction, of the same type and between the same layers; its bias
   *     is not used
   */
  Untied(String name, Connection forward, Connection feedback, Rule rule) {
    this.name = name;
    this.forward = forward;
    this.feedback = feedback;
    this.rule = rule;
    this.feedbackWeights =
        forward.source().input()
            ? List.of()
            : feedback.parameters().stream()
                .filter(p -> p.role() == Parameter.Role.WEIGHT)
                .toList();
    List<Parameter> all = new ArrayList<>(forward.parameters());
    all.addAll(feedbackWeights);
    this.parameters = List.copyOf(all);
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
    Map<String, String> options = new TreeMap<>(forward.options());
    options.put(OF, forward.type());
    options.put(RULE, rule.id());
    return options;
  }

  @Override
  public Layer target() {
    return forward.target();
  }

  @Override
  public Layer source() {
    return forward.source();
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  /**
   * {@return the angle between the weights of the two directions, in degrees, from 0 to 180; NaN
   * for a connection from the input, or if all weights of one direction are zero}
   */
  public double angle() {
    double product = 0;
    double forwardSquares = 0;
    double feedbackSquares = 0;
    int p = 0;
    for (Parameter weight : forward.parameters()) {
      if (weight.role() == Parameter.Role.WEIGHT && p < feedbackWeights.size()) {
        float[] w = weight.write();
        float[] b = feedbackWeights.get(p++).write();
        for (int i = 0; i < w.length; i++) {
          product += (double) w[i] * b[i];
          forwardSquares += (double) w[i] * w[i];
          feedbackSquares += (double) b[i] * b[i];
        }
      }
    }
    double cosine = product / Math.sqrt(forwardSquares * feedbackSquares);
    return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine))));
  }

  private <V> List<V> own(List<V> values) {
    return values.subList(0, forward.parameters().size());
  }

  /** Values for the feedback's parameters, the bias zero. */
  private <V> List<V> ofFeedback(Algebra<V> algebra, List<V> values) {
    List<V> all = new ArrayList<>();
    int next = forward.parameters().size();
    List<Parameter> ofForward = forward.parameters();
    for (int p = 0; p < ofForward.size(); p++) {
      boolean weight = ofForward.get(p).role() == Parameter.Role.WEIGHT;
      boolean own = weight && !feedbackWeights.isEmpty();
      all.add(own ? values.get(next++) : algebra.scale(weight ? 1 : 0, values.get(p)));
    }
    return all;
  }

  @Override
  public <V> V phi(Algebra<V> algebra, V target, V source, List<V> values) {
    return forward.phi(algebra, target, source, own(values));
  }

  @Override
  public <V> V phi(
      Algebra<V> algebra, V target, V source, V before, List<V> values, List<V> found) {
    return forward.phi(algebra, target, source, before, own(values), own(found));
  }

  @Override
  public <V> V feedbackPhi(Algebra<V> algebra, V target, V source, V before, List<V> values) {
    return feedback.phi(algebra, target, source, before, ofFeedback(algebra, values), own(values));
  }

  @Override
  public <V> V learnedPhi(
      Algebra<V> algebra,
      V target,
      V source,
      V freeTarget,
      V freeSource,
      V before,
      List<V> values) {
    if (hasPhi()) {
      return phi(algebra, target, source, before, values, values);
    }
    boolean free = learnsFromFreeState();
    V up = phi(algebra, target, free ? freeSource : source, before, values, values);
    V down = feedbackPhi(algebra, free ? freeTarget : target, source, before, values);
    return algebra.add(up, down);
  }

  @Override
  public boolean hasPhi() {
    return forward.source().input();
  }

  @Override
  public boolean learnsFromFreeState() {
    return rule == Rule.VECTOR_FIELD && !hasPhi();
  }

  @Override
  public boolean remembers() {
    return forward.remembers();
  }

  @Override
  public int fanIn() {
    return forward.fanIn();
  }

  @Override
  public Memory newMemory(int samples) {
    return forward.newMemory(samples);
  }

  @Override
  public void addBias(Rows drive, int from, int to) {
    forward.addBias(drive, from, to);
  }

  @Override
  public void bottomUp(
      Kernels k, Rows source, Rows base, Rows out, Memory memory, int from, int to) {
    forward.bottomUp(k, source, base, out, memory, from, to);
  }

  @Override
  public void bottomUpFrozen(
      Kernels k, Rows source, Rows base, Rows out, Memory memory, int from, int to) {
    forward.bottomUpFrozen(k, source, base, out, memory, from, to);
  }

  @Override
  public void bottomUpAdjoint(
      Kernels k, Rows target, Rows base, Rows out, Memory memory, int from, int to) {
    forward.topDown(k, target, base, out, memory, from, to);
  }

  @Override
  public void topDown(
      Kernels k, Rows target, Rows base, Rows out, Memory memory, int from, int to) {
    feedback.topDown(k, target, base, out, memory, from, to);
  }

  @Override
  public void topDownAdjoint(
      Kernels k, Rows source, Rows base, Rows out, Memory memory, int from, int to) {
    feedback.bottomUpFrozen(k, source, base, out, memory, from, to);
  }

  @Override
  public int tiles() {
    return forward.tiles();
  }

  @Override
  public int tilesAtOnce() {
    return forward.tilesAtOnce();
  }

  @Override
  public void biasGradient(
      Kernels k, Rows target, int count, int firstTile, int endTile, Sink sink) {
    forward.biasGradient(k, target, count, firstTile, endTile, sink);
  }

  @Override
  public void bottomUpGradient(
      Kernels k,
      Rows target,
      Rows source,
      Memory memory,
      int count,
      int firstTile,
      int endTile,
      Sink sink) {
    forward.bottomUpGradient(k, target, source, memory, count, firstTile, endTile, sink);
    if (rule == Rule.KOLEN_POLLACK) {
      copyGradient(firstTile, endTile);
    }
  }

  @Override
  public void topDownGradient(
      Kernels k,
      Rows target,
      Rows source,
      Memory memory,
      int count,
      int firstTile,
      int endTile,
      Sink sink) {
    if (rule == Rule.VECTOR_FIELD) {
      feedback.bottomUpGradient(k, target, source, memory, count, firstTile, endTile, sink);
      return;
    }
    forward.topDownGradient(k, target, source, memory, count, firstTile, endTile, sink);
    copyGradient(firstTile, endTile);
  }

  private void copyGradient(int firstTile, int endTile) {
    int next = 0;
    List<Parameter> from = forward.parameters();
    for (int p = 0; p < from.size() && next < feedbackWeights.size(); p++) {
      Parameter own = from.get(p);
      if (own.role() == Parameter.Role.WEIGHT) {
        Parameter other = feedbackWeights.get(next++);
        int start = own.start(firstTile);
        System.arraycopy(
            own.gradient(), start, other.gradient(), start, own.start(endTile) - start);
      }
    }
  }

  @Override
  public void refresh(Kernels k, int firstTile, int endTile) {
    forward.refresh(k, firstTile, endTile);
    if (!feedbackWeights.isEmpty()) {
      feedback.refresh(k, firstTile, endTile);
    }
  }
}
