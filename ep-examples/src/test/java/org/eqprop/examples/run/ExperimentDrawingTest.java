package org.eqprop.examples.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eqprop.core.settle.Context;
import org.eqprop.examples.report.Drawings;
import org.eqprop.examples.report.DrawingsTest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Drawing comes after all that counts, and nothing that it throws reaches the training. */
class ExperimentDrawingTest {
  @TempDir Path root;

  static List<Throwable> failures() {
    return DrawingsTest.failures();
  }

  private static Config config(String method) {
    ObjectNode options = Configs.JSON.createObjectNode();
    options.put("epochs", 1).put("limit", 20).put("batch", 10).put("t", 4).put("k", 2);
    options.put("method", method).putArray("hidden").add(8);
    return Configs.resolve("p-1h", null, options);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void allTrialsAreTrainedAndSavedWhateverDrawingThrows(Throwable thrown) {
    List<String> complaints = new ArrayList<>();
    for (String method : List.of("ep", "both")) {
      Path run = root.resolve(method);
      try (Context context = new Context(1);
          Experiment experiment = Experiment.create(run, config(method), 2)) {
        List<RunSummary> summaries = experiment.run(context, Watcher.SILENT, () -> false);
        assertThat(summaries).isNotNull();
        experiment.save(summaries);
        assertThat(run.resolve("summary.json")).exists();
        for (Path trials : method.equals("ep") ? List.of(run) : both(run)) {
          assertThat(trials.resolve("trial-2/model.safetensors")).exists();
          assertThat(trials.resolve("trial-1/curve.svg")).doesNotExist();
        }
        experiment.draw(
            new Drawings(complaints::add, (figure, format, file) -> DrawingsTest.raise(thrown)));
        assertThat(complaints).hasSize(1);
        complaints.clear();
        experiment.draw(new Drawings(complaints::add));
        assertThat(complaints).isEmpty();
        for (Path trials : method.equals("ep") ? List.of(run) : both(run)) {
          assertThat(trials.resolve("trial-1/curve.svg")).exists();
          assertThat(trials.resolve("trial-2/curve.png")).exists();
        }
      }
    }
    assertThat(root.resolve("both/curve.svg")).exists();
    assertThat(root.resolve("both/ep/summary.json")).exists();
  }

  private static List<Path> both(Path run) {
    return List.of(run.resolve("ep"), run.resolve("bptt"));
  }
}
