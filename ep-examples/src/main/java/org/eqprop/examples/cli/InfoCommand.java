package org.eqprop.examples.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.eqprop.core.internal.machine.Fma;
import org.eqprop.core.internal.machine.Processor;
import org.eqprop.core.internal.probe.PeakProbe;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.core.settle.Context;
import org.eqprop.examples.run.Parts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ep info}. */
@Command(
    name = "info",
    description =
        "Show the processor, the kernels chosen and why, the measured peak speed, and the"
            + " connections, solvers, costs and methods found.",
    footer = {
      "",
      "Kernels are the routines that do the arithmetic. To choose them yourself (scalar, simd,"
          + " simd-128, simd-256 or simd-512):",
      "  EP_JAVA_OPTS=-Deqprop.kernels=simd-256 ep info",
      "To add parts from other jars (docs/own-parts.md):",
      "  EP_PARTS=my-parts.jar ep info"
    })
final class InfoCommand implements Callable<Integer> {
  @Mixin final CommonOptions common = new CommonOptions();
  @Mixin final ThreadOptions threads = new ThreadOptions();

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("version", Version.number());
    facts.put("java", Runtime.version() + ", " + System.getProperty("java.vm.name"));
    facts.put("processor", processor());
    facts.put("processors", Runtime.getRuntime().availableProcessors());
    facts.put("features", features());
    try (Context one = new Context(1, CommonOptions.kernels());
        Context all = threads.context()) {
      facts.put("kernels", KernelsSelector.explanation());
      facts.put("multiply-add", multiplyAdd());
      facts.put("vector width", one.kernels().width() * 32 + " bits");
      facts.put("threads", all.threads());
      facts.put("peak, 1 thread", gigaflops(new PeakProbe(one).gigaflops()));
      facts.put("peak, " + all.threads() + " threads", gigaflops(new PeakProbe(all).gigaflops()));
    }
    facts.put("connections", Parts.connections());
    facts.put("solvers", Parts.solvers());
    facts.put("costs", Parts.costs());
    facts.put("methods", Parts.methods());
    if (common.json) {
      CommonOptions.print(out, facts);
    } else {
      facts.forEach((name, value) -> out.printf(Locale.ROOT, "%-18s %s%n", name, text(value)));
      out.flush();
    }
    return 0;
  }

  private static String text(Object value) {
    return value instanceof List<?> parts
        ? parts.stream().map(Object::toString).collect(Collectors.joining(", "))
        : value.toString();
  }

  private static String multiplyAdd() {
    return Fma.inHardware()
        ? "fused, in hardware"
        : "not in hardware: put together from doubles, with the same bits, several times slower";
  }

  private static String gigaflops(double value) {
    return String.format(Locale.ROOT, "%.1f GFLOP/s", value);
  }

  private static String processor() {
    String model = Processor.name();
    return model.isEmpty() ? System.getProperty("os.arch") : model;
  }

  /** The vector extensions among the processor's flags, where the system tells them. */
  private static String features() {
    StringBuilder found = new StringBuilder();
    for (String flag : Processor.fact("flags").split(" ", -1)) {
      if (flag.startsWith("avx") || flag.equals("fma") || flag.startsWith("sse4")) {
        found.append(found.isEmpty() ? "" : " ").append(flag);
      }
    }
    return found.isEmpty() ? "unknown on this system" : found.toString();
  }
}
