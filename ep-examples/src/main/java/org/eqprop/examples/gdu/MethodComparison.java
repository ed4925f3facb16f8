package org.eqprop.examples.gdu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.eqprop.bptt.estimate.SummedSteps;
import org.eqprop.bptt.gdu.Alignment;
import org.eqprop.bptt.reference.FreePhase;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.network.Network;
import org.eqprop.examples.run.UsageException;

/**
 * Compares the gradients of several methods on the first mini-batch: with backprop through the last
 * K steps, and with the gradient of the loss at the steady state, both in float64.
 */
public final class MethodComparison {
  private final Measurement measurement;
  private final List<String> names;
  private final GradientMethods methods;

  /**
   * A comparison.
   *
   * @param names of the methods
   * @param kernels of those that run in float32
   * @throws UsageException if there is no such method, a name is there twice, or the settings say
   *     float32 or several mini-batches
   */
  public MethodComparison(Measurement measurement, List<String> names, Kernels kernels) {
    GduSettings settings = measurement.settings();
    if (settings.isFloat32()) {
      throw new UsageException(
          "--methods compares with gradients in float64; leave --precision out.");
    }
    if (settings.batches() > 1) {
      throw new UsageException("--methods takes one mini-batch; leave --batches out.");
    }
    settings.requireResolved();
    this.measurement = measurement;
    this.names = List.copyOf(names);
    this.methods = new GradientMethods(settings, kernels);
    for (String name : names) {
      methods.named(name);
    }
    if (names.stream().distinct().count() < names.size()) {
      throw new UsageException("--methods has a name twice; give each once.");
    }
  }

  /** What {@link #run} tells the workers in total. */
  public long cost() {
    return measurement.cost();
  }

  /** The settings, the data and its borders. */
  public Measurement measurement() {
    return measurement;
  }

  /** Compares. */
  public MethodResult run(Workers workers) {
    FreePhase free = measurement.free(0, workers);
    List<Callable<List<double[]>>> tasks = new ArrayList<>();
    tasks.add(() -> SummedSteps.backprop(free, measurement.settings().k()).gradients());
    tasks.add(() -> GradientMethods.exact(free));
    // one at a time: learners write into the network's own gradients
    tasks.addAll(names.stream().map(this::task).map(task -> task.of(free)).toList());
    List<List<double[]>> found = workers.run(tasks);
    Network network = free.problem().network();
    Labels labels = new Labels(network);
    List<MethodResult.Row> rows = new ArrayList<>();
    for (int m = 0; m < names.size(); m++) {
      rows.addAll(rows(names.get(m), network, labels, found.get(m + 2), found));
    }
    return new MethodResult(measurement.settings(), free.residual(), rows);
  }

  private interface Task {
    Callable<List<double[]>> of(FreePhase free);
  }

  private Task task(String name) {
    GradientMethods.Method method = methods.named(name);
    return free ->
        () -> {
          synchronized (methods) {
            return method.gradients(free);
          }
        };
  }

  private static List<MethodResult.Row> rows(
      String method,
      Network network,
      Labels labels,
      List<double[]> own,
      List<List<double[]>> references) {
    List<MethodResult.Row> rows = new ArrayList<>();
    double[] all = flat(own);
    rows.add(
        new MethodResult.Row(
            method,
            MethodResult.ALL,
            MethodResult.ALL,
            Alignment.of(all, flat(references.get(0))),
            Alignment.of(all, flat(references.get(1)))));
    for (int p = 0; p < own.size(); p++) {
      rows.add(
          new MethodResult.Row(
              method,
              network.parameters().get(p).name(),
              labels.of(p),
              Alignment.of(own.get(p), references.get(0).get(p)),
              Alignment.of(own.get(p), references.get(1).get(p))));
    }
    return rows;
  }

  private static double[] flat(List<double[]> values) {
    return values.stream().flatMapToDouble(Arrays::stream).toArray();
  }
}
