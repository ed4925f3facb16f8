import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks or applies google-java-format to every Java source under the current directory. The build
 * runs it as a source file, on the toolchain's JDK, so that the formatter parses the newest syntax
 * whatever JDK Maven itself runs on.
 */
final class Format {
  private enum Outcome {
    CLEAN,
    CHANGED,
    BROKEN
  }

  private Format() {}

  public static void main(String[] args) throws IOException {
    boolean apply = args.length == 1 && args[0].equals("apply");
    if (!apply && !(args.length == 1 && args[0].equals("check"))) {
      System.err.println("usage: Format check|apply");
      System.exit(2);
    }
    List<Path> sources;
    try (var paths = Files.walk(Path.of(""))) {
      sources = paths.filter(Format::isSource).sorted().toList();
    }
    List<Outcome> outcomes = sources.parallelStream().map(file -> format(file, apply)).toList();
    boolean broken = outcomes.contains(Outcome.BROKEN);
    boolean changed = outcomes.contains(Outcome.CHANGED);
    if (changed && !apply) {
      System.err.println("format them with: mvn -q validate -Pformat");
    }
    System.exit(broken || (changed && !apply) ? 1 : 0);
  }

  private static boolean isSource(Path path) {
    for (Path part : path) {
      if (part.toString().equals("target") || part.toString().equals(".git")) {
        return false;
      }
    }
    return path.toString().endsWith(".java");
  }

  private static Outcome format(Path file, boolean apply) {
    try {
      String source = Files.readString(file);
      String formatted = new Formatter().formatSourceAndFixImports(source);
      if (formatted.equals(source)) {
        return Outcome.CLEAN;
      }
      if (apply) {
        Files.writeString(file, formatted);
      }
      System.err.println((apply ? "formatted: " : "not formatted: ") + file);
      return Outcome.CHANGED;
    } catch (FormatterException e) {
      e.diagnostics().forEach(d -> System.err.println(file + ":" + d));
      return Outcome.BROKEN;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
