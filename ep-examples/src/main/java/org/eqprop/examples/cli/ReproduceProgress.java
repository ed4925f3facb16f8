package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.examples.reproduce.PaperTable;
import org.eqprop.examples.reproduce.Progress;
import org.eqprop.examples.reproduce.Reproduction;
import org.eqprop.examples.reproduce.Trial;
import org.eqprop.examples.run.Experiment;
import org.eqprop.examples.run.Watcher;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What {@code ep reproduce} shows of a table on standard error. */
final class ReproduceProgress implements Progress, AutoCloseable {
  private final CommonOptions common;
  private final CommandLine line;
  private final PrintWriter err;
  private @Nullable TrainReport current;

  ReproduceProgress(CommonOptions common, CommandLine line) {
    this.common = common;
    this.line = line;
    this.err = line.getErr();
  }

  /** Says what is about to be done, and where. */
  void started(Reproduction reproduction) {
    note(reproduction.plan().command() + " in " + reproduction.path() + ".");
  }

  @Override
  public Watcher began(Trial trial, Experiment experiment, Whole whole) {
    note(whole.words() + ".");
    TrainReport report = new TrainReport(common, line, experiment);
    report.partOf(whole::words);
    current = report;
    report.started();
    return report;
  }

  @Override
  public void ended(Trial trial) {
    close();
  }

  @Override
  public void complaint(String sentence) {
    close();
    err.println("ep: " + Visible.line(sentence));
    err.flush();
  }

  /** Says how to go on. */
  void stopped(PaperTable table, Path folder) {
    err.println(
        "ep: stopped; go on with: ep reproduce "
            + table.id()
            + " --resume "
            + Visible.line(folder.toString()));
    err.flush();
  }

  private void note(String sentence) {
    if (!common.quiet) {
      err.println(Visible.line(sentence));
      err.flush();
    }
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
  }
}
