package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.settle.Context;
import org.eqprop.core.settle.Steps;
import org.eqprop.core.store.Model;
import org.eqprop.examples.exchange.ArrayPlace;
import org.eqprop.examples.exchange.Content;
import org.eqprop.examples.exchange.NamedArray;
import org.eqprop.examples.exchange.OnnxPhase;
import org.eqprop.examples.exchange.Renaming;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ep export}. */
@Command(
    name = "export",
    sortOptions = false,
    description =
        "Write a model, or what it makes of samples, to files of other programs: safetensors, npy,"
            + " npz or ONNX.",
    footer = {
      "",
      "The end of FILE says the format:",
      "  .safetensors  tensors by name, for PyTorch, JAX and others",
      "  .npz          all arrays in one file, for numpy.load",
      "  .npy          one array, for numpy.load; choose it with --only if there are several",
      "  /             a folder, with an .npy file for each array",
      "  .onnx         the free phase, step by step, for ONNX Runtime: x to scores and label",
      "docs/formats.md tells names and shapes.",
      "",
      "Examples:",
      "  ep export runs/p-1h-mnist-1 --to weights.npz",
      "  ep export runs/p-1h-mnist-1 --to net.safetensors --names weight.1=0.weight,bias.1=0.bias",
      "  ep export runs/p-1h-mnist-1 --to p-1h.onnx",
      "  ep export runs/p-1h-mnist-1 --to states/ --what labels,states,gradients --samples 100"
    })
final class ExportCommand implements Callable<Integer> {
  @Mixin final CommonOptions common = new CommonOptions();
  @Mixin final ThreadOptions threads = new ThreadOptions();
  @Mixin final SampleOptions samples = new SampleOptions();

  @Parameters(paramLabel = "MODEL|RUN", description = "A model file or a run's folder.")
  @Nullable Path model;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "The file or folder that is written; its end says the format, see below.")
  String to = "";

  @Option(
      names = "--what",
      split = ",",
      paramLabel = "NAME",
      description =
          "What is written: weights (the default), inputs, labels, states, activations, scores or"
              + " gradients. Several have commas between them. All but weights are of samples.")
  @Nullable List<Content> what;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "ARRAY",
      description = "Write these arrays only, by their names, such as weight.0 or state.s1.")
  @Nullable List<String> only;

  @Option(
      names = "--names",
      split = ",",
      paramLabel = "OURS=THEIRS",
      description = "Other names for arrays: weight.1=0.weight,bias.1=0.bias.")
  @Nullable List<String> names;

  @Option(
      names = {"-T", "--free-steps"},
      paramLabel = "N",
      description = "Steps of the free phase, 1 to 1000000 (default: the model's).")
  @Nullable Integer steps;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Path given = Objects.requireNonNull(model);
    if (steps != null && (steps < 1 || steps > Steps.MOST)) {
      String range = steps < 1 ? "at least 1" : "at most " + Steps.MOST;
      throw new UsageException("-T is " + steps + "; it must be " + range + ".");
    }
    if (to.toLowerCase(Locale.ROOT).endsWith(".onnx")) {
      exportOnnx(given);
      return 0;
    }
    ArrayPlace place = ArrayPlace.of(to);
    Renaming renaming = Renaming.of(names);
    try (Context context = threads.context()) {
      Model read = ModelArgument.read(given, context.kernels());
      int t = steps == null ? read.steps() : steps;
      List<Content> wanted = what == null ? List.of(Content.WEIGHTS) : what;
      List<NamedArray> arrays =
          renaming.apply(new ArrayChoice(samples, given, read, t, context).of(wanted));
      List<NamedArray> chosen = choose(arrays);
      place.write(chosen);
      report(chosen);
    }
    return 0;
  }

  private void exportOnnx(Path given) {
    if (what != null || only != null || names != null || samples.areGiven()) {
      throw new UsageException(
          "An ONNX file holds the free phase of a model, so only -T goes with it; leave out the"
              + " other options.");
    }
    Model read = ModelArgument.read(given, CommonOptions.kernels());
    int t = steps == null ? read.steps() : steps;
    byte[] bytes = OnnxPhase.of(read, t);
    AtomicFiles.write(Path.of(to), ByteBuffer.wrap(bytes));
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    int inputs = read.network().input().size();
    int classes = read.network().cost().classes();
    if (common.json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("file", to);
      result.put("steps", t);
      result.put("input", List.of("x", inputs));
      result.put("outputs", List.of("scores", classes, "label"));
      CommonOptions.print(out, result);
    } else {
      out.println("x       float32 Nx" + inputs + ", one row a sample");
      out.println("scores  float32 Nx" + classes);
      out.println("label   int64 N, the number of the largest score");
      out.println("written " + Visible.line(to) + ", " + t + " steps, " + bytes.length + " bytes");
    }
    out.flush();
  }

  private List<NamedArray> choose(List<NamedArray> arrays) {
    if (only == null) {
      return arrays;
    }
    List<NamedArray> chosen = new ArrayList<>();
    for (String name : only) {
      chosen.add(
          arrays.stream()
              .filter(array -> array.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UsageException(
                          "There is no array '"
                              + name
                              + "'; there are "
                              + String.join(", ", arrays.stream().map(NamedArray::name).toList())
                              + ".")));
    }
    return chosen;
  }

  private void report(List<NamedArray> arrays) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (common.json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("file", to);
      Map<String, Object> shapes = new LinkedHashMap<>();
      arrays.forEach(array -> shapes.put(array.name(), array.shape().toArray()));
      result.put("arrays", shapes);
      CommonOptions.print(out, result);
    } else {
      arrays.forEach(array -> out.println(Visible.line(array.description())));
      out.println("written " + Visible.line(to));
    }
    out.flush();
  }
}
