/** The command line {@code ep}. */
@NullMarked
package org.eqprop.examples.cli;

import org.jspecify.annotations.NullMarked;
