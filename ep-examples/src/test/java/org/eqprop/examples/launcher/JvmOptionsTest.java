package org.eqprop.examples.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eqprop.examples.launcher.Installation.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The launcher's options for the JVM are defaults: whatever a user sets, and wherever, wins. */
@DisabledOnOs(OS.WINDOWS) // the launcher is a shell script
class JvmOptionsTest {
  private static final List<String> VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "EP_JAVA_OPTS");

  private static final List<String> COLLECTORS =
      List.of("Serial", "Parallel", "G1", "Z", "Shenandoah", "Epsilon");

  /** Of these three, and of no other collector, the launcher has a default. */
  private static final List<String> DEFAULTS =
      List.of("-XX:+UseParallelGC", "-XX:ObjectAlignmentInBytes=64", "-Djava.awt.headless=true");

  @TempDir Path folder;

  private Result ep(Map<String, String> environment) throws Exception {
    Installation installation = Installation.in(folder.resolve("eqprop")).built();
    Result result = installation.ep(environment, "train", "two words");
    assertThat(result.code()).describedAs("%s", result).isZero();
    assertThat(result.words()).endsWith("train", "two words");
    return result;
  }

  static Stream<Arguments> variablesAndCollectors() {
    return VARIABLES.stream()
        .flatMap(variable -> COLLECTORS.stream().map(name -> Arguments.of(variable, name)));
  }

  @ParameterizedTest
  @MethodSource("variablesAndCollectors")
  void aCollectorOfTheUserIsTheOnlyOne(String variable, String collector) throws Exception {
    String option = "-XX:+Use" + collector + "GC";
    List<String> words =
        new ArrayList<>(ep(Map.of(variable, "-Dmine=1 " + option + " -Xmx300m")).words());
    if (variable.equals("EP_JAVA_OPTS")) {
      assertThat(words).contains(option);
      words.remove(option);
    }
    assertThat(words).noneMatch(word -> word.matches("-XX:[+-]Use.*GC"));
    assertThat(words).contains(DEFAULTS.get(1), DEFAULTS.get(2));
  }

  /** Each variable and each collector once more, with what the JVM makes of it. */
  @Test
  void theJvmStartsWithTheCollectorOfTheUser() throws Exception {
    Installation installation = Installation.in(folder.resolve("eqprop")).built();
    for (int i = 0; i < COLLECTORS.size(); i++) {
      String flag = "Use" + COLLECTORS.get(i) + "GC";
      Map<String, String> environment = new HashMap<>(realJava());
      environment.put(
          VARIABLES.get(i % VARIABLES.size()),
          "-XX:+UnlockExperimentalVMOptions -XX:ObjectAlignmentInBytes=16 -XX:+" + flag);
      Result result = installation.ep(environment, "info");
      assertThat(result.code()).describedAs("%s: %s", flag, result).isZero();
      assertThat(result.out())
          .containsPattern("\\b" + flag + " +=  *true")
          .containsPattern("ObjectAlignmentInBytes +=  *16 ");
    }
  }

  @ParameterizedTest
  @MethodSource("variables")
  void otherDefaultsGiveWay(String variable) throws Exception {
    Result result = ep(Map.of(variable, "-XX:ObjectAlignmentInBytes=8 -Djava.awt.headless=false"));
    List<String> words = new ArrayList<>(result.words());
    words.removeAll(List.of("-XX:ObjectAlignmentInBytes=8", "-Djava.awt.headless=false"));
    assertThat(words)
        .contains("-XX:+UseParallelGC")
        .noneMatch(word -> word.contains("ObjectAlignment") || word.contains("headless"));
  }

  static List<String> variables() {
    return VARIABLES;
  }

  @Test
  void withoutSettingsOfTheUserTheDefaultsAreThere() throws Exception {
    assertThat(ep(Map.of()).words()).startsWith(DEFAULTS.toArray(String[]::new));
    assertThat(Installation.in(folder.resolve("b")).built().ep(realJava(), "info").out())
        .containsPattern("UseParallelGC +=  *true")
        .containsPattern("ObjectAlignmentInBytes +=  *64 ");
  }

  @Test
  void optionsInFilesCountToo() throws Exception {
    Path arguments = Files.writeString(folder.resolve("arguments"), "-XX:+UseSerialGC\n");
    Path flags = Files.writeString(folder.resolve("flags"), "+UseZGC\nObjectAlignmentInBytes=8\n");
    for (String option :
        List.of("@" + arguments, "-XX:VMOptionsFile=" + arguments, "-XX:Flags=" + flags)) {
      Installation installation = Installation.in(folder.resolve("in" + option.length())).built();
      List<String> words = installation.ep(Map.of("EP_JAVA_OPTS", option), "info").words();
      assertThat(words).contains(option).doesNotContain("-XX:+UseParallelGC");
      assertThat(words.contains("-XX:ObjectAlignmentInBytes=64"))
          .isEqualTo(!option.contains("Flags"));
    }
    assertThat(ep(Map.of("EP_JAVA_OPTS", "@" + folder.resolve("none"))).words())
        .contains("-XX:+UseParallelGC");
  }

  @Test
  void starsInOptionsAreNotNamesOfFiles() throws Exception {
    assertThat(ep(Map.of("EP_JAVA_OPTS", "-Da=* -Db=?")).words()).contains("-Da=*", "-Db=?");
  }

  private static Map<String, String> realJava() {
    return Map.of("REAL_JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString());
  }
}
