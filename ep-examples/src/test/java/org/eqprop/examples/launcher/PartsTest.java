package org.eqprop.examples.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eqprop.examples.launcher.Installation.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** EP_PARTS puts jars, and folders of jars, on the module path. */
@DisabledOnOs(OS.WINDOWS) // the launcher is a shell script
class PartsTest {
  @TempDir Path folder;

  private Installation installed() throws IOException {
    Path parts = Files.createDirectories(folder.resolve("my parts"));
    Files.writeString(parts.resolve("a 1.jar"), "");
    Files.writeString(parts.resolve("b.txt"), "");
    Files.createDirectories(folder.resolve("nothing"));
    return Installation.in(folder.resolve("eqprop")).built();
  }

  private static String modulePath(Result result) {
    return result.words().get(result.words().indexOf("-p") + 1);
  }

  @ParameterizedTest
  @CsvSource({"ROOT/my parts/a 1.jar", "ROOT/my parts", "../my parts", ":ROOT/my parts/a 1.jar::"})
  void theyComeAfterItsOwnModules(String parts) throws Exception {
    Installation installation = installed();
    String given = parts.replace("ROOT", folder.toString());
    Result result = installation.ep(Map.of("EP_PARTS", given), "info");
    assertThat(result.code()).describedAs(result.toString()).isZero();
    String lib = installation.root().toRealPath().resolve("ep-examples/target/lib").toString();
    String expected = given.replaceFirst("^:", "").replaceFirst("::$", "");
    assertThat(modulePath(result)).isEqualTo(lib + ":" + expected);
  }

  @Test
  void severalAreGiven() throws Exception {
    Installation installation = installed();
    String both = folder + "/my parts:" + folder + "/my parts/a 1.jar";
    Result result = installation.ep(Map.of("EP_PARTS", both), "info");
    assertThat(modulePath(result)).endsWith(":" + both);
  }

  @Test
  void withoutThemThePathIsItsOwn() throws Exception {
    Result result = installed().ep(Map.of("EP_PARTS", ""), "info");
    assertThat(modulePath(result)).endsWith("ep-examples/target/lib");
  }

  @ParameterizedTest
  @CsvSource({
    "ROOT/none.jar, 'which is not there; give jars, or folders of jars, with '':'' between them.'",
    "ROOT/nothing, in which there is no jar.",
    "ROOT/my parts/b.txt, which is no jar and no folder of jars.",
    "ROOT/my parts/a 1.jar:ROOT/none, 'which is not there; give jars, or folders of jars'"
  })
  void whatIsNoneIsRefusedInOneSentence(String parts, String sentence) throws Exception {
    Result result =
        installed().ep(Map.of("EP_PARTS", parts.replace("ROOT", folder.toString())), "info");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).startsWith("ep: EP_PARTS names ").contains(sentence);
  }
}
