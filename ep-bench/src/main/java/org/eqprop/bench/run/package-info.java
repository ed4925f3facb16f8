/**
 * Runs the benchmarks in rounds and writes one JSON file. The command line {@code ep bench} starts
 * {@link org.eqprop.bench.run.BenchMain} in a JVM of its own and reads its output.
 */
@NullMarked
package org.eqprop.bench.run;

import org.jspecify.annotations.NullMarked;
