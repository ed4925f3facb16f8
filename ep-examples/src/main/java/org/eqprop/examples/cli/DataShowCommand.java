package org.eqprop.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.examples.data.ContactSheet;
import org.eqprop.examples.data.DataStatistics;
import org.eqprop.examples.data.Dataset;
import org.eqprop.examples.run.Configs;
import org.eqprop.examples.run.DataLook;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ep data show}. */
@Command(
    name = "show",
    sortOptions = false,
    description =
        "Show what is read from data: samples, shape, classes, and the range, mean and standard"
            + " deviation of the training samples.",
    footer = {
      "",
      "Examples:",
      "  ep data show mnist",
      "  ep data show pictures --sheet sheet.png",
      "  ep data show iris.csv --label-column species --normalise standard"
    })
final class DataShowCommand implements Callable<Integer> {
  /** Classes that are listed for people. */
  private static final int MOST_LISTED = 100;

  /** Channels whose numbers are listed for people. */
  private static final int MOST_CHANNELS = 4;

  @Mixin final CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "NAME|PATH", description = "The data, as for ep train --data.")
  String name = "";

  @Mixin final SourceOptions source = new SourceOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Use the first N training samples only (default: 0, all).")
  @Nullable Integer limit;

  @Option(
      names = "--sheet",
      paramLabel = "FILE",
      description =
          "Draw the first ten training images of each class into this PNG file, a row a class in"
              + " the order of the list.")
  @Nullable Path sheet;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    ObjectNode given = Configs.JSON.createObjectNode();
    HyperOptions.put(given, "data", name);
    HyperOptions.put(given, "limit", limit);
    source.put(given);
    DataLook look = DataLook.of(given);
    var line = Objects.requireNonNull(spec).commandLine();
    if (!common.quiet) {
      look.found().remarks().forEach(remark -> line.getErr().println(Visible.line(remark)));
      line.getErr().flush();
    }
    Dataset train = look.used().train();
    if (sheet != null) {
      ContactSheet.write(train, sheet);
    }
    int groups = train.shape().channels() <= MOST_CHANNELS ? train.shape().channels() : 1;
    DataStatistics numbers = DataStatistics.of(train, groups);
    if (common.json) {
      CommonOptions.print(line.getOut(), json(look, numbers));
    } else {
      print(line.getOut(), look, numbers);
    }
    return 0;
  }

  private Map<String, Object> json(DataLook look, DataStatistics numbers) {
    Dataset train = look.used().train();
    Dataset test = look.used().test();
    int[] trainCounts = counts(train);
    int[] testCounts = counts(test);
    List<Map<String, Object>> classes = new ArrayList<>();
    for (int c = 0; c < train.classes(); c++) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("label", label(train, c));
      entry.put("train", trainCounts[c]);
      entry.put("test", testCounts[c]);
      classes.add(entry);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("data", name);
    result.put("path", look.found().identity().path());
    result.put("sha256", look.found().identity().sha256());
    result.put("train", train.size());
    result.put("test", test.size());
    result.put("shape", train.shape().toString());
    result.put("classes", classes);
    result.put("least", list(numbers, numbers::least));
    result.put("most", list(numbers, numbers::most));
    result.put("mean", list(numbers, numbers::mean));
    result.put("deviation", list(numbers, numbers::deviation));
    return result;
  }

  private static Object label(Dataset set, int c) {
    return set.classLabels().haveNames()
        ? set.classLabels().name(c)
        : Integer.valueOf(set.classLabels().label(c));
  }

  private static int[] counts(Dataset set) {
    int[] counts = new int[set.classes()];
    for (int i = 0; i < set.size(); i++) {
      counts[set.label(i)]++;
    }
    return counts;
  }

  private static List<Double> list(DataStatistics numbers, IntToDoubleFunction number) {
    return IntStream.range(0, numbers.groups()).mapToObj(number::applyAsDouble).toList();
  }

  private void print(PrintWriter out, DataLook look, DataStatistics numbers) {
    Dataset train = look.used().train();
    Dataset test = look.used().test();
    String place = look.found().identity().path();
    out.println("data         " + Visible.line(name));
    out.println("place        " + (place.isEmpty() ? "part of the program" : Visible.line(place)));
    out.println("samples      " + train.size() + " to train, " + test.size() + " to test");
    out.println("shape        " + train.shape() + " (channels x rows x columns)");
    out.println(
        "range        " + text(numbers, numbers::least) + " to " + text(numbers, numbers::most));
    out.println("mean         " + text(numbers, numbers::mean));
    out.println("deviation    " + text(numbers, numbers::deviation));
    out.println("classes      " + train.classes() + " (training and test samples of each)");
    int[] trainCounts = counts(train);
    int[] testCounts = counts(test);
    for (int c = 0; c < Math.min(MOST_LISTED, train.classes()); c++) {
      out.printf(
          "  %7d %7d  %s%n",
          trainCounts[c], testCounts[c], Visible.line(train.classLabels().name(c)));
    }
    if (train.classes() > MOST_LISTED) {
      out.println("  and " + (train.classes() - MOST_LISTED) + " more; --json has all");
    }
    out.flush();
  }

  /** A number for all values, or one for each channel. */
  private static String text(DataStatistics numbers, IntToDoubleFunction number) {
    return list(numbers, number).stream()
        .map(value -> String.format(Locale.ROOT, "%.4g", value))
        .collect(Collectors.joining(" "));
  }
}
