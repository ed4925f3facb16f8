package org.eqprop.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;

/** Mistakes with {@code ep reproduce}. */
class ReproduceBadInputTest extends BadInput {
  /** Two trainings of a moment. */
  static final List<String> TABLE =
      List.of(
          ("reproduce table1 --only p-1h --method ep --data digits --limit 60 "
                  + "--epochs 1 --trials 2 -q")
              .split(" ", -1));

  @BeforeAll
  static void trainATable() {
    Cli.ok(TABLE, "--out", shared.resolve("table"));
  }

  private static List<String> with(List<String> words, Object... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(Cli.words(more));
    return all;
  }

  /** A copy of the table that may be damaged. */
  private static Path copy(Path root) throws IOException {
    Path from = shared.resolve("table");
    Path to = root.resolve("table");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  private static Row table(String name, int code, List<String> words, String... parts) {
    return new Row(name, code, root -> with(words, "--out", root.resolve("new")), parts);
  }

  private static Row damaged(String name, int code, String file, String text, String... parts) {
    return new Row(
        name,
        code,
        root -> {
          Path table = copy(root);
          Files.writeString(table.resolve(file), text);
          return with(TABLE, "--out", table);
        },
        parts);
  }

  private static Row changed(
      String name, int code, String file, String old, String text, String... parts) {
    return new Row(
        name,
        code,
        root -> {
          Path table = copy(root);
          Path place = table.resolve(file);
          String before = Files.readString(place);
          if (!before.contains(old)) {
            throw new AssertionError(before);
          }
          Files.writeString(place, before.replace(old, text));
          return with(TABLE, "--out", table);
        },
        parts);
  }

  static Stream<Row> rows() {
    String trial = "p-1h-ep/trial-2/";
    return Stream.of(
        new Row("nothing to reproduce", USAGE, root -> List.of("reproduce"), "subcommand"),
        table("no row", USAGE, with(TABLE, "--only", "p-9h"), "'p-9h' is no value of --only"),
        table(
            "not in the table", USAGE, List.of("reproduce", "table1", "--only", "eb-3h"), "eb-3h"),
        table("no method", USAGE, with(TABLE, "--method", "bttp"), "--method", "'bptt'?"),
        table("no mode", USAGE, with(TABLE, "--mode", "slow"), "--mode", "exact, fast"),
        table(
            "no trial",
            USAGE,
            List.of("reproduce", "table1", "--trials", "0"),
            "trials is 0; it must be from 1 to 10000."),
        table("no epoch", USAGE, List.of("reproduce", "table1", "--epochs", "0"), "epochs is 0"),
        table("a limit below", USAGE, List.of("reproduce", "table1", "--limit=-1"), "limit is -1"),
        table(
            "no data",
            FAILURE,
            List.of("reproduce", "table1", "--data", "nowhere"),
            "no data set and no folder 'nowhere'"),
        table(
            "table 2 by BPTT",
            USAGE,
            List.of("reproduce", "table2", "--method", "bptt"),
            "Table 2 has no bptt"),
        table(
            "no row of table 2",
            USAGE,
            List.of("reproduce", "table2", "--only", "foo"),
            "'foo' is no value of --only",
            "one of persistent, predicted, spiking."),
        table(
            "a row of table 1",
            USAGE,
            List.of("reproduce", "table2", "--only", "p-1h"),
            "p-1h is no row of Table 2"),
        new Row(
            "other settings",
            USAGE,
            root -> with(TABLE, "--mode", "fast", "--out", copy(root)),
            "was begun with other settings, by 'ep reproduce table1 --only p-1h --method ep"
                + " --trials 2 --epochs 1 --limit 60 --data digits'",
            "--resume ROOT/table",
            "--out"),
        new Row(
            "another command's folder",
            USAGE,
            root -> {
              Files.writeString(root.resolve("config.json"), "{}");
              return with(TABLE, "--out", root);
            },
            "ROOT exists already and is no folder of ep reproduce",
            "--out"),
        new Row(
            "a file in the way",
            USAGE,
            root -> with(TABLE, "--out", Files.writeString(root.resolve("f"), "x")),
            "ROOT/f exists already"),
        new Row(
            "a folder that cannot be made",
            FAILURE,
            root -> with(TABLE, "--out", Files.writeString(root.resolve("f"), "x") + "/new"),
            "Cannot create the folder ROOT/f/new ("),
        new Row(
            "resume what is none",
            USAGE,
            root -> List.of("reproduce", "table1", "--resume", root.toString()),
            "ROOT is no folder of ep reproduce: it has no reproduce.json"),
        new Row(
            "resume with settings",
            USAGE,
            root -> with(TABLE, "--resume", copy(root)),
            "with --resume only --threads, --quiet and --json go together"),
        damaged("plan", FAILURE, "reproduce.json", "{", "ROOT/table/reproduce.json is damaged"),
        damaged("plan of nothing", FAILURE, "reproduce.json", "{}", "reproduce.json is damaged"),
        damaged("sessions", FAILURE, "sessions.json", "[1]", "sessions.json is damaged", "delete"),
        damaged("config", FAILURE, trial + "config.json", "{", "config.json is not valid JSON"),
        damaged("summary", FAILURE, trial + "summary.json", "{", "summary.json is damaged"),
        changed(
            "other data",
            FAILURE,
            "reproduce.json",
            "\"dataSha256\" : \"",
            "\"dataSha256\" : \"0",
            "The data digits is not what the folder ROOT/table was begun with"),
        changed(
            "metrics",
            FAILURE,
            trial + "metrics.jsonl",
            "\"epoch\":1",
            "\"epoch\":7",
            "cannot be the metrics of epoch 1"),
        changed(
            "another trial's configuration",
            FAILURE,
            trial + "config.json",
            "\"seed\" : 2",
            "\"seed\" : 3",
            "The configuration of ROOT/table/p-1h-ep/trial-2 has changed: seed is 3 and was 2"));
  }
}
