package org.eqprop.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages of the API are made, with every warning an error: nothing undocumented, no link and no
 * snippet that leads nowhere.
 */
class ApiPagesTest {
  private static final Map<String, Path> MODULES = new LinkedHashMap<>();

  static {
    for (String module : List.of("core", "conv", "bptt", "checks")) {
      MODULES.put("org.eqprop." + module, Path.of("..", "ep-" + module).normalize());
    }
  }

  @TempDir private Path folder;

  /** The same with {@code folder} of each module behind it. */
  private static String path(String inModule) {
    return MODULES.values().stream()
        .map(module -> module.resolve(inModule).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What else the modules require, of what is on the class path. */
  private static String otherModules() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            entry ->
                entry.endsWith(".jar")
                    && !Path.of(entry).getFileName().toString().startsWith("ep-"))
        .filter(entry -> entry.matches(".*(jspecify|fastutil-core|assertj-core|byte-buddy).*"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private String make(String snippets) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-quiet",
                "-Xdoclint:all",
                "-Werror",
                "-encoding",
                "UTF-8",
                "-d",
                folder.toString(),
                "-overview",
                "../ep-core/src/main/javadoc/overview.html",
                "--snippet-path",
                snippets,
                "--module-path",
                otherModules(),
                "--add-modules",
                "org.jspecify"));
    MODULES.forEach(
        (name, module) -> {
          options.add("--module-source-path");
          options.add(name + "=" + module.resolve("src/main/java"));
        });
    options.add("--module");
    options.add(String.join(",", MODULES.keySet()));
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    ToolProvider.findFirst("javadoc")
        .orElseThrow()
        .run(writer, writer, options.toArray(String[]::new));
    // that the module of vectors is an incubator's is said of every program that has it
    return said.toString()
        .lines()
        .filter(line -> !line.contains("[incubating]"))
        .filter(
            line ->
                !line.matches("\\d+ warnings?|error: warnings found and -Werror specified|1 error"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void nothingIsMissing() throws Exception {
    assertThat(make(path("src/test/java"))).isEmpty();
    assertThat(text("index.html")).contains("From arrays to a prediction", "Training", "P_1H");
    for (Map.Entry<String, Path> module : MODULES.entrySet()) {
      String info = Files.readString(module.getValue().resolve("src/main/java/module-info.java"));
      List<String> exported =
          Pattern.compile("exports ([\\w.]+);")
              .matcher(info)
              .results()
              .map(found -> found.group(1))
              .toList();
      assertThat(exported).isNotEmpty();
      for (String name : exported) {
        assertThat(text(module.getKey() + "/" + name.replace('.', '/') + "/package-summary.html"))
            .as(name)
            .contains("package-description");
      }
    }
  }

  @Test
  void aSnippetThatIsNotThereIsNoticed() {
    assertThat(make(folder.toString())).contains("error: file not found").contains("Snippets");
  }

  private String text(String page) throws Exception {
    try (Stream<String> lines = Files.lines(folder.resolve(page))) {
      return lines.collect(Collectors.joining("\n"));
    }
  }
}
