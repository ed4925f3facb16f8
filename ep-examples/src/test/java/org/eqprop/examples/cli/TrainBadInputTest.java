package org.eqprop.examples.cli;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Mistakes in the words, values and files of {@code ep train}. */
class TrainBadInputTest extends BadInput {
  static Stream<Row> rows() {
    return Stream.of(words(), values(), convolutions(), tomlFiles()).flatMap(rows -> rows);
  }

  static Stream<Row> words() {
    return Stream.of(
        given(USAGE, "train p-1", "no preset 'p-1'", "eb-1h, eb-2h", "mean 'p-1h'?"),
        given(USAGE, "train --epoch 3", "'--epoch' is no option of 'ep train'.", "'--epochs'?"),
        given(USAGE, "train --epoch=3", "'--epoch=3' is no option", "'--epochs'?"),
        given(USAGE, "train --learn", "'--learn' is no option of 'ep train'."),
        given(USAGE, "train --act tanh", "'--act' is no option", "'--activation'?"),
        given(USAGE, "train --batch-size 9", "'--batch-size' is no option", "'--batch'?"),
        given(
            USAGE, "train --lr 0,04", "write '--lr 0.0,4.0', for the one number 0.04 '--lr 0.04'."),
        given(USAGE, "train --lr 0,1", "for the 2 numbers 0.0 and 1.0 write '--lr 0.0,1.0'"),
        given(USAGE, "train --lr 1,1", "write '--lr 1.0,1.0', for the one number 1.1 '--lr 1.1'"),
        given(USAGE, "train --lr=0,04,0,08", "for the 2 numbers 0.04 and 0.08 '--lr 0.04,0.08'."),
        given(USAGE, "train --beta 0,1", "'0,1' has a comma; numbers have a decimal point: 0.1"),
        given(USAGE, "train --epochs 1,5", "'1,5' has a comma"),
        given(USAGE, "train --beta 0.5f", "'0.5f' is not a number"),
        given(USAGE, "gdu toy --betas 0,1", "'--betas 0.0,1.0', for the one number 0.1"),
        given(USAGE, "train p-1h p-2h", "'p-2h' is no argument or command of 'ep train'."),
        given(USAGE, "train --lr", "parameter for option '--lr'"),
        given(USAGE, "train --lr 0.1,fast", "'fast' is not a number"),
        given(USAGE, "train --convention prgram", "value of --convention", "'program'?"),
        given(USAGE, "train --method eq", "no method 'eq'", "'ep'?"),
        given(USAGE, "train --setting energy", "value of --setting", "'energy-based'?"),
        given(USAGE, "train --activation tan", "'tan'", "tanh"),
        given(USAGE, "train --output liner", "value of --output", "'linear'?"),
        given(USAGE, "train --nudge insde", "value of --nudge", "'inside'?"),
        given(USAGE, "train --mode fats", "value of --mode", "'fast'?"),
        given(USAGE, "train --schedule alternate", "value of --schedule", "'alternating'?"),
        given(USAGE, "train --convolution winogrd", "value of --convolution", "'winograd'?"),
        given(USAGE, "train --tolerance -0.1", "tolerance is -0.1; it must be at least 0"),
        given(
            USAGE, "train --omega 2", "omega is 2.0; it must be at least 0 (epsilon) and below 2"),
        given(
            USAGE,
            "train --momentum 1",
            "--settle-momentum is 1.0; it must be at least 0 (none) and below 1"),
        given(USAGE, "train --tolerance NaN", "tolerance is NaN; it must be at least 0"),
        given(USAGE, "train --estimate center", "value of --estimate", "'centered'?"),
        given(USAGE, "train --clamp maybe", "'maybe' is not true or false"),
        given(FAILURE, "train --data mist", "no data set and no folder 'mist'", "digits, mnist"));
  }

