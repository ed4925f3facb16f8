package org.eqprop.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.kernel.Activation;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.store.Model;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Shape;
import org.eqprop.examples.data.FoundData;
import org.eqprop.examples.exchange.Renaming;
import org.eqprop.examples.exchange.StateDict;
import org.eqprop.examples.run.Configs;
import org.eqprop.examples.run.ImportedNetwork;
import org.eqprop.examples.run.ModelData;
import org.eqprop.examples.run.OutputType;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ep import}. */
@Command(
    name = "import",
    sortOptions = false,
    description =
        "Make a model of weights that another program has trained: a state dict of PyTorch as"
            + " safetensors.",
    footer = {
      "",
      "Layers are found by their names and shapes: NAME.weight is [outputs, inputs], NAME.bias may"
          + " be missing. Our names count from the output: weight.0, bias.0, weight.1, …"
          + " (docs/formats.md).",
      "A network of equilibrium propagation acts back: its output pulls at its hidden layers. So it"
          + " has other scores than a feed-forward network with the same weights. --feed-forward"
          + " keeps those.",
      "A model of eqprop that another program has edited is checked, and gets a checksum again.",
      "",
      "Examples:",
      "  ep import net.safetensors --to net-ep.safetensors --activation sigmoid --feed-forward",
      "  ep import net.safetensors --to m.safetensors --names weight.0=out.w,weight.1=in.w",
      "  ep train p-1h --data mnist --init m.safetensors     trains on from there",
      "  ep import edited.safetensors --to checked.safetensors"
    })
final class ImportCommand implements Callable<Integer> {
  private static final int COLOURS = 3;

  @Mixin final CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE", description = "A safetensors file.")
  @Nullable Path file;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "MODEL",
      description = "The model file that is written.")
  @Nullable Path to;

  @Option(
      names = "--names",
      split = ",",
      paramLabel = "OURS=THEIRS",
      description = "Which tensor is which parameter: weight.0=2.weight,bias.0=2.bias.")
  @Nullable List<String> names;

  @Option(
      names = "--feed-forward",
      description =
          "No layer acts back, and the output has no activation: the model has the scores of the"
              + " feed-forward network.")
  boolean feedForward;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description = "Activation of the hidden layers, as with ep train (default: the preset's).")
  @Nullable Activation activation;

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description =
          "How the output layer steps, as with ep train (default: activation; identity with"
              + " --feed-forward).")
  @Nullable OutputType output;

  @Option(
      names = {"-T", "--free-steps"},
      paramLabel = "N",
      description =
          "Steps of the free phase, 1 to 1000000 (default: the preset's; one more than layers with"
              + " --feed-forward).")
  @Nullable Integer t;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "Where all other settings of the network come from (default: p-1h).")
  @Nullable String preset;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "TOML or JSON file with the network, as with ep train; it needs --data. Without it the"
              + " layers are those of the tensors.")
  @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      description =
          "Data set that the model is for: 'ep evaluate' measures on it, and its images say the"
              + " input's shape.")
  @Nullable String data;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Path from = Objects.requireNonNull(file);
    Path place = Objects.requireNonNull(to);
    Kernels kernels = CommonOptions.kernels();
    Safetensors tensors = Safetensors.read(from);
    if (tensors.metadata().getOrDefault("format", "").startsWith("eqprop-")) {
      requireNoSettings();
      Model.read(from, kernels).write(place);
      report(from, place, List.of());
      return 0;
    }
    StateDict dict = new StateDict(from.toString(), tensors);
    Map<String, String> map = new LinkedHashMap<>(Renaming.of(names).theirs());
    FoundData found = data == null ? null : ModelData.of(Map.of("data", data)).find(null, null, 0);
    if (map.isEmpty() && config == null) {
      map.putAll(dict.names());
    }
    ImportedNetwork imported = network(dict, map, found);
    List<String> lines = dict.into(imported.network(), map);
    imported.network().refresh(kernels);
    imported.model(String.valueOf(from.getFileName())).write(place);
    report(from, place, lines);
    return 0;
  }

  private void requireNoSettings() {
    if (names != null
        || feedForward
        || activation != null
        || output != null
        || t != null
        || preset != null
        || config != null
        || data != null) {
      throw new UsageException(
          "The file is a model of eqprop, which describes its own network; give --to only.");
    }
  }

  private ImportedNetwork network(
      StateDict dict, Map<String, String> map, @Nullable FoundData found) {
    ObjectNode given = Configs.JSON.createObjectNode();
    HyperOptions.put(given, "activation", activation);
    HyperOptions.put(given, "output", output);
    HyperOptions.put(given, "t", t);
    HyperOptions.put(given, "data", data);
    if (config != null) {
      if (found == null || feedForward) {
        throw new UsageException(
            feedForward
                ? "--feed-forward is for networks that the tensors say; leave --config out."
                : "With --config the data says the input and the classes; give --data.");
      }
      return ImportedNetwork.of(preset, config, given, found);
    }
    List<Integer> sizes = dict.sizes(map);
    Shape input = input(sizes.getLast(), found);
    if (found != null && found.parts().train().classes() != sizes.get(0)) {
      throw new UsageException(
          "The network has "
              + sizes.get(0)
              + " outputs, but "
              + data
              + " has "
              + found.parts().train().classes()
              + " classes; give other --data.");
    }
    String usual = preset == null ? "p-1h" : preset;
    return ImportedNetwork.chain(usual, given, sizes, input, feedForward, found);
  }

  /** The images' shape, or that of a square picture of so many values. */
  private Shape input(int size, @Nullable FoundData found) {
    if (found == null) {
      for (int channels : new int[] {1, COLOURS}) {
        int side = (int) Math.sqrt(size / (double) channels);
        if (side * side * channels == size) {
          return Shape.of(channels, side, side);
        }
      }
      return Shape.of(size);
    }
    Shape shape = found.parts().train().shape().tensor();
    if (shape.size() != size) {
      throw new UsageException(
          "The network has "
              + size
              + " inputs, but the images of "
              + data
              + " have "
              + shape.size()
              + " values; give other --data.");
    }
    return shape;
  }

  private void report(Path from, Path place, List<String> lines) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (common.json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("from", from.toString());
      result.put("model", place.toString());
      result.put("parameters", lines);
      CommonOptions.print(out, result);
    } else {
      lines.forEach(line -> out.println(Visible.line(line)));
      out.println("written " + Visible.line(place.toString()));
    }
    out.flush();
    if (!lines.isEmpty() && !feedForward && config == null && !common.quiet) {
      PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
      err.println(
          "The layers act back here, so the scores are not those of a feed-forward network;"
              + " --feed-forward keeps them.");
      err.flush();
    }
  }
}
