package org.eqprop.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import org.eqprop.core.kernel.Kernels;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.examples.run.Configs;
import org.eqprop.examples.run.UsageException;
import picocli.CommandLine.Option;

/** Options that every command has. */
final class CommonOptions {
  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress and no notes, only the result and warnings.")
  boolean quiet;

  @Option(names = "--json", description = "Write the result as JSON to standard output.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** The kernels of this JVM. */
  static Kernels kernels() {
    try {
      return KernelsSelector.kernels();
    } catch (IllegalStateException refused) {
      throw new UsageException(String.valueOf(refused.getMessage()));
    }
  }

  /** Prints a value as JSON. */
  static void print(PrintWriter out, Object value) {
    try {
      out.println(Configs.JSON.writeValueAsString(value));
    } catch (JsonProcessingException thrown) {
      throw new IllegalStateException(thrown);
    }
  }
}
