package org.eqprop.examples.cli;

import java.nio.file.Path;
import org.eqprop.core.settle.Context;
import org.eqprop.examples.run.Session;

/** What runs here. */
final class Here {
  /** Where the launcher tells the folder of the sources. */
  private static final String SOURCES = "eqprop.root";

  private Here() {}

  /** This program, its commit, its machine and its kernels. */
  static Session session(Context context) {
    String sources = System.getProperty(SOURCES, "");
    return Session.here(
        Version.number(),
        sources.isEmpty() ? null : Path.of(sources),
        context.threads(),
        context.kernels().name());
  }
}
