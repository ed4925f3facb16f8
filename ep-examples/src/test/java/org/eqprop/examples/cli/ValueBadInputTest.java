package org.eqprop.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eqprop.core.store.Safetensors;
import org.eqprop.core.tensor.Shape;
import org.eqprop.examples.mutation.TinyReference;

/**
 * Values out of their ranges, in options and in files, and options that have no effect on what was
 * asked for: each is refused by its name before any work is done.
 */
class ValueBadInputTest extends BadInput {
  static Stream<Row> rows() {
    return Stream.of(useless(), tooLarge(), trials(), checkpoints(), references())
        .flatMap(rows -> rows);
  }

  static Stream<Row> useless() {
    return Stream.of(
        given(USAGE, "train p-1h --clamp true", "clamp is true, but only energy-based networks"),
        given(USAGE, "train p-1h --output linear", "output is linear, but only energy-based"),
        given(USAGE, "train eb-1h --nudge inside", "nudge is inside, but only prototypical"),
        given(USAGE, "train p-1h --convolution winograd", "convolution is winograd, but the net"),
        given(USAGE, "train --method bptt --beta 0.3", "beta is 0.3, but backpropagation through"),
        given(
            USAGE,
            "train p-1h --method bptt --estimate centered",
            "estimate is centered, but backp"),
        given(USAGE, "train --method bptt --nudge inside", "nudge is inside, but backpropagation"),
        given(
            USAGE,
            "train p-1h --init-gain 1e-60",
            "--init-gain has 1.0E-60, which is too small for a float; write a larger gain."),
        given(
            USAGE, "presets --data nosuch", "There is no data set and no folder 'nosuch'; choose"),
        given(USAGE, "presets --threads 2", "'--threads' is no option of 'ep presets'."),
        given(USAGE, "predict --threads -5 m i", "'--threads' is no option of 'ep predict'."),
        given(USAGE, "data --threads 2", "'--threads' is no option of 'ep data'."),
        given(USAGE, "gdu toy --data digits", "The toy model's samples are random; leave --data"),
        new Row(
            "a file with a setting that has no effect",
            USAGE,
            root -> {
              Path toml = Files.writeString(root.resolve("a.toml"), "clamp = true\n");
              return List.of("train", "--config", toml.toString(), "--out", root + "/run");
            },
            "clamp is true, but only energy-based networks clip their states; leave it out."));
  }

  static Stream<Row> tooLarge() {
    List<Row> rows = new ArrayList<>();
    for (String option : List.of("-T", "-K", "--epochs")) {
      String name = option.substring(option.startsWith("--") ? 2 : 1);
      rows.add(
          given(USAGE, "train " + option + " 1000001", name + " is 1000001; it must be at most"));
      rows.add(given(USAGE, "train " + option + " 2147483647", name + " is 2147483647; it must"));
    }
    rows.add(given(USAGE, "gdu toy -T 1000001", "T is 1000001; it must be at most 1000000."));
    rows.add(given(USAGE, "gdu toy --batch 2147483647", "batch is 2147483647; it must be at most"));
    for (String net : List.of("toy", "p-1h", "p-conv", "figure3")) {
      rows.add(given(USAGE, "gdu " + net + " --hidden 2147483647 --data digits", "; "));
    }
    rows.add(given(USAGE, "gdu toy --hidden 2147483647", "hidden is 2147483647; it must be at"));
    rows.add(given(USAGE, "train --trials 10001", "trials is 10001; it must be at most 10000."));
    rows.add(given(USAGE, "train --trials 0", "trials is 0; it must be at least 1."));
    for (String size : List.of("2147483647", "30000,30000", "40000,40000,40000")) {
      String rates = ",1.0".repeat(size.split(",", -1).length);
      rows.add(
          given(
              USAGE,
              "train --hidden " + size + " --lr 1.0" + rates,
              "A network with hidden layers of [",
              "is too large; make hidden smaller."));
    }
    for (String padding : List.of("5", "2147483647")) {
      rows.add(
          given(
              USAGE,
              "train p-conv --padding " + padding,
              "The padding is " + padding + "; it must be smaller than the kernel of 5x5"));
      rows.add(given(USAGE, "gdu p-conv --data digits --padding " + padding, "The padding is "));
    }
    rows.add(
        given(
            USAGE,
            "train p-conv --kernel 1000000 --padding 999999",
            "is too large; make hidden or channels smaller."));
    for (String filler : List.of(" ", "\t", "\n", " \n", "x", "\u00a0")) {
      String much = "1" + filler.repeat(131_000) + "x";
      for (String option : List.of("--seed", "--hidden", "--beta", "--nothing")) {
        rows.add(
            new Row(
                option + " with 131,000 times " + (int) filler.charAt(0),
                USAGE,
                root -> List.of("train", option, much, "--out", root + "/run")));
      }
    }
    return rows.stream();
  }

