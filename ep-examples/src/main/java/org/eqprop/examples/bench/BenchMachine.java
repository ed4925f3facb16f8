package org.eqprop.examples.bench;

/**
 * Where and of what a measurement was made.
 *
 * @param time when, in UTC
 * @param commit of the sources; ends in {@code +} if they were changed since; empty if unknown
 * @param processor its name
 * @param processors how many there are
 * @param java the JVM
 * @param os the operating system
 * @param kernels the kernels' name
 * @param peak of one thread, in GFLOP/s
 * @param peakAll of all threads together
 */
public record BenchMachine(
    String time,
    String commit,
    String processor,
    int processors,
    String java,
    String os,
    String kernels,
    double peak,
    double peakAll) {

  /**
   * What a result says.
   *
   * @throws IllegalArgumentException without a full stop, if a fact is missing or out of range
   */
  static BenchMachine of(Figures machine) {
    return new BenchMachine(
        machine.at("time").moment(),
        machine.at("commit").text(false),
        machine.at("processor").text(true),
        machine.at("processors").workers(),
        machine.at("java").text(true),
        machine.at("os").text(true),
        machine.at("kernels").text(true),
        machine.at("peak").positive(),
        machine.at("peakAll").positive());
  }

  /** Whether times measured there and here can be compared by more than their order of size. */
  public boolean isLike(BenchMachine other) {
    return processor.equals(other.processor) && processors == other.processors;
  }

  /**
   * Whether the kernels are the same there and here. Processors of one name can have vectors of 256
   * or 512 bits.
   */
  public boolean hasKernelsOf(BenchMachine other) {
    return kernels.equals(other.kernels);
  }

  /** In a few words: processors, kernels, JVM. */
  public String words() {
    return processors + " × " + processor + ", " + kernels + ", " + java;
  }

  /** The commit and the time, by which people tell results apart. */
  public String label() {
    return (commit.isEmpty() ? "" : commit + ", ") + time;
  }
}
