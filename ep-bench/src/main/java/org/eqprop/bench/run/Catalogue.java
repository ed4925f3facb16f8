package org.eqprop.bench.run;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.eqprop.bench.Blas;
import org.eqprop.bench.BlasBenchmark;
import org.eqprop.bench.ConvolutionBenchmark;
import org.eqprop.bench.DotsBenchmark;
import org.eqprop.bench.GemmBenchmark;
import org.eqprop.bench.MatrixShape;
import org.eqprop.bench.OnnxBenchmark;
import org.eqprop.bench.OnnxRuntime;
import org.eqprop.bench.PredictionBenchmark;
import org.eqprop.bench.PresetNet;
import org.eqprop.bench.ScalingBenchmark;
import org.eqprop.bench.SettledBenchmark;
import org.eqprop.bench.StepBenchmark;
import org.eqprop.bench.TrainingStepBenchmark;
import org.eqprop.bench.Work;
import org.openjdk.jmh.annotations.Mode;

/** The rows of each suite. */
final class Catalogue {
  private static final List<String> SHAPES =
      List.of("20x784x512", "20x512x512", "10x512x512", "10x512x10", "10x10x512", "1024x1024x1024");

  private Catalogue() {}

  /** What a change most likely slows down, within three minutes. */
  static List<Row> quick() {
    List<Row> rows = new ArrayList<>();
    for (String shape : List.of("10x512x512", "1024x1024x1024")) {
      rows.add(gemm("multiply", shape));
    }
    rows.add(gemm("addOuter", "20x784x512"));
    rows.add(step("prototypicalStep", "sigmoid4"));
    for (String method : List.of("bottomUp", "topDown")) {
      rows.add(convolution(method, "32 12 64", "direct"));
    }
    rows.add(convolution("bottomUp", "32 12 64", "winograd"));
    rows.add(update(PresetNet.P_1H, "ep", "exact", 1));
    rows.add(update(PresetNet.EB_1H, "ep", "exact", 1));
    rows.add(update(PresetNet.P_2H, "ep", "fast", 1));
    rows.add(update(PresetNet.P_2H, "ep", "exact", 2));
    rows.add(prediction(PresetNet.P_1H));
    return rows;
  }

  /** Every operator, and every preset with both methods on one and two threads. */
  static List<Row> full(Consumer<String> note) {
    List<Row> rows = new ArrayList<>();
    SHAPES.forEach(shape -> rows.add(gemm("multiply", shape)));
    rows.add(gemm("multiply", "1x784x512"));
    rows.addAll(peers(note));
    for (String shape : List.of("20x784x512", "20x512x512", "20x512x10")) {
      rows.add(gemm("outer", shape));
    }
    rows.add(gemm("addOuter", "20x784x512"));
    for (String shape : List.of("10x512x10", "1x512x10")) {
      rows.add(dots(shape));
    }
    for (String activation : List.of("sigmoid4", "hard-sigmoid", "tanh")) {
      for (String method : List.of("activate", "prototypicalStep", "energyStep")) {
        rows.add(step(method, activation));
      }
    }
    for (String shape : List.of("32 12 64", "1 28 32")) {
      for (String method :
          List.of("convolve", "bottomUp", "topDown", "weightGradient", "refresh")) {
        rows.add(convolution(method, shape, "direct"));
      }
      rows.add(convolution("bottomUp", shape, "winograd"));
      rows.add(convolution("refresh", shape, "winograd"));
    }
    for (PresetNet net : PresetNet.values()) {
      for (String method : List.of("ep", "bptt")) {
        rows.add(update(net, method, "exact", 1));
        rows.add(update(net, method, "exact", 2));
      }
      rows.add(update(net, "ep", "fast", 1));
      rows.add(update(net, "ep", "fast", 2));
    }
    for (String method : List.of("rbp", "chl", "coupled", "continual")) {
      rows.add(update(PresetNet.P_1H, method, "exact", 1));
      rows.add(update(PresetNet.P_1H, method, "fast", 1));
    }
    for (PresetNet net : List.of(PresetNet.P_1H, PresetNet.P_2H, PresetNet.P_CONV)) {
      rows.add(prediction(net));
      rows.add(predictionOfBatch(net));
      rows.add(prediction(net).sampled("latency " + net.id()));
    }
    for (PresetNet net : List.of(PresetNet.P_1H, PresetNet.P_2H)) {
      for (int batch : List.of(1, PredictionBenchmark.BATCH)) {
        Row row = settled(net, batch);
        rows.add(row);
        rows.add(row.sampled("latency " + row.name()));
      }
    }
    rows.addAll(onnx(note));
    return rows;
  }

  private static List<Row> peers(Consumer<String> note) {
    try (Arena arena = Arena.ofConfined()) {
      note.accept("The peer is " + Blas.open(arena).library() + ".");
      return SHAPES.stream()
          .map(
              shape ->
                  Row.of(
                      BlasBenchmark.class,
                      "sgemm",
                      Map.of("shape", shape),
                      MatrixShape.parse(shape).flop()))
          .toList();
    } catch (IllegalStateException none) {
      note.accept("There is no peer to compare with. " + none.getMessage());
      return List.of();
    }
  }

