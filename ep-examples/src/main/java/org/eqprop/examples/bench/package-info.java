/**
 * Measuring speed and comparing measurements: {@code ep bench}. The benchmarks themselves are in
 * the module ep-bench and run in JVMs of their own; here are their results.
 */
@NullMarked
package org.eqprop.examples.bench;

import org.jspecify.annotations.NullMarked;
