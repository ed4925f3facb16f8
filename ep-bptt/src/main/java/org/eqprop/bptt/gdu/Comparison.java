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
   * @param total the sums over all steps and samples
   */
  public record OfLayer(String name, double relMse, Agreement total) {}

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
   * {@return the mean of comparisons of the same network on different samples or mini-batches: of
   * the largest differences it is the largest}
   *
   * @param all at least one
   */
  public static Comparison mean(List<Comparison> all) {
    Comparison first = all.get(0);
    List<OfLayer> layers = new ArrayList<>();
    for (int n = 0; n < first.layers.size(); n++) {
      int layer = n;
      layers.add(meanOfLayer(all.stream().map(c -> c.layers.get(layer)).toList()));
    }
    List<OfParameter> parameters = new ArrayList<>();
    for (int p = 0; p < first.parameters.size(); p++) {
      int parameter = p;
      parameters.add(meanOfParameter(all.stream().map(c -> c.parameters.get(parameter)).toList()));
    }
    return new Comparison(layers, parameters);
  }

  private static OfLayer meanOfLayer(List<OfLayer> all) {
    double relMse = all.stream().mapToDouble(OfLayer::relMse).sum() / all.size();
    Agreement total = Agreement.mean(all.stream().map(OfLayer::total).toList());
    return new OfLayer(all.get(0).name, relMse, total);
  }

  private static OfParameter meanOfParameter(List<OfParameter> all) {
    double relMse = all.stream().mapToDouble(OfParameter::relMse).sum() / all.size();
    double cumulated = all.stream().mapToDouble(OfParameter::cumulated).sum() / all.size();
    Agreement total = Agreement.mean(all.stream().map(OfParameter::total).toList());
    return new OfParameter(all.get(0).name, relMse, cumulated, total);
  }
}
