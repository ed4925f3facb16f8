package org.eqprop.bptt.gdu;

import java.util.ArrayList;
import java.util.List;

/**
 * How equilibrium propagation and BPTT compare on one network.
 *
 * @param layers the layers that follow the dynamics, output first
 * @param parameters weights and biases, connection by connection
 */
public record Comparison(List<OfLayer> layers, List<OfParameter> parameters) {
  /**
   * A layer's neurons.
   *
   * @param name as in files: {@code s0}
   * @param relMse of ∇s(t) and −Δs(t)
   */
  public record OfLayer(String name, double relMse) {}

  /**
   * A weight or bias.
   *
   * @param name as in files: {@code weight.0}
   * @param relMse of the gradients of each step, as the authors plot them
   * @param cumulated RelMSE of the sums of the gradients of steps 0 … t, as in the authors' bars
   * @param total the sums over all steps
   */
  public record OfParameter(String name, double relMse, double cumulated, Agreement total) {}

  /** A comparison with copied lists. */
  public Comparison {
    layers = List.copyOf(layers);
    parameters = List.copyOf(parameters);
  }

  /**
   * The mean of comparisons of the same network on different samples or mini-batches: of the
   * largest differences it is the largest.
   */
  public static Comparison mean(List<Comparison> all) {
    Comparison first = all.get(0);
    List<OfLayer> layers = new ArrayList<>();
    for (int n = 0; n < first.layers.size(); n++) {
      int layer = n;
      double relMse = all.stream().mapToDouble(c -> c.layers.get(layer).relMse).sum();
      layers.add(new OfLayer(first.layers.get(n).name, relMse / all.size()));
    }
    List<OfParameter> parameters = new ArrayList<>();
    for (int p = 0; p < first.parameters.size(); p++) {
      int parameter = p;
      parameters.add(meanOf(all.stream().map(c -> c.parameters.get(parameter)).toList()));
    }
    return new Comparison(layers, parameters);
  }

  private static OfParameter meanOf(List<OfParameter> all) {
    double relMse = 0;
    double cumulated = 0;
    double cosine = 0;
    double signs = 0;
    double largest = 0;
    for (OfParameter one : all) {
      relMse += one.relMse / all.size();
      cumulated += one.cumulated / all.size();
      cosine += one.total.cosine() / all.size();
      signs += one.total.signs() / all.size();
      largest = Math.max(largest, one.total.largestDifference());
    }
    Agreement total = new Agreement(cosine, signs, largest);
    return new OfParameter(all.get(0).name, relMse, cumulated, total);
  }
}