  static Stream<Row> values() {
    List<Row> rows = new ArrayList<>();
    for (String option : List.of("--epochs", "--batch", "--hidden", "-T", "-K", "--trials")) {
      String name = option;
      rows.add(given(USAGE, "train " + option + " 0", name + " is 0; it must be at least 1."));
      rows.add(given(USAGE, "train " + option + " -3", name + " is -3; it must be at least 1."));
      rows.add(given(USAGE, "train " + option + " 1.5", "'1.5' is not a whole number"));
      rows.add(given(USAGE, "train " + option + " 3000000000", "is not a whole number from"));
    }
    for (String option : List.of("--limit", "--validation")) {
      String name = option;
      rows.add(given(USAGE, "train " + option + " -1", name + " is -1; it must not be negative."));
    }
    for (String value : List.of("0", "-0.1", "NaN", "Infinity", "1e-60", "1e60")) {
      rows.add(
          given(USAGE, "train --beta " + value, "beta is ", "; it must be above 0 and finite"));
      rows.add(given(USAGE, "train --epsilon " + value, "epsilon is ", "above 0 and at most 1."));
    }
    rows.add(given(USAGE, "train --epsilon 1.001", "epsilon is 1.001; it must be above 0"));
    for (String value : List.of("-0.1", "NaN", "Infinity", "1e60")) {
      rows.add(given(USAGE, "train --lr 0.1," + value, "lr has ", "at least 0 and finite."));
    }
    rows.add(
        given(
            USAGE,
            "train --lr 0.1,1e-50",
            "lr has 1.0E-50 (as a 32-bit number 0.0); write 0 if that is meant"));
    rows.add(
        given(
            USAGE,
            "train --omega 1.9999999999",
            "omega is 1.9999999999 (as a 32-bit number 2.0); it must be"));
    rows.add(
        given(
            USAGE,
            "train --momentum 0.99999999999",
            "--settle-momentum is 0.99999999999 (as a 32-bit number 1.0); it must be"));
    rows.add(
        given(
            USAGE,
            "train --optimizer adam --adam-beta2 0.99999999999",
            "adam-beta2 is 0.99999999999 (as a 32-bit number 1.0); it must be at least 0 and"));
    rows.add(
        given(
            USAGE,
            "train --lr-schedule step --lr-step 1e-300",
            "lr-step is 1.0E-300; it must be at least 1.0E-6 epochs"));
    rows.add(
        given(
            USAGE,
            "train --solver anderson --solver-options memory=5,memory=6",
            "'memory' is twice among the solver's options; keep one."));
    rows.add(
        given(
            USAGE,
            "train p-1h --channels 4 --kernel 3",
            "pool is 0, but the network has convolutions; give pool, at least 1"));
    rows.add(given(USAGE, "train --lr 0.1", "lr has 1 learning rate, but 1 hidden layer needs 2"));
    rows.add(given(USAGE, "train --lr 1,1,1", "lr has 3 learning rates, but 1 hidden layer needs"));
    rows.add(given(USAGE, "train --hidden 9,9", "lr has 2 learning rates, but 2 hidden layers"));
    rows.add(given(USAGE, "train --hidden 2000000000", "[2000000000] is too large; make hidden"));
    rows.add(
        given(
            FAILURE, "train --hidden 7000000", "The JVM's memory of ", "make hidden, channels or"));
    rows.add(given(USAGE, "train --seed one", "'one' is not a whole number"));
    rows.add(given(USAGE, "train --threads 0", "--threads is 0; it must be from 1 to 1024."));
    rows.add(given(USAGE, "train --threads -1", "threads is -1; it must be from 1 to 1024."));
    rows.add(given(USAGE, "train --threads 9999", "threads is 9999; it must be from 1 to 1024."));
    rows.add(given(USAGE, "info --threads 0", "threads is 0; it must be from 1 to 1024."));
    rows.add(
        given(USAGE, "train --batch 1438", "batch is 1438", "1437 training samples of digits"));
    rows.add(given(USAGE, "train --batch 11 --limit 10", "batch is 11", "10 training samples"));
    rows.add(given(USAGE, "train --limit 30 --validation 30", "validation is 30", "at most 29"));
    rows.add(given(USAGE, "train --limit 30 --validation 28", "batch is 10", "the 2 training"));
    return rows.stream();
  }

