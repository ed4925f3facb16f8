package org.eqprop.examples.cli;

import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eqprop.core.DataException;
import org.eqprop.core.StoreException;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.learn.DivergenceException;
import org.eqprop.core.tensor.TooLargeException;
import org.eqprop.examples.run.Names;
import org.eqprop.examples.run.UsageException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code ep} and its subcommands. */
@Command(
    name = "ep",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Equilibrium propagation on the CPU: train, measure, predict, verify.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  ep train                        a small network on the embedded digits",
      "  ep train p-1h --data mnist      as in the paper, into runs/p-1h-mnist-1",
      "  ep predict runs/p-1h-mnist-1 five.png --invert",
      "  ep COMMAND --help               options and examples of a command"
    },
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      GduCommand.class,
      ReproduceCommand.class,
      VerifyCommand.class,
      PresetsCommand.class,
      DataCommand.class,
      InfoCommand.class,
      BenchCommand.class,
      AutoComplete.GenerateCompletion.class,
      CommandLine.HelpCommand.class
    })
public final class Ep {
  /** Exit code after a mistake in the command's words. */
  static final int USAGE = 2;

  /** Exit code after a failure. */
  static final int FAILURE = 1;

  /** Exit code of a command that was stopped before its end, as after an interrupt. */
  static final int STOPPED = 130;

  /** Characters of a message's beginning and end that are shown; values between can be long. */
  private static final int MOST_WORDS = 300;

  /** What picocli says before the sentence about a name that no value has. */
  private static final Pattern NO_VALUE =
      Pattern.compile(
          "^Invalid value for option '(--[\\w-]+)'.*?: ('.*' is no value of )[\\w-]+(;.*)",
          Pattern.DOTALL);

  /** The form of the lines that the library logs: what it says, without the class that said it. */
  private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

  /** For picocli. */
  public Ep() {}

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    if (System.getProperty(LOG_FORMAT) == null) {
      System.setProperty(LOG_FORMAT, "ep: %5$s%n");
    }
    CommandLine line = commandLine();
    line.setOut(Output.standardOutput());
    line.setErr(Output.standardError());
    System.exit(execute(line, args));
  }

  /** Runs a command, and sees to it that all of its output has been written. */
  static int execute(CommandLine line, String... args) {
    return Output.end(line, line.execute(args));
  }

  /** The command line, for running within a test. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Ep());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    Numbers.register(line);
    LearningOptions.register(line);
    line.setParameterExceptionHandler(Ep::mistake);
    line.setExecutionStrategy(Ep::run);
    line.setExecutionExceptionHandler((thrown, command, parsed) -> failure(thrown, command));
    return line;
  }

  private static int run(ParseResult parsed) {
    try {
      if (isHelp(parsed) && parsed.commandSpec().commandLine().getOut() instanceof Output output) {
        output.letColoursThrough();
      }
      Numbers.askAboutCommas(parsed);
      return new RunLast().execute(parsed);
    } catch (OutOfMemoryError thrown) {
      parsed
          .commandSpec()
          .commandLine()
          .getErr()
          .println(
              "ep: The JVM's memory of "
                  + (Runtime.getRuntime().maxMemory() >> 20)
                  + " MB does not suffice; make hidden, channels or batch smaller, or give it more,"
                  + " as in EP_JAVA_OPTS=-Xmx8g.");
      return FAILURE;
    } catch (Error thrown) {
      return failure(thrown, parsed.commandSpec().commandLine());
    }
  }

  /** Whether all that will be printed is ours. */
  private static boolean isHelp(ParseResult parsed) {
    return parsed.asCommandLineList().stream()
        .anyMatch(
            line ->
                line.isUsageHelpRequested()
                    || line.isVersionHelpRequested()
                    || line.getCommand() instanceof CommandLine.HelpCommand);
  }

  private static int mistake(ParameterException thrown, String[] args) {
    CommandLine line = thrown.getCommandLine();
    String sentence = String.valueOf(thrown.getMessage());
    if (thrown instanceof UnmatchedArgumentException unmatched) {
      String given = unmatched.getUnmatched().get(0);
      sentence =
          "'"
              + given
              + "' is no "
              + (given.startsWith("-") ? "option" : "argument or command")
              + " of '"
              + line.getCommandSpec().qualifiedName()
              + "'."
              + Names.suggestion(given, names(line.getCommandSpec(), given.startsWith("-")));
    }
    sentence = NO_VALUE.matcher(sentence).replaceFirst("$2$1$3");
    sentence = sentence.lines().map(String::strip).collect(Collectors.joining(" "));
    int more = sentence.length() - 2 * MOST_WORDS;
    if (more > 0) {
      String end = sentence.substring(sentence.length() - MOST_WORDS);
      sentence = sentence.substring(0, MOST_WORDS) + " … " + end;
    }
    sentence = Visible.line(sentence);
    line.getErr().println("ep: " + sentence + (sentence.matches(".*[.?]") ? "" : "."));
    line.getErr().println("See '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return USAGE;
  }

  private static List<String> names(CommandSpec spec, boolean options) {
    return options
        ? List.copyOf(spec.optionsMap().keySet())
        : List.copyOf(spec.subcommands().keySet());
  }

  private static int failure(Throwable thrown, CommandLine command) {
    String sentence = "ep: " + Visible.line(String.valueOf(thrown.getMessage()));
    if (thrown instanceof UsageException) {
      command.getErr().println(sentence);
      return USAGE;
    }
    if (thrown instanceof DataException
        || thrown instanceof StoreException
        || thrown instanceof TooLargeException
        || thrown instanceof DivergenceException) {
      command.getErr().println(sentence);
      return FAILURE;
    }
    if (thrown instanceof ServiceConfigurationError) {
      command.getErr().println(sentence.replaceFirst("\\.?$", "; take its jar out of EP_PARTS."));
      return FAILURE;
    }
    command.getErr().println("ep: this should not happen, please report it: " + thrown);
    for (StackTraceElement element : thrown.getStackTrace()) {
      command.getErr().println("    at " + element);
    }
    return FAILURE;
  }
}
