package org.eqprop.examples.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eqprop.core.internal.file.Visible;
import org.eqprop.core.learn.Minibatch;
import org.eqprop.core.learn.Outcome;
import org.eqprop.examples.data.ClassLabels;

/** Samples and wrong predictions of each class. */
final class ClassErrors {
  private final ClassLabels classes;
  private final int[] samples;
  private final int[] errors;

  /**
   * A class.
   *
   * @param label its label: a number, or its name
   * @param samples samples of the class
   * @param errors those that were taken for another class
   */
  record Row(Object label, int samples, int errors) {}

  ClassErrors(ClassLabels classes) {
    this.classes = classes;
    this.samples = new int[classes.count()];
    this.errors = new int[classes.count()];
  }

  /** Adds the samples of a batch. */
  void add(Minibatch batch, Outcome outcome) {
    for (int r = 0; r < batch.count(); r++) {
      int label = batch.label(r);
      samples[label]++;
      errors[label] += outcome.predicted(r) == label ? 0 : 1;
    }
  }

  /** All classes in their order. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int c = 0; c < samples.length; c++) {
      Object label = classes.haveNames() ? classes.name(c) : Integer.valueOf(classes.label(c));
      rows.add(new Row(label, samples[c], errors[c]));
    }
    return rows;
  }

  /** Prints a line for each class that has a name and samples. */
  void print(PrintWriter out) {
    for (int c = 0; c < samples.length && classes.haveNames(); c++) {
      if (samples[c] > 0) {
        out.printf(
            Locale.ROOT,
            "  %6.2f %%   %s (%d of %d)%n",
            100.0 * errors[c] / samples[c],
            Visible.line(classes.name(c)),
            errors[c],
            samples[c]);
      }
    }
  }
}