  static Stream<Row> convolutions() {
    String remedy = "make kernel or pool smaller, padding larger, or channels fewer.";
    return Stream.of(
        given(
            USAGE,
            "train p-conv --kernel 0",
            "kernel is 0, but the network has convolutions; give kernel, at least 1"),
        given(USAGE, "train p-conv --pool -2", "pool is -2; it must be at least 1."),
        given(USAGE, "train p-conv --padding -1", "padding is -1; it must not be negative."),
        given(USAGE, "train p-conv --channels 8,0", "channels is 0; it must be at least 1."),
        given(USAGE, "train p-conv --channels 8,x", "'x' is not a whole number"),
        given(USAGE, "train p-1h --kernel 3", "kernel is 3, but the network has no convolutions;"),
        given(USAGE, "train p-2h --padding 1", "padding is 1, but the network has no convolutions"),
        given(
            USAGE,
            "train p-1h --channels 4 --lr 1,1,1",
            "kernel is 0, but the network has convolutions; give kernel, at least 1"),
        given(
            USAGE,
            "train p-conv --channels 4",
            "lr has 3 learning rates, but 1 hidden layer needs"),
        given(USAGE, "train p-conv --hidden 4", "lr has 3 learning rates, but 3 hidden layers"),
        given(
            USAGE,
            "train p-conv --padding 0",
            "The kernel of 5x5 is larger than the map of 2x2 with padding 0, for images of 1x8x8;",
            remedy),
        given(
            USAGE,
            "train p-conv --kernel 13",
            "The kernel of 13x13 is larger than the map of 8x8 with padding 2, for images of",
            remedy),
        given(
            USAGE,
            "train p-conv --pool 9",
            "The pooling window of 9x9 is larger than the map of 8x8, for images of 1x8x8;",
            remedy),
        given(
            USAGE,
            "train p-conv --channels 2000000000,9",
            "channels [2000000000, 9], kernel 5, padding 2, pool 2 is too large; make hidden or"
                + " channels smaller."));
  }

