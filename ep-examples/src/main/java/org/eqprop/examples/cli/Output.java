package org.eqprop.examples.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Locale;
import org.eqprop.core.internal.file.AtomicFiles;
import org.eqprop.core.internal.file.InputFiles;
import org.eqprop.core.internal.file.Visible;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Standard output or standard error. Whatever is printed, control characters arrive as visible
 * escapes, so a file's name cannot steer the terminal. The first failure is remembered.
 */
final class Output extends PrintWriter {
  /** Exit code of a command whose reader has gone, as a shell reports it (128 and SIGPIPE). */
  static final int READER_GONE = 141;

  private final Border border;

  private Output(Border border, boolean flushing) {
    super(border, flushing);
    this.border = border;
  }

  /** Output into a writer, flushed at each line's end if wanted. */
  Output(Writer to, boolean flushing) {
    this(new Border(to, null), flushing);
  }

  /** Standard output. */
  static Output standardOutput() {
    return standard(FileDescriptor.out, System.out.charset(), Path.of("/dev/stdout"), false);
  }

  /** Standard error. */
  static Output standardError() {
    return standard(FileDescriptor.err, System.err.charset(), Path.of("/dev/stderr"), true);
  }

  private static Output standard(FileDescriptor to, Charset charset, Path place, boolean flushing) {
    Writer writer = new BufferedWriter(new OutputStreamWriter(new FileOutputStream(to), charset));
    return new Output(new Border(writer, place), flushing);
  }

  /** From now on lets colours through. For texts in which nothing comes from a user. */
  void letColoursThrough() {
    border.open = true;
  }

  /**
   * Ends a command: writes what is left of its output. Says a sentence if not all could be written,
   * unless its reader has gone.
   *
   * @param code the command's exit code so far
   * @return the exit code
   */
  static int end(CommandLine line, int code) {
    if (!line.getOut().checkError()) {
      return code;
    }
    IOException failure = null;
    if (line.getOut() instanceof Output output) {
      failure = output.border.failure;
      if (output.border.isReaderGone()) {
        return READER_GONE;
      }
    }
    line.getErr()
        .println(
            "ep: Cannot write to standard output"
                + (failure == null ? "" : " (" + AtomicFiles.reason(failure) + ")")
                + "; send it to a place that has room and can be written.");
    line.getErr().flush();
    return code == 0 ? Ep.FAILURE : code;
  }

  /** Where text leaves the program. */
  private static final class Border extends Writer {
    private final Writer to;
    private final @Nullable Path place;
    private @Nullable IOException failure;
    private boolean open;

    Border(Writer to, @Nullable Path place) {
      this.to = to;
      this.place = place;
    }

    /** Whether it failed because nobody reads it any more. */
    boolean isReaderGone() {
      if (failure == null) {
        return false;
      }
      // The system's words depend on the language, but of a pipe there is no other failure.
      return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe")
          || (place != null && InputFiles.isPipe(place));
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
      String words = new String(text, from, length);
      attempt(() -> to.write(open ? words : Visible.lines(words)));
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
      String words = text.substring(from, from + length);
      attempt(() -> to.write(open ? words : Visible.lines(words)));
    }

    @Override
    public void flush() throws IOException {
      attempt(to::flush);
    }

    @Override
    public void close() throws IOException {
      to.close();
    }

    private interface Step {
      void run() throws IOException;
    }

    private void attempt(Step step) throws IOException {
      if (failure != null) {
        throw failure;
      }
      try {
        step.run();
      } catch (IOException thrown) {
        failure = thrown;
        throw thrown;
      }
    }
  }
}
