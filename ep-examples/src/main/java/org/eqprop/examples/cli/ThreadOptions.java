package org.eqprop.examples.cli;

import org.eqprop.core.settle.Context;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command whose work is divided among threads. */
final class ThreadOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Worker threads, 1 to 1024 (default: all processors). The result does not depend on it.")
  @Nullable Integer threads;

  /** The number of threads asked for. */
  int count() {
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (count < 1 || count > 1024) {
      throw new UsageException("--threads is " + count + "; it must be from 1 to 1024.");
    }
    return count;
  }

  /** A context with the threads asked for. */
  Context context() {
    return new Context(count(), CommonOptions.kernels());
  }
}
