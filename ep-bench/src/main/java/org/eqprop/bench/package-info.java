/** JMH benchmarks; every figure is to be read beside the peak that {@code PeakBenchmark} gives. */
@NullMarked
package org.eqprop.bench;

import org.jspecify.annotations.NullMarked;