  static Stream<Row> trials() {
    return Stream.of(
            "null", "0", "-1", "10001", "2147483648", "1.5", "\"two\"", "[]", "{}", "x", "")
        .flatMap(
            value ->
                Stream.of(
                    resume("trials.json: " + value, run -> trials(run, value)),
                    resume(
                        "trials.json: {trials: " + value + "}",
                        run -> trials(run, "{\"trials\": " + value + "}"))));
  }

  private static void trials(Path run, String text) throws java.io.IOException {
    Files.writeString(run.resolve("trials.json"), text);
  }

  static Stream<Row> checkpoints() {
    List<Row> rows = new ArrayList<>();
    for (String value : List.of("-1", "1000001", "2147483648", "1.5", "", "NaN", "x")) {
      rows.add(note("epoch", value));
      rows.add(note("batch", value));
    }
    rows.add(note("epoch", "7"));
    rows.add(note("batch", "1"));
    rows.add(note("batch", "1000000000"));
    rows.add(note("samples", "8"));
    rows.add(note("samples", "-1"));
    rows.add(note("errors", "1"));
    for (String value : List.of("-1", "NaN", "Infinity", "x", "")) {
      rows.add(note("loss", value));
      rows.add(note("residual", value));
      rows.add(note("seconds", value));
    }
    return rows.stream();
  }

  private static Row note(String name, String value) {
    return resume(
        name + " = " + value,
        run -> edit(run.resolve("checkpoint.safetensors"), c -> put(c, "note." + name, value)));
  }

  private static void put(Safetensors container, String key, String value) {
    container.metadata().put(key, value);
  }

  private static Safetensors edit(Path file, Consumer<Safetensors> change) {
    Safetensors container = Safetensors.read(file);
    change.accept(container);
    container.write(file);
    return container;
  }

  private static Row resume(String name, Damage damage) {
    return new Row(
        "resume: " + name,
        FAILURE,
        root -> {
          String run = copyRun(root);
          damage.to(Path.of(run));
          return List.of("train", "--quiet", "--resume", run);
        },
        "ROOT/run/");
  }

  static Stream<Row> references() {
    String[][] edits = {
      {"sizes", ""},
      {"sizes", "2"},
      {"sizes", "2 3"},
      {"sizes", "2 3 5"},
      {"sizes", "2 4 4"},
      {"sizes", "2 3 4 5"},
      {"sizes", "2 -3 4"},
      {"sizes", "2 2000000000 4"},
      {"sizes", "2 x 4"},
      {"T", "1000000000"},
      {"T", "1000000"},
      {"T", "0"},
      {"T", "8"},
      {"T", "6"},
      {"T", "x"},
      {"K", "4"},
      {"K", "2"},
      {"K", "0"},
      {"K", "1000000000"},
      {"beta", "0"},
      {"beta", "NaN"},
      {"beta", "-1"},
      {"epsilon", "0"},
      {"epsilon", "2"},
      {"nudge", "above"},
      {"setting", "x"},
      {"network", "conv"},
      {"network", "toy"},
      {"network", "x"},
      {"activation", "relu"},
      {"relmse.neuron", "[a]"},
      {"relmse.weight", "NaN"}
    };
    List<Row> rows = new ArrayList<>();
    for (String[] edit : edits) {
      rows.add(reference(edit[0] + " = " + edit[1], t -> put(t, edit[0], edit[1])));
    }
    for (String name : List.of("x", "target", "weight.0", "bias.1", "free.t7.s0", "ep.neuron.s1")) {
      for (Shape shape : List.of(Shape.of(), Shape.of(1), Shape.of(5, 5), Shape.of(2, 1, 1, 3))) {
        rows.add(
            reference(
                name + " of [" + shape + "]", t -> t.put(name, shape, new double[shape.size()])));
      }
    }
    rows.add(reference("NaN", t -> t.put("weight.0", Shape.of(2, 3), nan(6))));
    rows.add(reference("no one", t -> t.put("target", Shape.of(2, 2), new double[4])));
    return rows.stream();
  }

  private static double[] nan(int size) {
    double[] values = new double[size];
    values[size - 1] = Double.NaN;
    return values;
  }

  private static Row reference(String name, Consumer<Safetensors> change) {
    return new Row(
        "verify: " + name,
        FAILURE,
        root -> {
          Safetensors tensors = TinyReference.tensors();
          change.accept(tensors);
          Path file = root.resolve("a.safetensors");
          tensors.write(file);
          return List.of("verify", file.toString());
        },
        "Cannot ",
        "ROOT/a.safetensors: ");
  }
}