  static Stream<Row> tomlFiles() {
    return Stream.of(
        toml(
            "epoch = 3",
            "There is no hyperparameter 'epoch' (ROOT/mine.toml, line 1).",
            "'epochs'?"),
        toml(
            "[train]\nepochs = 3",
            "There is no hyperparameter 'train'",
            "without the line [train]."),
        toml("= 3", "is not valid TOML in line 1: write 'name = value'."),
        toml("epochs = ", "ROOT/mine.toml is not valid TOML in line 1: "),
        toml("epochs = 3\nbeta == 1", "ROOT/mine.toml is not valid TOML in line 2: "),
        toml("epochs = 3\nepochs = 4", "ROOT/mine.toml is not valid TOML", "Duplicate key."),
        toml("epochs = 1.5", "In ROOT/mine.toml, line 1, epochs is 1.5; it must be a whole number"),
        toml("epochs = \"3\"", "epochs is \"3\"; it must be a whole number"),
        toml(
            "epochs = 3000000000", "epochs is 3000000000; it must be a whole number of at most 32"),
        toml("beta = \"strong\"", "beta is \"strong\"; it must be a number."),
        toml("beta = true", "beta is true; it must be a number."),
        toml(
            "beta = nan", "In ROOT/mine.toml, line 1, beta is NaN; it must be above 0 and finite."),
        toml("{\n\"T\": 0}", "In ROOT/mine.toml, line 2, T is 0; it must be at least 1."),
        toml("#\nNudge = \"up\"", "In ROOT/mine.toml, line 2, 'up' is no value of nudge;"),
        toml("beta = inf", "beta is Infinity; it must be above 0 and finite."),
        toml("clamp = 1", "clamp is 1; it must be true or false."),
        toml("data = 5", "data is 5; it must be a text in quotes."),
        toml("preset = [1]", "preset is [1]; it must be a text in quotes."),
        toml("hidden = [512.5]", "hidden is [512.5]; it must be a list, each value a whole number"),
        toml("hidden = []", "hidden is empty; give the size of at least one hidden layer."),
        toml("lr = [0.1, \"b\"]", "lr is [0.1,\"b\"]; it must be a list, each value a number."),
        toml("lr = [0.1, -1]", "lr has -1.0; rates must be at least 0 and finite."),
        toml("hidden = \"9\"", "hidden is \"9\"; it must be a list, each value a whole number"),
        toml("channels = 3.5", "channels is [3.5]; it must be a list, each value a whole number"),
        toml("epochs = 1e300", "epochs is 1E+300; it must be a whole number"),
        toml("epochs = 4294967296.0", "it must be a whole number of at most 32 bits."),
        toml(
            "T = 3\nfree-steps = 4",
            "In ROOT/mine.toml, line 1, T and free-steps are the same; keep one"),
        toml("trials = 2", "give it on the command line: --trials 2."),
        toml("threads = 1", "threads is no hyperparameter; give it on the command line"),
        toml("out = \"x\"", "give it on the command line: --out x."),
        toml("json = true", "give it on the command line: --json."),
        toml(
            "epochs: 3",
            "not valid TOML in line 1: write 'name = value' in place of 'name: value'"),
        toml("seed = 1\nbeta = 0,1", "in line 2: numbers have a decimal point; write beta = 0.1."),
        toml("preset = p-1h", "in line 1: texts have quotes; write preset = \"p-1h\"."),
        toml("seed = 1\nbeta =", "in line 2: beta has no value."),
        toml("seed = 2024-01-01", "it must be a whole number of at most 64 bits."),
        toml("epochs = 3\nseed = 1\nepochs = 4\n\n", "is not valid TOML in line 3: Duplicate key."),
        toml("lr = " + "[".repeat(100), "not valid TOML in line"),
        toml("lr = " + "[".repeat(5000), "ROOT/mine.toml has brackets within brackets"),
        toml("{\"lr\": " + "[".repeat(5000), "ROOT/mine.toml has brackets within brackets"),
        toml("{\"epochs\": 1,}", "ROOT/mine.toml is not valid JSON in line 1: "),
        toml("{\n\"epochs\": 1,\n\"epochs\": 2}", "is not valid JSON in line 3: Duplicate key."),
        toml(
            "#".repeat(2_000_000),
            "Cannot read ROOT/mine.toml: it is longer than 1 MB, the most that is read."),
        toml("kernel = 2.5", "kernel is 2.5; it must be a whole number of at most 32 bits."),
        toml("preset = \"p-conv\"\nchannels = []", "kernel is 5, but the network has no conv"),
        toml("preset = \"p-7h\"", "There is no preset 'p-7h'"),
        new Row(
            "no UTF-8",
            USAGE,
            root -> {
              Files.write(root.resolve("mine.toml"), new byte[] {'a', (byte) 0xff, '=', '1'});
              return List.of("train", "--config", root + "/mine.toml");
            },
            "ROOT/mine.toml is not valid: line 1 has bytes that are no UTF-8 text; save the file as"
                + " UTF-8."),
        new Row(
            "no TOML file",
            USAGE,
            root -> List.of("train", "--config", root + "/mine.toml"),
            "Cannot read ROOT/mine.toml: no such file or folder."));
  }

  private static Row toml(String content, String... parts) {
    return new Row(
        "toml "
            + content.lines().map(line -> line.substring(0, Math.min(40, line.length()))).toList(),
        USAGE,
        root -> {
          Files.writeString(root.resolve("mine.toml"), content + "\n");
          return List.of(
              "train", "--config", root + "/mine.toml", "--limit", "9", "--out", root + "/run");
        },
        parts);
  }
}
