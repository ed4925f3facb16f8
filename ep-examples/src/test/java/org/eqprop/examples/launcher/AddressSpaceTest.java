package org.eqprop.examples.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a process gets too little address space, the launcher says so before a JVM does. */
@EnabledOnOs(OS.LINUX) // others do not keep to the limit
class AddressSpaceTest {
  private static final String LESS = "-Xmx1g -XX:CompressedClassSpaceSize=128m";

  @TempDir Path folder;

  private Installation.Result limited(int space, Map<String, String> more) throws Exception {
    Installation installation = Installation.in(folder.resolve("eqprop")).built();
    String launcher = installation.root().resolve("ep").toString();
    String shell = "ulimit -v " + space + " && exec sh \"$0\" info";
    Map<String, String> environment = new HashMap<>(more);
    environment.put(
        "REAL_JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    return installation.run(environment, List.of("sh", "-c", shell, launcher));
  }

  @ParameterizedTest
  @ValueSource(ints = {500_000, 600_000, 1_500_000})
  void tooLittleIsRefusedInOneSentence(int space) throws Exception {
    Installation.Result result = limited(space, Map.of());
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines())
        .containsExactly(
            "ep: a process may use only "
                + space
                + " KB of address space here (ulimit -v), which is too little for Java; raise the"
                + " limit, or with 3000000 KB and more let Java take less: EP_JAVA_OPTS='"
                + LESS
                + "'.");
  }

  @Test
  void whatTheSentenceNamesIsEnough() throws Exception {
    Installation.Result result = limited(3_000_000, Map.of("EP_JAVA_OPTS", LESS));
    assertThat(result.code()).describedAs(result.toString()).isZero();
    assertThat(result.words()).contains("info");
  }
}
