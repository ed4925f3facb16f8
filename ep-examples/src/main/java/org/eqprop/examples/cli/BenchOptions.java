package org.eqprop.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.kernel.KernelsSelector;
import org.eqprop.examples.bench.BenchProcess;
import org.eqprop.examples.report.ProgressBars;
import org.eqprop.examples.run.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Options of all commands that measure. */
final class BenchOptions {
  private static final String BLAS = "eqprop.blas";
  private static final String ONNX = "eqprop.onnxruntime";

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress and no notes, only the result.")
  boolean quiet;

  @Option(names = "--json", description = "Write the result as JSON to standard output.")
  boolean json;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "JVMs for each benchmark, at least 1 (default: 5; 7 with --full; 2 in 'ep bench"
              + " scaling').")
  @Nullable Integer rounds;

  @Option(
      names = "--include",
      paramLabel = "REGEX",
      description =
          "Run only the benchmarks with a part of the name that matches this regular expression, in"
              + " upper or lower case.")
  @Nullable String include;

  @Option(
      names = "--kernels",
      paramLabel = "NAME",
      description =
          "Kernels to measure: scalar, simd, simd-128, simd-256 or simd-512 (default: those that"
              + " 'ep info' shows).")
  @Nullable String kernels;

  @Option(
      names = "--blas",
      paramLabel = "FILE",
      description =
          "Path of the BLAS library that --full compares with (default: OpenBLAS, if it is"
              + " installed).")
  @Nullable Path blas;

  @Option(
      names = "--onnx",
      paramLabel = "JAR",
      description =
          "Path of the jar of ONNX Runtime for Java that --full compares predictions with (default:"
              + " none; docs/benchmarks.md says where to get it).")
  @Nullable Path onnx;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** A run of a suite with these options. */
  BenchProcess process(String suite, CommandLine line) {
    ProgressBars.Show show = quiet ? ProgressBars.Show.NEVER : ProgressBars.Show.AUTO;
    BenchProcess process =
        new BenchProcess(
            suite, ProgressBars.onStandardError(show), sentence -> note(line, sentence));
    if (rounds != null) {
      if (rounds < 1) {
        throw new UsageException("--rounds is " + rounds + "; it must be at least 1.");
      }
      process.argument("rounds", Integer.toString(rounds));
    }
    if (include != null) {
      try {
        Pattern.compile(include);
      } catch (PatternSyntaxException malformed) {
        throw new UsageException(
            "'" + include + "' is no regular expression: " + malformed.getDescription() + ".");
      }
      process.argument("include", include);
    }
    String chosen = kernels == null ? System.getProperty(KernelsSelector.PROPERTY) : kernels;
    if (chosen != null) {
      process.property(KernelsSelector.PROPERTY, chosen);
    }
    String library = blas == null ? System.getProperty(BLAS) : blas.toAbsolutePath().toString();
    if (library != null) {
      process.property(BLAS, library);
    }
    if (onnx != null) {
      if (!Files.isRegularFile(onnx)) {
        throw new UsageException("There is no file '" + onnx + "'; --onnx needs a jar.");
      }
      process.property(ONNX, onnx.toAbsolutePath().toString());
    }
    return process;
  }

  /** Says something on standard error, unless it should not. */
  void note(CommandLine line, String sentence) {
    if (!quiet) {
      line.getErr().println(Visible.line(sentence));
      line.getErr().flush();
    }
  }

  /** Says what went wrong beside the result, also if notes are not wanted. */
  static void warn(CommandLine line, String sentence) {
    line.getErr().println("ep: " + Visible.line(sentence));
    line.getErr().flush();
  }
}
