package org.eqprop.examples.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eqprop.examples.launcher.Installation.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where the launcher may be, whose folder it may be, in which locale, and when it builds. */
@DisabledOnOs(OS.WINDOWS) // the launcher is a shell script
class PlacesTest {
  @TempDir Path folder;

  private static Map<String, String> with(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("REAL_JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString());
    return all;
  }

  private boolean knowsUtf8(Installation installation) throws Exception {
    return installation
        .run(Map.of("LC_ALL", "C.UTF-8"), List.of("locale", "charmap"))
        .out()
        .strip()
        .equals("UTF-8");
  }

  @Test
  void whereThereIsNoLocaleItIsUtf8() throws Exception {
    Installation installation = Installation.in(folder.resolve("größe é 数")).built();
    assumeTrue(knowsUtf8(installation), "this system has no C.UTF-8");
    for (Map<String, String> environment :
        List.of(
            Map.<String, String>of(),
            Map.of("LANG", "C"),
            Map.of("LANG", "POSIX"),
            Map.of("LANG", "xx_XX.UTF-8"),
            Map.of("LC_CTYPE", "C", "LANG", "C.UTF-8"),
            Map.of("LC_ALL", "C"),
            Map.of("LC_ALL", "xx_XX.UTF-8"))) {
      Result result = installation.ep(environment, "info");
      assertThat(result.code()).describedAs("%s: %s", environment, result).isZero();
      assertThat(result.out()).describedAs("%s", environment).startsWith("locale=C.UTF-8\n");
      assertThat(result.words()).contains(installation.root() + "/ep-examples/target/lib");
    }
    assertThat(installation.ep(with(Map.of()), "info").out()).contains("sun.jnu.encoding = UTF-8");
  }

  @Test
  void aLocaleOfTheUserStays() throws Exception {
    Installation installation = Installation.in(folder.resolve("eqprop")).built();
    assumeTrue(knowsUtf8(installation), "this system has no C.UTF-8");
    assertThat(installation.ep(Map.of("LANG", "C.UTF-8"), "info").out())
        .startsWith("locale=C.UTF-8\n");
    assertThat(installation.ep(Map.of("LC_ALL", "C.utf8"), "info").out())
        .startsWith("locale=C.utf8\n");
  }

  @Test
  void aPathThatJavaCannotLoadFromIsSaid() throws Exception {
    Installation installation = Installation.in(folder.resolve("a:b")).built();
    Result result = installation.ep(Map.of(), "info");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo(
            "ep: the folder of eqprop is "
                + installation.root().toRealPath()
                + ", and Java cannot load a program from a path with ':' in it; move the folder, or"
                + " give it another name.\n");
  }

  @Test
  void aPathThatIsNoTextIsSaid() throws Exception {
    Installation installation = Installation.in(folder.resolve("eqprop")).built();
    assumeTrue(knowsUtf8(installation), "this system has no C.UTF-8");
    String script =
        "there=../$(printf 'gr\\366e'); mkdir \"$there\" && cp -r . \"$there\" && sh \"$there/ep\"";
    Result result = installation.run(Map.of(), List.of("sh", "-c", script + " info"));
    assertThat(result.code()).describedAs("%s", result).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("characters which do not exist in UTF-8; move the folder")
        .hasLineCount(1);
  }

  @Test
  void spacesAndOtherSignsAreNoTrouble() throws Exception {
    for (String name :
        List.of("with space", "star*", "quote's", "$dollar", "-dash", "per%20cent")) {
      Installation installation = Installation.in(folder.resolve(name).resolve(name)).built();
      Result result = installation.ep(Map.of("CDPATH", "/usr:/"), "info");
      assertThat(result.code()).describedAs("%s", result).isZero();
      assertThat(result.words()).contains(installation.root() + "/ep-examples/target/lib");
    }
  }

  @Test
  void cdpathDoesNotLeadAstray() throws Exception {
    Installation installation = Installation.in(folder.resolve("eqprop")).built();
    Result result =
        installation.run(
            Map.of("CDPATH", folder + ":/"), List.of("sh", "-c", "cd .. && sh eqprop/ep info"));
    assertThat(result.code()).describedAs("%s", result).isZero();
    assertThat(result.words()).contains(installation.root() + "/ep-examples/target/lib");
  }

  @Test
  void eachBuildSaysWhy() throws Exception {
    Installation installation = Installation.in(folder.resolve("eqprop"));
    assertThat(installation.ep(Map.of(), "info").err())
        .isEqualTo("building eqprop (first use only) …\n");
    assertThat(installation.ep(Map.of(), "info").err()).isEmpty();
    assertThat(installation.ep(Map.of(), "bench").err())
        .isEqualTo("building eqprop (the benchmarks, first use only) …\n");
    assertThat(installation.ep(Map.of(), "bench").err()).isEmpty();
    assertThat(installation.ep(Map.of(), "info").err()).isEmpty();

    Files.setLastModifiedTime(
        installation.root().resolve("ep-core/src/main/A.java"),
        FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(installation.ep(Map.of(), "info").err())
        .isEqualTo("building eqprop (sources changed) …\n");
  }

  @Test
  void aBuildByMavenLacksOnlyTheBenchmarks() throws Exception {
    Installation installation = Installation.in(folder.resolve("eqprop")).built();
    assertThat(installation.ep(Map.of(), "info").err()).isEmpty();
    assertThat(installation.ep(Map.of(), "bench").err())
        .isEqualTo("building eqprop (the benchmarks, first use only) …\n");
  }

  @Test
  void whoMayNotWriteRunsWhatIsBuiltOrIsToldWhatToDo() throws Exception {
    Installation installation = Installation.in(folder.resolve("eqprop"));
    assertThat(installation.ep(Map.of(), "info").code()).isZero();
    List<String> nobody = new ArrayList<>(List.of("sh", "ep", "info"));
    if ("root".equals(System.getProperty("user.name"))) {
      assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")), "root may write everywhere");
      nobody.addAll(0, List.of("setpriv", "--reuid=65534", "--clear-groups"));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    for (String inner : List.of("", "ep-core", "ep-examples", "ep-examples/target", "target")) {
      installation.root().resolve(inner).toFile().setWritable(false);
    }
    try {
      assertThat(installation.run(Map.of(), nobody).code()).isZero();

      Path source = installation.root().resolve("ep-core/src/main/A.java");
      Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
      Result result = installation.run(Map.of(), nobody);
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.err())
          .isEqualTo(
              "ep: eqprop has to be built (sources changed), and you cannot write to its folder"
                  + " %1$s; run %1$s/ep as the owner of that folder once, or copy the folder to a"
                      .formatted(installation.root().toRealPath())
                  + " place of your own.\n");
    } finally {
      for (String inner : List.of("", "ep-core", "ep-examples", "ep-examples/target", "target")) {
        installation.root().resolve(inner).toFile().setWritable(true);
      }
    }
  }
}
