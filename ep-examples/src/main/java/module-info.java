import org.eqprop.core.learn.Learner;
import org.eqprop.core.network.Connection;
import org.eqprop.core.network.Cost;
import org.eqprop.core.settle.Solver;

/** The command line {@code ep}: data sets, presets, training runs, reports. */
module org.eqprop.examples {
  requires com.drew.metadata;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.toml;
  requires de.siegmar.fastcsv;
  requires info.picocli;
  requires it.unimi.dsi.fastutil.core;
  requires java.desktop;
  requires java.management;
  requires jdk.incubator.vector; // for the libraries, which run without it but slower
  requires jdk.management;
  requires me.tongfei.progressbar;
  requires org.apache.xmlgraphics.batik.awt.util;
  requires org.apache.xmlgraphics.batik.svggen;
  requires org.eqprop.bptt;
  requires org.eqprop.core;
  requires static transitive org.jspecify;
  requires xchart;

  opens org.eqprop.examples.bench to
      com.fasterxml.jackson.databind;
  opens org.eqprop.examples.cli to
      com.fasterxml.jackson.databind,
      info.picocli;
  opens org.eqprop.examples.gdu to
      com.fasterxml.jackson.databind;
  opens org.eqprop.examples.report to
      com.fasterxml.jackson.databind;
  opens org.eqprop.examples.reproduce to
      com.fasterxml.jackson.databind;
  opens org.eqprop.examples.run to
      com.fasterxml.jackson.databind;

  uses Connection.Provider;
  uses Cost.Provider;
  uses Learner.Provider;
  uses Solver.Provider;
}
