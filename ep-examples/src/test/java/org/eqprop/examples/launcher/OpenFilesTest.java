package org.eqprop.examples.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a process may open only a few files, the launcher says so before a JVM falls over it. */
class OpenFilesTest {
  @TempDir Path folder;

  private Installation.Result limited(int files) throws Exception {
    Installation installation = Installation.in(folder.resolve("eqprop")).built();
    String launcher = installation.root().resolve("ep").toString();
    String shell = "ulimit -n " + files + " && exec sh \"$0\" info";
    return installation.run(Map.of(), List.of("sh", "-c", shell, launcher));
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 20, 63})
  void tooFewAreRefusedInOneSentence(int files) throws Exception {
    Installation.Result result = limited(files);
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines())
        .containsExactly(
            "ep: a process may open only "
                + files
                + " files here, and eqprop needs 64; raise the limit, as with 'ulimit -n 256' or in"
                + " the container's settings.");
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 256})
  void enoughAreEnough(int files) throws Exception {
    Installation.Result result = limited(files);
    assertThat(result.code()).describedAs(result.toString()).isZero();
    assertThat(result.words()).contains("info");
  }
}
