package org.eqprop.core.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {
  @TempDir Path root;

  @Test
  void theFirstProcessorsFactsAreRead() throws IOException {
    Path told =
        Files.writeString(
            root.resolve("cpuinfo"),
            "model\t\t: 7\nmodel name\t: Some CPU: fast\n\nmodel name\t: another\n");
    assertThat(Processor.fact(told, "model name")).isEqualTo("Some CPU: fast");
    assertThat(Processor.fact(told, "flags")).isEmpty();
    assertThat(Processor.fact(root.resolve("missing"), "flags")).isEmpty();
  }

  @Test
  void aFolderThatIsNoWorkTreeHasNoCommit() {
    assertThat(SourceCommit.of(root)).isEmpty();
    assertThat(SourceCommit.of(root.resolve("missing"))).isEmpty();
  }
}
