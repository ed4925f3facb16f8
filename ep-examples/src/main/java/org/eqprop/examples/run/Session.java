package org.eqprop.examples.run;

import java.nio.file.Path;
import org.eqprop.core.internal.machine.Processor;
import org.eqprop.core.internal.machine.SourceCommit;
import org.jspecify.annotations.Nullable;

/**
 * By what, and on what, trials were trained.
 *
 * @param version of the program
 * @param commit of its sources; ends in {@code +} if they were changed since; empty if unknown
 * @param processor its name
 * @param processors how many the JVM sees
 * @param threads how many trained
 * @param kernels the kernels' name
 * @param java the JVM
 */
public record Session(
    String version,
    String commit,
    String processor,
    int processors,
    int threads,
    String kernels,
    String java) {

  /**
   * This one.
   *
   * @param sources the folder of the sources, or null if it is not known
   */
  public static Session here(String version, @Nullable Path sources, int threads, String kernels) {
    String name = Processor.name();
    return new Session(
        version,
        sources == null ? "" : SourceCommit.of(sources),
        name.isEmpty() ? System.getProperty("os.arch") : name,
        Runtime.getRuntime().availableProcessors(),
        threads,
        kernels,
        System.getProperty("java.vm.name") + " " + Runtime.version());
  }

  /** All of it in a sentence. */
  public String words() {
    return "eqprop "
        + version
        + (commit.isEmpty() ? "" : ", commit " + commit)
        + "; "
        + processors
        + " x "
        + processor
        + ", "
        + threads
        + (threads == 1 ? " thread" : " threads")
        + ", "
        + kernels
        + ", "
        + java
        + ".";
  }
}
