/**
 * What people look at: charts, tables, progress bars and files of metrics.
 *
 * <p>Charts are described by immutable values ({@link org.eqprop.examples.report.Chart}, {@link
 * org.eqprop.examples.report.BarChart}, {@link org.eqprop.examples.report.ChartGrid}) and written
 * by {@link org.eqprop.examples.report.Figure#write}. The same description always gives the same
 * bytes of SVG on the same machine.
 */
@NullMarked
package org.eqprop.examples.report;

import org.jspecify.annotations.NullMarked;