  /** One property of a network after another, the others as in p-2h. */
  static List<Row> scaling() {
    List<Row> rows = new ArrayList<>();
    for (int batch : new int[] {1, 5, 10, 20, 40, 80, 160}) {
      rows.add(scaled("batch", batch));
    }
    for (int width : new int[] {64, 128, 256, 512, 1024, 2048}) {
      rows.add(scaled("width", width));
    }
    for (int depth : new int[] {1, 2, 3, 4, 6}) {
      rows.add(scaled("depth", depth));
    }
    for (int t : new int[] {25, 50, 100, 200, 400}) {
      rows.add(scaled("t", t));
    }
    int processors = Runtime.getRuntime().availableProcessors();
    for (int threads = 1; threads < processors; threads *= 2) {
      rows.add(scaled("threads", threads));
    }
    rows.add(scaled("threads", processors));
    return rows;
  }

  private static Row scaled(String property, int value) {
    Map<String, String> parameters = new TreeMap<>();
    int batch = set(parameters, "batch", 20, property, value);
    int width = set(parameters, "width", 512, property, value);
    int depth = set(parameters, "depth", 2, property, value);
    int t = set(parameters, "t", 100, property, value);
    int k = set(parameters, "k", 20, property, value);
    int threads = set(parameters, "threads", 1, property, value);
    return new Row(
        property + " " + value,
        ScalingBenchmark.class,
        "step",
        Mode.AverageTime,
        parameters,
        threads,
        Work.update(ScalingBenchmark.network(width, depth), t, k, batch));
  }

  /** Sets the parameter {@code name} to {@code value} if it is the property, or to its default. */
  private static int set(
      Map<String, String> parameters, String name, int otherwise, String property, int value) {
    int chosen = name.equals(property) ? value : otherwise;
    parameters.put(name, Integer.toString(chosen));
    return chosen;
  }

  private static Row gemm(String method, String shape) {
    return Row.of(
        GemmBenchmark.class, method, Map.of("shape", shape), MatrixShape.parse(shape).flop());
  }

  private static Row dots(String shape) {
    double flop = MatrixShape.parse(shape).flop();
    return Row.of(DotsBenchmark.class, "dots", Map.of("shape", shape), flop);
  }

  private static Row step(String method, String activation) {
    return Row.of(StepBenchmark.class, method, Map.of("activation", activation), 0);
  }

  /** p-conv's layers: with 80 % of the target's units not zero, as after some training. */
  private static Row convolution(String method, String shape, String algorithm) {
    double direct = Work.bottomUp(ConvolutionBenchmark.connection(shape, algorithm));
    return new Row(
        method
            + " "
            + shape.replace(" ", "x")
            + (algorithm.equals("direct") ? "" : " " + algorithm),
        ConvolutionBenchmark.class,
        method,
        Mode.AverageTime,
        Map.of("shape", shape, "density", "80", "algorithm", algorithm),
        1,
        method.equals("convolve") || method.equals("bottomUp")
            ? ConvolutionBenchmark.BATCH * direct
            : 0);
  }

  private static Row update(PresetNet net, String method, String mode, int threads) {
    int batch = TrainingStepBenchmark.BATCH;
    return new Row(
        String.format(Locale.ROOT, "step %s %s %s %d", net.id(), method, mode, threads),
        TrainingStepBenchmark.class,
        "trainingStep",
        Mode.AverageTime,
        Map.of(
            "net", net.id(), "method", method, "mode", mode, "threads", Integer.toString(threads)),
        threads,
        method.equals("ep") && mode.equals("exact")
            ? Work.update(net.network(), net.t(), net.k(), batch)
            : 0);
  }

  private static Row settled(PresetNet net, int batch) {
    double flop = batch * Work.prediction(net.network(), SettledBenchmark.steps(net));
    Map<String, String> parameters = Map.of("net", net.id(), "batch", Integer.toString(batch));
    return Row.of(SettledBenchmark.class, "settled", parameters, flop);
  }

  private static List<Row> onnx(Consumer<String> note) {
    String none = OnnxRuntime.absence();
    if (!none.isEmpty()) {
      note.accept(none);
      return List.of();
    }
    List<Row> rows = new ArrayList<>();
    for (int batch : List.of(1, PredictionBenchmark.BATCH)) {
      Map<String, String> parameters = Map.of("batch", Integer.toString(batch));
      Row row = Row.of(OnnxBenchmark.class, "onnx", parameters, batch * OnnxBenchmark.flop());
      rows.add(row);
      rows.add(row.sampled("latency " + row.name()));
    }
    return rows;
  }

  private static Row predictionOfBatch(PresetNet net) {
    double flop = PredictionBenchmark.BATCH * Work.prediction(net.network(), net.t());
    return Row.of(PredictionBenchmark.class, "predictBatch", Map.of("net", net.id()), flop);
  }

  private static Row prediction(PresetNet net) {
    double flop = Work.prediction(net.network(), net.t());
    return Row.of(PredictionBenchmark.class, "predict", Map.of("net", net.id()), flop);
  }
}
