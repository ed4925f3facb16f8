package org.eqprop.core.kernel.simd;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;

/**
 * Whether HotSpot's second compiler, C2, is at work. It alone keeps vectors in registers; elsewhere
 * each one is an object, which makes vectors slower than plain Java.
 */
final class SecondCompiler {
  private static final String SO = ", so that vectors would be objects";

  /** The tier of C2. */
  private static final int LAST_LEVEL = 4;

  private SecondCompiler() {}

  /** Why C2 is not at work in this JVM, or empty. */
  static Optional<String> lack() {
    boolean known = ModuleLayer.boot().findModule("java.management").isPresent();
    return lack(
        System.getProperty("java.vm.name", ""),
        System.getProperty("java.vm.info", ""),
        known ? Options.ofThisJvm() : List.of());
  }

  /**
   * The same of any JVM.
   *
   * @param name as in the system property {@code java.vm.name}
   * @param info as in the system property {@code java.vm.info}
   * @param options the JVM's options, of which the last one of a kind counts
   */
  static Optional<String> lack(String name, String info, List<String> options) {
    if (!name.contains("Server VM")) {
      return Optional.of("the JVM '" + name + "' is without HotSpot's C2 compiler" + SO);
    }
    if (info.startsWith("interpreted")) {
      return Optional.of("this JVM only interprets (-Xint)" + SO);
    }
    boolean tiered = true;
    boolean replaced = false;
    String level = "";
    for (String option : options) {
      String flag = option.startsWith("-XX:") ? option.substring("-XX:".length()) : option;
      switch (flag) {
        case "+TieredCompilation" -> tiered = true;
        case "-TieredCompilation" -> tiered = false;
        case "+UseJVMCICompiler" -> replaced = true;
        case "-UseJVMCICompiler" -> replaced = false;
        default -> level = flag.startsWith("TieredStopAtLevel=") ? flag : level;
      }
    }
    if (replaced) {
      return Optional.of("another compiler is in the place of C2 (UseJVMCICompiler)" + SO);
    }
    if (info.contains("emulated-client") || (tiered && isBelowLast(level))) {
      String which = isBelowLast(level) ? level : "CompilationMode";
      return Optional.of("this JVM compiles without C2 (" + which + ")" + SO);
    }
    return Optional.empty();
  }

  private static boolean isBelowLast(String level) {
    String number = level.substring(level.indexOf('=') + 1);
    return number.matches("\\d") && Integer.parseInt(number) < LAST_LEVEL;
  }

  /** Kept apart from what must load where the module java.management is missing. */
  private static final class Options {
    static List<String> ofThisJvm() {
      return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }
  }
}
